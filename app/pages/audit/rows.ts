import { beginning } from '#models/text/beginning'
import type { Change } from '#pages/audit/changes'
import type { AuditEntry } from '#pages/audit/entries'
import { number } from '#models/text/numbers'
import { iso, moment } from '#registries/formats'

/** A change as a table shows it: long text folded after its beginning. */
type ChangeRow = Change & { brief: Pick<Change, 'before' | 'after'> | null }

const BRIEF = 160
const LONGEST = 2000
const CHANGES = 5
const CHANGES_OF_WHOLE = 3

/** One event as a row of the audit table; in the trail of one item its title is left out. */
export function auditRow(entry: AuditEntry, ofItem: boolean) {
  const { event, ...row } = entry
  const { changes } = entry
  const shown = shownChanges(entry)
  return {
    ...row,
    title: ofItem ? null : entry.title,
    isRef: entry.title !== null,
    at: iso(entry.at),
    when: moment(entry.at),
    number: number(entry.sequence),
    first: changes.slice(0, shown).map(changeRow),
    rest: changes.slice(shown).map(changeRow),
  }
}

/** All fields of a new record would bury the changes around it; a change shows the first few. */
function shownChanges({ isWhole, changes }: AuditEntry) {
  if (isWhole) return changes.length > CHANGES_OF_WHOLE ? 0 : CHANGES_OF_WHOLE
  return changes.length > CHANGES + 1 ? CHANGES : changes.length
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
  return text && beginning(text, length + mark.length, mark)
}
