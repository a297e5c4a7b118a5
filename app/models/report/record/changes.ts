import { refOf } from '#models/raid/refs'
import type { RecordContent, ReportedChange, Since } from '#models/report/record/content'
import { levelOf, weightOf } from '#models/report/record/levels'
import type { RaidRow } from '#models/report/record/raid'

const KINDS = ['request_for_change', 'off_specification']

/** How many are shown at once: a report is one page. */
const SHOWN = 6

/** How many are kept: no one reads more, and a report is read whole. */
const KEPT = 100

/** Requests for change and departures from what was agreed: first those that wait, then those settled since. */
export function changesIn(rows: RaidRow[], code: string, { state }: Since) {
  const found = rows
    .filter(({ type, issue_kind: kind }) => type === 'issue' && KINDS.includes(kind ?? ''))
    // Settled ones that were never reported, nor arose since, are no news.
    .filter((row) => row.is_open || row.is_new || state.entries[row.id])
    .toSorted((one, other) => rankOf(other) - rankOf(one))
  return {
    changes: found.slice(0, KEPT).map((row) => changeIn(row, code)),
    changes_left: Math.max(0, found.length - KEPT),
  }
}

/**
 * Those that a report shows at once, and those folded away beneath; reports from before they were included have none.
 */
export function shownChanges({ changes = [] }: RecordContent) {
  return [changes.slice(0, SHOWN), changes.slice(SHOWN)]
}

function rankOf(row: RaidRow) {
  return (row.is_open ? 1000 : 0) + weightOf(row)
}

function changeIn(row: RaidRow, code: string): ReportedChange {
  return {
    id: row.id,
    ref: refOf(code, row),
    title: row.title,
    kind: row.issue_kind!,
    status: row.status,
    level: levelOf(row),
    is_new: row.is_new,
  }
}
