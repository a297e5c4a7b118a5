import type { AuditEntry, Change } from '#pages/audit_entries'
import { number } from '#pages/seal_line'
import { iso, moment } from '#registries/formats'

/** A change as a table shows it: long text folded behind its beginning. */
export type ChangeRow = Change & { brief: Pick<Change, 'before' | 'after'> | null }

const BRIEF = 160
const LONGEST = 2000
const CHANGES = 5
const CHANGES_OF_WHOLE = 2

/** One event as a row of the audit table. */
export function auditRow(entry: AuditEntry) {
  const { event, changes, ...row } = entry
  const shown = entry.isWhole ? CHANGES_OF_WHOLE : CHANGES
  const folds = changes.length > shown + 1
  return {
    ...row,
    at: iso(entry.at),
    when: moment(entry.at),
    number: number(entry.sequence),
    first: (folds ? changes.slice(0, shown) : changes).map(changeRow),
    rest: (folds ? changes.slice(shown) : []).map(changeRow),
  }
}

function changeRow(change: Change): ChangeRow {
  const { before, after } = change
  const isLong = [before, after].some((text) => text && text.length > BRIEF)
  return {
    ...change,
    before: cut(before, LONGEST, ' … The CSV export holds the rest.'),
    after: cut(after, LONGEST, ' … The CSV export holds the rest.'),
    brief: isLong ? { before: cut(before, BRIEF, '…'), after: cut(after, BRIEF, '…') } : null,
  }
}

function cut(text: string | null, length: number, mark: string) {
  return text && text.length > length ? text.slice(0, length).trimEnd() + mark : text
}
