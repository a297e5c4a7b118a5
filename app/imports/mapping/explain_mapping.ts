import type { Inferred } from '#imports/mapping/infer_kind'
import type { ColumnMapping, TableType } from '#imports/mapping/mapping'
import type { Chosen } from '#imports/mapping/settle'
import type { TypeColumn } from '#imports/mapping/type_column'
import type { Kind, RecordType } from '#imports/vocabulary/kinds'

const PLURALS: Partial<Record<Kind, string>> = {
  action: 'actions',
  lesson: 'lessons',
  milestone: 'milestones',
  change: 'change requests',
  people: 'people or roles',
  tracker: 'tracker items',
  other: 'other notes',
}

/** Why a table is read as this type, or as none, in words. */
export function reasonFor(
  type: TableType,
  inferred: Inferred,
  typeColumn: TypeColumn | null,
  include: boolean
): string {
  if (type === 'by_row')
    return typeColumn
      ? `The type of each row is in “${typeColumn.candidate.column.header}”.`
      : 'The type of each row is in its section or reference.'
  if (type !== null && !include)
    return 'No column holds a title or description. Choose one to import this table.'
  if (type !== null) return `Read as ${nameOf(type)} because of ${inferred.reason || 'its values'}.`
  if (inferred.kind === 'key' || inferred.kind === 'history')
    return `This looks like ${inferred.reason}, not like records.`
  const known = inferred.kind && PLURALS[inferred.kind]
  if (known) return `This looks like ${known}, which are part of neither a RAID log nor a plan.`
  return 'We could not tell what these records are. Choose a type to import them.'
}

function nameOf(type: RecordType): string {
  return {
    risk: 'risks',
    assumption: 'assumptions',
    issue: 'issues',
    dependency: 'dependencies',
    decision: 'decisions',
    task: 'tasks',
  }[type]
}

/** What to check in the mapping of a table, in words. */
export function warningsFor(chosen: Chosen[], columns: ColumnMapping[]): string[] {
  return columns.flatMap((column, index) => {
    const { profile } = chosen[index].candidate
    const isScore = column.scale === '1-5' && profile.numbers.length >= 6
    if (isScore && Math.max(...profile.numbers) === 4)
      return [
        `“${column.header}” goes up to 4 and is read on a scale of 1 to 5. Change the scale if 4 is the top.`,
      ]
    return []
  })
}
