import string from '@adonisjs/core/helpers/string'
import { claudeSettings } from '#config/assistant'
import { withPeople } from '#assistant/restoring'
import type { Viewer } from '#identity/viewer'
import AiInteraction from '#models/ai_interaction'
import AiProposal, { type ProposedEntry } from '#models/ai_proposal'
import { peopleBehind } from '#models/assistant/people'
import { obstacleFor, obstacles } from '#models/assistant/switches'
import type Project from '#models/project'
import { types } from '#models/raid/enumerations'
import { fieldsOf } from '#models/raid/fields'
import { raidFormState } from '#pages/raid_form_page'

/** The state of `pages/assistant/notes`. */
export async function notesState(project: Project, viewer: Viewer) {
  const obstacle = await obstacleFor(viewer, project, claudeSettings)
  const proposals = await AiProposal.openIn(project, viewer)
  const entries = await readable(proposals)
  return {
    obstacle: obstacle && obstacles[obstacle],
    page: `/projects/${project.id}/assistant/notes`,
    proposals: proposals.map((proposal, index) => proposalState(proposal, entries[index], project)),
  }
}

/** The state of `pages/assistant/draft`: the form of a new entry, filled in as it is proposed. */
export async function draftState(project: Project, viewer: Viewer, proposal: AiProposal) {
  const [entry] = await readable([proposal])
  const { quote, ...fields } = entry
  const record = { type: proposal.type, raisedOn: new Date().toISOString().slice(0, 10) }
  return {
    ...(await raidFormState(viewer, project, Object.assign(record, attributesOf(fields)))),
    type: proposal.type,
    quote,
    page: `/projects/${project.id}/assistant/drafts/${proposal.id}`,
  }
}

/** Whether an entry says something else than what was proposed. */
export async function isEdited(proposal: AiProposal, saved: Record<string, unknown>) {
  const [entry] = await readable([proposal])
  return Object.entries(attributesOf(entry)).some(
    ([name, value]) => name !== 'quote' && String(saved[name] ?? '') !== String(value)
  )
}

function proposalState(
  proposal: AiProposal,
  { title, quote, ...rest }: ProposedEntry,
  project: Project
) {
  const given = attributesOf(rest)
  return {
    id: proposal.id,
    type: proposal.type,
    kind: types[proposal.type],
    title,
    quote,
    fields: fieldsOf(proposal.type)
      .filter(({ key }) => key in given)
      .map(({ key, label, choices }) => ({
        label,
        after: choices?.[String(given[key])] ?? String(given[key]),
      })),
    href: `/projects/${project.id}/assistant/drafts/${proposal.id}`,
  }
}

/** What is proposed, with people’s names put back. */
async function readable(proposals: AiProposal[]): Promise<ProposedEntry[]> {
  const ids = proposals.map(({ interactionId }) => interactionId)
  const asked = await AiInteraction.query().whereIn('id', [...new Set(ids)])
  const names = await peopleBehind(asked)
  return proposals.map(({ content }) => named(content!, names))
}

function named(content: ProposedEntry, names: Map<string, string>) {
  return Object.fromEntries(
    Object.entries(content).map(([field, value]) => [
      field,
      typeof value === 'string' ? withPeople(value, names) : value,
    ])
  ) as ProposedEntry
}

function attributesOf(fields: Record<string, string | number>) {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [string.camelCase(field), value])
  )
}
