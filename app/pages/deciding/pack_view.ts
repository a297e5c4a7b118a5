import type { Content, PackRecord, Scalar, SectionName } from '#models/pack/content'
import { SECTIONS } from '#models/pack/content'
import { diffSections, type FieldChange, type RecordChange } from '#models/pack/diff'
import { packFacts, packLists, packValue } from '#registries/pack_terms'

type Names = Map<string, string>
type ShownChange = { label: string; before: string | null; after: string | null }

/** One record that differs, as a page shows it. */
type ShownRecord = {
  kindLabel: string
  noun: string
  name: string
  changes: ShownChange[]
}

/** The differences between two packs in words, and how many there are. */
type ShownDiff = { facts: ShownChange[]; records: ShownRecord[]; count: number }

const KINDS = { added: 'New', removed: 'Gone', changed: 'Changed' }

/** With another gate's pack, only the project's own parts can be compared. */
const OF_ONE_GATE = ['criteria', 'evidence', 'seats', 'warnings']
const FACTS_OF_ONE_GATE = /^(gate_|decision_rule|quorum|is_polled)/

/** The differences between two packs; for two gates, only those of the project. */
export function shownDiff(
  before: Content,
  after: Content,
  names: Names,
  { sameGate }: { sameGate: boolean }
): ShownDiff {
  const diffs = SECTIONS.map((section) => diffSections(before[section], after[section]))
  const facts = diffs
    .flatMap((diff) => diff.facts)
    .filter(({ field }) => field in packFacts && (sameGate || !FACTS_OF_ONE_GATE.test(field)))
    .map((change) => shownFact(change, names))
  const records = diffs
    .flatMap(({ lists }) => Object.entries(lists))
    .filter(([list]) => list in packLists && (sameGate || !OF_ONE_GATE.includes(list)))
    .flatMap(([list, changes]) => changes.map((change) => shownRecord(list, change, names)))
  return { facts, records, count: facts.length + records.length }
}

function shownFact({ field, before, after }: FieldChange, names: Names): ShownChange {
  const known = packFacts[field]
  const say = (value: Scalar) => packValue(field, value, { known, names })
  return { label: known.label, before: say(before), after: say(after) }
}

function shownRecord(list: string, change: RecordChange, names: Names): ShownRecord {
  const { noun, name, fields } = packLists[list]
  const { record } = change
  const fieldChanges = change.kind === 'changed' ? change.changes : []
  return {
    kindLabel: KINDS[change.kind],
    noun,
    name: name(record, names),
    changes: fieldChanges.map(({ field, before, after }) => ({
      label: fields[field]?.label ?? field.replaceAll('_', ' '),
      before: packValue(field, before, { known: fields[field], names, record }),
      after: packValue(field, after, { known: fields[field], names, record }),
    })),
  }
}

/** A record of a pack with labels for its fields. */
export type ShownRow = PackRecord & { words: Record<string, string | null> }

/** The records of one list of a pack, in words. */
export function shownRows(
  content: Content,
  section: SectionName,
  list: string,
  names: Names
): ShownRow[] {
  const { fields } = packLists[list]
  return (content[section].lists[list] ?? []).map((record) => ({
    ...record,
    words: Object.fromEntries(
      Object.entries(fields).map(([field, known]) => [
        field,
        packValue(field, record[field] ?? null, { known, names, record }),
      ])
    ),
  })) as ShownRow[]
}

/** The pack's general facts in words, leaving out empty ones. */
export function shownFacts(content: Content, names: Names) {
  const facts = Object.assign({}, ...SECTIONS.map((section) => content[section].facts))
  return Object.keys(packFacts)
    .filter((field) => facts[field] !== undefined && facts[field] !== null)
    .filter((field) => facts[field] !== 0 || !LEFT_OUT.includes(field))
    .map((field) => ({
      label: packFacts[field].label,
      value: packValue(field, facts[field], { known: packFacts[field], names }),
    }))
}

/** What was left out is mentioned if there was anything. */
const LEFT_OUT = ['kept_to_named_people', 'beyond_limit']

/** Every person named in the packs. */
export function peopleIn(packs: Content[]): string[] {
  const records = packs.flatMap((content) =>
    SECTIONS.flatMap((section) => [
      content[section].facts,
      ...Object.values(content[section].lists).flat(),
    ])
  )
  return records.flatMap((record) =>
    Object.entries(record).flatMap(([field, value]) =>
      typeof value === 'string' && PERSON.test(field) ? [value] : []
    )
  )
}

const PERSON = /^(owner|member|manager|sponsor)_id$|_by$/
