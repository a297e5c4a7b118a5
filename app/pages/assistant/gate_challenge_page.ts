import type { Viewer } from '#identity/viewer'
import type AiProposal from '#models/ai_proposal'
import type { ContextManifest } from '#models/ai_interaction'
import { beginning } from '#models/text/beginning'
import type Gate from '#models/gate'
import type Project from '#models/project'
import { kindState } from '#pages/assistant/kind_page'
import { latestProposals, readProposal, type Links, type Read } from '#pages/assistant/latest'
import { taskFormState } from '#pages/tasks/form_page'

const addressees: Record<string, string> = {
  submitter: 'To whoever submits it',
  deciders: 'To those who decide',
}

/** The state of `pages/assistant/gate_challenge`. */
export async function gateChallengeState(project: Project, viewer: Viewer, gate: Gate) {
  const page = `/projects/${project.id}/assistant/gates/${gate.id}`
  const { read, links } = await latestProposals(project, viewer, 'gate_challenge', gate.id)
  const told = read.map((one) => questionState(one, links, project))
  return {
    ...(await kindState(project, viewer, page)),
    gate: { ref: gate.ref, name: gate.name, href: `/projects/${project.id}/gates/${gate.id}` },
    questions: told.filter(({ basis }) => basis.length > 0),
    left: told.filter(({ basis }) => basis.length === 0).length,
  }
}

/** The state of `pages/assistant/gate_question`: what one question can be turned into. */
export async function gateQuestionState(project: Project, viewer: Viewer, proposal: AiProposal) {
  const { asked, content, links } = await readProposal(project, viewer, proposal)
  const question = questionState({ proposal, content }, links, project)
  const about = asked.contextManifest!.about!
  const text = `${question.text} (${about.ref})`
  const task = { assigneeId: viewer.membershipId, externalResourceId: null }
  const nothing = { source: null, parent: null, report: null }
  return {
    ...(await taskFormState(viewer, project, { ...task, ...nothing, title: titleOf(text) })),
    question,
    body: text,
    gate: { ref: about.ref, page: `/projects/${project.id}/assistant/gates/${about.id}` },
    records: commentable(asked.contextManifest!, question.basis).map(({ ref }) => ({
      value: ref,
      label: ref,
    })),
    can: {
      comment: viewer.can('raid.comment', project),
      task: viewer.can('task.create', project),
    },
  }
}

/** The records behind a question that people can comment on. */
export function commentable({ records }: ContextManifest, basis: { ref: string }[]) {
  const named = new Set(basis.map(({ ref }) => ref))
  return records.filter(({ ref, kind }) => named.has(ref) && !UNCOMMENTED.includes(kind))
}

const UNCOMMENTED = ['gate', 'criterion', 'evidence', 'condition of an approval']

/** The basis of a proposal as links: only what still exists and may be seen. */
export function basisOf(basis: unknown, links: Links) {
  return String(basis ?? '')
    .split(', ')
    .flatMap((ref) => (links.has(ref) ? [{ ref, href: links.get(ref)! }] : []))
}

function questionState({ proposal, content }: Read, links: Links, project: Project) {
  const href = `/projects/${project.id}/assistant/drafts/${proposal.id}`
  return {
    text: String(content.question),
    to: addressees[String(content.to)],
    basis: basisOf(content.basis, links),
    action: href,
    href: `${href}/question`,
  }
}

function titleOf(text: string) {
  return beginning(text, 200)
}
