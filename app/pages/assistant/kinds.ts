import AiInteraction from '#models/ai_interaction'
import type AiProposal from '#models/ai_proposal'
import type { Feature } from '#models/assistant/features'
import type { Ability } from '#policies/permissions'

/** The page on which something is asked for and its proposals are shown. */
type KindPage = {
  label: string
  /** Within the assistant’s pages; `subject` is the id of the record that it is about. */
  path: (subject: string | undefined) => string
  /** How the assistant’s own page links to it, for people who may use it. */
  entry?: { icon: string; ability: Ability }
}

const kindPages: Partial<Record<Feature, KindPage>> = {
  raid_draft: {
    label: 'Entries from notes',
    path: () => '/notes',
    entry: { icon: 'log', ability: 'raid.raise' },
  },
  risk_response: {
    label: 'Actions for an entry',
    path: (subject) => (subject ? `/entries/${subject}` : ''),
  },
  raid_duplicates: {
    label: 'Duplicates in the RAID log',
    path: () => '/duplicates',
    entry: { icon: 'log', ability: 'raid.update.own' },
  },
  report_draft: { label: 'Draft of the report', path: (report) => `/reports/${report}` },
  gate_challenge: { label: 'Questions about the gate', path: (gate) => `/gates/${gate}` },
  assumption_check: {
    label: 'Check assumptions',
    path: () => '/assumptions',
    entry: { icon: 'check', ability: 'raid.raise' },
  },
  change_summary: {
    label: 'What changed',
    path: () => '/changes',
    entry: { icon: 'log', ability: 'assistant.ask' },
  },
}

/** What the assistant’s own page offers besides questions. */
export const kindEntries = Object.values(kindPages).flatMap(({ label, path, entry }) =>
  entry ? [{ ...entry, label, path: path(undefined) }] : []
)

/** Where the proposals of an interaction are; null for a question. */
export function pageOfKind({ projectId, feature, contextManifest }: AiInteraction) {
  return addressOf(projectId, feature, contextManifest?.about?.id)
}

/** Where a proposal is among the others of its kind. */
export async function pageOfProposal({ interactionId, projectId }: AiProposal) {
  const page = pageOfKind(await AiInteraction.findOrFail(interactionId))
  return page?.href ?? `/projects/${projectId}/assistant`
}

function addressOf(projectId: string, feature: Feature, subject: string | undefined) {
  const page = kindPages[feature]
  return (
    page && { label: page.label, href: `/projects/${projectId}/assistant${page.path(subject)}` }
  )
}
