import { chairHolder } from '#models/deciding/chair'
import type Gate from '#models/gate'
import { assessments } from '#models/gate/enumerations'
import type GateCriterion from '#models/gate_criterion'
import { notify } from '#models/notification'
import type Project from '#models/project'

/** Tells whoever chairs the gate that a request waits for them; nobody while nobody does. */
export async function tellChair(project: Project, gate: Gate, criterion: GateCriterion) {
  const chair = await chairHolder(project, gate)
  if (!chair) return
  await notify({
    ...noticeOf(project, gate, criterion),
    kind: 'vote_needed',
    to: [chair],
    title: `${gate.ref}: your consent is asked to set a criterion aside`,
    detail: `${criterion.title}. Reason: ${criterion.waiverReason}`,
  })
}

/** Tells whoever asked what the chair answered. */
export async function tellAnswer(project: Project, gate: Gate, criterion: GateCriterion) {
  if (!criterion.waiverRequestedBy) return
  const outcome =
    criterion.waiverState === 'consented'
      ? `set aside as ${assessments[criterion.waiverAs!].toLowerCase()}`
      : 'not set aside'
  await notify({
    ...noticeOf(project, gate, criterion),
    kind: 'gate_reminder',
    to: [criterion.waiverRequestedBy],
    title: `${gate.ref}: a criterion is ${outcome}`,
    detail: [criterion.title, criterion.waiverAnswer].filter(Boolean).join('. '),
  })
}

function noticeOf(project: Project, gate: Gate, criterion: GateCriterion) {
  return {
    project,
    path: `/projects/${project.id}/gates/${gate.id}/criteria/${criterion.id}`,
    key: `gate_criterion:${criterion.id}:${criterion.lockVersion}`,
  }
}
