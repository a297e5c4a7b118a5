import type { Candidate } from '#imports/mapping/candidates'
import { isRaidType, type Kind } from '#imports/vocabulary/kinds'
import { fold } from '#imports/vocabulary/text'

/** What a column of record kinds is for. */
export type TypeColumn = {
  candidate: Candidate
  use: 'type' | 'nature' | 'issueKind' | 'tracker'
  kinds: Set<Kind>
}

const NOT_ROWS: Kind[] = ['people', 'other']
const TRACKED: Kind[] = ['tracker', 'task', 'change', 'issue', 'action', 'milestone']

/** The column whose cells name the kind of their row, if the table has one. */
export function findTypeColumn(
  candidates: Candidate[],
  tableKind: Kind | null | string
): TypeColumn | null {
  const found = candidates.flatMap((candidate) => readAsType(candidate, tableKind) ?? [])
  const order = { type: 0, nature: 1, issueKind: 2, tracker: 3 }
  return (
    found.sort((a, b) => order[a.use] - order[b.use] || rank(b.candidate) - rank(a.candidate))[0] ??
    null
  )
}

function rank({ concept, label }: Candidate): number {
  return (concept === 'type' ? 2 : concept === 'nature' ? 1 : 0) + (/raid/i.test(label) ? 2 : 0)
}

function readAsType(candidate: Candidate, tableKind: Kind | null | string): TypeColumn | null {
  const { profile, concept, label } = candidate
  if (profile.isEmpty) return null
  const named = profile.kinds.filter((kind) => !NOT_ROWS.includes(kind))
  if (named.length < profile.texts.length * 0.6) return null
  const isLetters = profile.texts.every((text) => text.length === 1)
  const isTyped =
    concept === 'type' ||
    concept === 'nature' ||
    concept === 'issueKind' ||
    /raid|kind/i.test(label) ||
    /^[raido]( [raido])+$/.test(fold(label))
  if (
    isLetters &&
    !isTyped &&
    concept !== 'category' &&
    !(concept === null && new Set(named).size > 2)
  )
    return null
  if ((concept === 'title' || concept === 'status') && profile.distinct > 6) return null
  if (concept === 'sourceId' && !isTyped) return null
  const kinds = new Set(named)
  const use = useOf(kinds, candidate, tableKind)
  return use ? { candidate, use, kinds } : null
}

function useOf(
  kinds: Set<Kind>,
  { concept, label, profile }: Candidate,
  tableKind: Kind | null | string
): TypeColumn['use'] | null {
  const list = [...kinds]
  const isRisky = list.every((kind) => kind === 'risk' || kind === 'opportunity')
  if (
    isRisky &&
    (kinds.has('opportunity') ||
      (tableKind === 'risk' && /threat|bedroh|menace/i.test(profile.texts[0])))
  )
    return 'nature'
  if (list.every((kind) => kind === 'issue' || kind === 'change' || kind === 'off_specification')) {
    const isIssueTable =
      tableKind === 'issue' || kinds.has('off_specification') || kinds.has('change')
    if (isIssueTable && !/raid/i.test(label)) return 'issueKind'
  }
  const others = list.filter((kind) => isRaidType(kind) && kind !== 'issue')
  if (others.length > 0 || kinds.has('opportunity')) return 'type'
  if (
    list.every((kind) => TRACKED.includes(kind)) &&
    (isTrackerHeader(label) || kinds.has('tracker') || tableKind === 'task')
  )
    return 'tracker'
  return concept === 'type' && kinds.has('issue') ? 'type' : null
}

function isTrackerHeader(label: string): boolean {
  return /^(issue ?type|tracker|work item type|ticket type|vorgangstyp|type de ticket)$/.test(
    fold(label)
  )
}
