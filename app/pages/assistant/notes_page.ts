import { DOCUMENT_KINDS, type ReadDocument } from '#imports/documents/read_document'
import type { Viewer } from '#identity/viewer'
import AiProposal, { type ProposalContent } from '#models/ai_proposal'
import { today } from '#models/days'
import type Project from '#models/project'
import { types } from '#models/raid/enumerations'
import { fieldsOf } from '#models/raid/fields'
import { kindState } from '#pages/assistant/kind_page'
import { asAttributes, readable } from '#pages/assistant/proposals'
import { raidFormState } from '#pages/raid/form_page'

/** The state of `pages/assistant/notes`. */
export async function notesState(project: Project, viewer: Viewer, question: string | null) {
  const proposals = await AiProposal.openIn(project, viewer, 'entry')
  const entries = await readable(proposals)
  return {
    ...(await kindState(project, viewer, `/projects/${project.id}/assistant/notes`)),
    question,
    document: null,
    kinds: DOCUMENT_KINDS.join(','),
    proposals: proposals.map((proposal, index) => entryState(proposal, entries[index], project)),
  }
}

/** The same with the text of a document in the form. Nothing of it is stored or sent before its reader says so. */
export async function documentState(
  project: Project,
  viewer: Viewer,
  name: string,
  { text, isCut }: ReadDocument
) {
  const told = isCut
    ? `${name} was too long, so only its beginning is in the field below.`
    : `The text of ${name} is in the field below.`
  return {
    ...(await notesState(project, viewer, text)),
    preview: null,
    document: { told: `${told} Nothing has been sent yet.`, isCut },
  }
}

/** The state of `pages/assistant/draft`: the form of a new entry, filled in as proposed. */
export async function draftState(project: Project, viewer: Viewer, proposal: AiProposal) {
  const [{ quote, ...fields }] = await readable([proposal])
  const type = proposal.type!
  const record = { type, raisedOn: today() }
  return {
    ...(await raidFormState(viewer, project, Object.assign(record, asAttributes(fields)))),
    type,
    quote,
    page: `/projects/${project.id}/assistant/drafts/${proposal.id}`,
  }
}

function entryState(
  { id, type }: AiProposal,
  { title, quote, ...rest }: ProposalContent,
  project: Project
) {
  const given = asAttributes(rest)
  return {
    id,
    type,
    kind: types[type!],
    title,
    quote,
    fields: fieldsOf(type!)
      .filter(({ key }) => key in given)
      .map(({ key, label, choices }) => ({
        label,
        after: choices?.[String(given[key])] ?? String(given[key]),
      })),
    href: `/projects/${project.id}/assistant/drafts/${id}`,
  }
}
