import type { PackRecord, Scalar, Section } from '#models/pack/content'

export type FieldChange = { field: string; before: Scalar; after: Scalar }

export type RecordChange =
  | { kind: 'added'; record: PackRecord }
  | { kind: 'removed'; record: PackRecord }
  | { kind: 'changed'; record: PackRecord; changes: FieldChange[] }

/** What differs between two states of one part of a pack. */
type SectionDiff = {
  facts: FieldChange[]
  lists: Record<string, RecordChange[]>
}

/** What someone who knows the first state has to look at again in the second. */
export function diffSections(before: Section, after: Section): SectionDiff {
  const names = union(Object.keys(before.lists), Object.keys(after.lists))
  return {
    facts: fieldChanges(before.facts, after.facts),
    lists: Object.fromEntries(
      names
        .map((name) => [name, recordChanges(before.lists[name] ?? [], after.lists[name] ?? [])])
        .filter(([, changes]) => changes.length > 0)
    ),
  }
}

/**
 * In the order of the second state, with what is gone at the end. A field missing from all records of the first state
 * was not included then: packs holding more than before is no change of the record.
 */
function recordChanges(before: PackRecord[], after: PackRecord[]): RecordChange[] {
  const asked = new Set(before.flatMap((record) => Object.keys(record)))
  const known = new Map(before.map((record) => [record.id, record]))
  const present = new Set(after.map(({ id }) => id))
  return [
    ...after.flatMap((record) => changeOf(known.get(record.id), record, asked)),
    ...before
      .filter(({ id }) => !present.has(id))
      .map((record): RecordChange => ({ kind: 'removed', record })),
  ]
}

function changeOf(
  before: PackRecord | undefined,
  record: PackRecord,
  asked: Set<string>
): RecordChange[] {
  if (!before) return [{ kind: 'added', record }]
  const changes = fieldChanges(before, record).filter(({ field }) => asked.has(field))
  return changes.length > 0 ? [{ kind: 'changed', record, changes }] : []
}

function fieldChanges(
  before: Record<string, Scalar>,
  after: Record<string, Scalar>
): FieldChange[] {
  return union(Object.keys(after), Object.keys(before))
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }))
    .filter((change) => change.before !== change.after)
}

function union(one: string[], other: string[]) {
  return [...new Set([...one, ...other])]
}
