import { PERSON_WORD } from '#assistant/pseudonyms'
import type { Viewer } from '#identity/viewer'
import AiInteraction from '#models/ai_interaction'
import AiProposal from '#models/ai_proposal'
import type Project from '#models/project'
import type RaidItem from '#models/raid_item'
import { kindState } from '#pages/assistant/kind_page'
import { readable } from '#pages/assistant/proposals'
import { taskFormState } from '#pages/tasks/form_page'
import { day } from '#registries/formats'
import * as terms from '#registries/terms'

/** The state of `pages/assistant/actions`: actions for an entry. */
export async function actionsState(
  project: Project,
  viewer: Viewer,
  item: RaidItem,
  question: string | null
) {
  const proposals = await AiProposal.openIn(project, viewer, 'action').where('subject_id', item.id)
  const told = await readable(proposals)
  const page = `/projects/${project.id}/assistant/entries/${item.id}`
  const kind = await kindState(project, viewer, page)
  return {
    ...kind,
    obstacle: kind.obstacle ?? obstacleOf(item),
    item: entryState(item, project),
    question,
    proposals: proposals.map(({ id }, index) => ({
      id,
      title: told[index].title,
      why: told[index].why,
      fields: fieldsOf(told[index]),
      href: `/projects/${project.id}/assistant/actions/${id}`,
    })),
  }
}

/** The state of `pages/assistant/action`: the form of a new task, filled in as proposed. */
export async function actionState(
  project: Project,
  viewer: Viewer,
  proposal: AiProposal,
  item: RaidItem
) {
  const [{ title, why, description, priority, due_on: dueOn }] = await readable([proposal])
  const assigneeId = (await suggested(proposal)) ?? viewer.membershipId
  const origin = { source: null, parent: null, report: null, externalResourceId: null }
  const form = await taskFormState(viewer, project, { ...origin, assigneeId })
  return {
    ...form,
    record: { title, description, priority: priority ?? 'medium', dueOn },
    why,
    item: entryState(item, project),
    changed: proposal.subjectVersion !== item.lockVersion,
    version: item.lockVersion,
    page: `/projects/${project.id}/assistant/actions/${proposal.id}`,
    back: `/projects/${project.id}/assistant/entries/${item.id}`,
  }
}

/** What prevents an entry from being sent at all, whoever asks. */
export function obstacleOf(item: RaidItem) {
  if (item.sensitivity === 'named_people') {
    return 'Only named people can see this entry, so we do not send it.'
  }
  return item.isSettled ? 'This entry is settled and needs no actions.' : null
}

function entryState({ id, ref, title }: RaidItem, project: Project) {
  return { id, ref, title, href: `/projects/${project.id}/raid/${id}` }
}

function fieldsOf({ description, priority, due_on: dueOn, assignee }: Record<string, unknown>) {
  const rows: [string, unknown][] = [
    ['Description', description],
    ['Assignee', assignee],
    ['Priority', priority && terms.priorities[priority as keyof typeof terms.priorities].label],
    ['Due', dueOn && day(String(dueOn))],
  ]
  return rows.filter(([, value]) => value).map(([label, after]) => ({ label, after }))
}

/** The member whom the proposal names, if it names one. */
async function suggested({ content, interactionId }: AiProposal) {
  const [word] = String(content?.assignee ?? '').match(PERSON_WORD) ?? []
  if (!word) return null
  const { contextManifest } = await AiInteraction.findOrFail(interactionId)
  const person = contextManifest?.people[word]
  return person && 'member' in person ? person.member : null
}
