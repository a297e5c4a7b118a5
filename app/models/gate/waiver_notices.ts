import { chairHolder } from '#models/deciding/chair'
import type Gate from '#models/gate'
import { assessments } from '#models/gate/enumerations'
import type GateCriterion from '#models/gate_criterion'
import Membership from '#models/membership'
import { mentionOf } from '#models/text/mention'
import { notify, notifyAll } from '#models/notification'
import type Project from '#models/project'

/**
 * Tells the gate's chair that a request waits for them, and the PMO that it was made: they make sure that there is a
 * chair to answer.
 */
export async function tellRequested(project: Project, gate: Gate, criterion: GateCriterion) {
  const chair = await chairHolder(project, gate)
  const office = await Membership.holding('pmo')
  const about = {
    ...noticeOf(project, gate, criterion),
    detail: `${criterion.title}. Reason: ${criterion.waiverReason}`,
  }
  const whose = chair ? mentionOf(chair) : 'the chair (not yet named)'
  await notifyAll([
    {
      ...about,
      kind: 'vote_needed',
      to: chair ? [chair] : [],
      title: `${gate.ref}: you are asked to consent to a waiver`,
    },
    {
      ...about,
      kind: 'gate_reminder',
      to: office.filter((id) => id !== chair),
      title: `${gate.ref}: ${whose} is asked to consent to a waiver`,
    },
  ])
}

/** Tells the requester the chair's answer. */
export async function tellAnswer(project: Project, gate: Gate, criterion: GateCriterion) {
  if (!criterion.waiverRequestedBy) return
  const outcome =
    criterion.waiverState === 'consented'
      ? `marked as ${assessments[criterion.waiverAs!].toLowerCase()}`
      : 'not waived'
  await notify({
    ...noticeOf(project, gate, criterion),
    kind: 'gate_reminder',
    to: [criterion.waiverRequestedBy],
    title: `${gate.ref}: a criterion was ${outcome}`,
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
