import type { LeftOutColumn, TableColumn } from '#imports/detection/table'
import { labelText } from '#imports/detection/header_rows'
import { isTimeLabel } from '#imports/detection/timeline'
import { matchHeader } from '#imports/mapping/match_header'
import { kindOf } from '#imports/vocabulary/kinds'
import { levelOf } from '#imports/vocabulary/levels'
import { oneLine } from '#imports/vocabulary/text'
import { columnName, type Sheet, type SheetRow } from '#imports/workbook/workbook'

const MARK = /^([x✓✔✗✘•●■☒☑*]|yes|ja|oui|si|true|1)$/i
const LEAST_TIMELINE = 4

type Label = { column: number; group: string; label: string }

/** Names the columns under one or two header rows. */
export function buildColumns(
  header: SheetRow[],
  rows: SheetRow[],
  sheet: Sheet,
  span: [number, number]
): { columns: TableColumn[]; leftOut: LeftOutColumn[] } {
  const used = usedColumns(header, rows, span)
  const labels = used.map((column) => labelAt(column, header, sheet))
  const timeline = timelineColumns(labels)
  const marks = markGroups(
    labels.filter(({ column }) => !timeline.has(column)),
    rows
  )
  const columns: TableColumn[] = []
  for (const label of labels) {
    if (timeline.has(label.column)) continue
    const group = marks.find((candidate) => candidate.some(({ column }) => column === label.column))
    if (!group) columns.push(toColumn([label], sheet, false))
    else if (group[0] === label) columns.push(toColumn(group, sheet, true))
  }
  return { columns, leftOut: leftOutTimeline(labels, timeline) }
}

function usedColumns(header: SheetRow[], rows: SheetRow[], [from, to]: [number, number]): number[] {
  const used = new Set<number>()
  for (const row of [...header, ...rows]) {
    for (const column of row.cells.keys()) if (column >= from && column <= to) used.add(column)
  }
  return [...used].sort((a, b) => a - b)
}

function labelAt(column: number, header: SheetRow[], sheet: Sheet): Label {
  const own = (row: SheetRow) => labelText(row.cells.get(column)?.text ?? '')
  if (header.length === 0) return { column, group: '', label: '' }
  if (header.length === 1) return { column, group: '', label: own(header[0]) }
  const label = own(header[1])
  const group = label || own(header[0]) ? groupAt(column, header, sheet) : ''
  return label
    ? { column, group: group === label ? '' : group, label }
    : { column, group: '', label: own(header[0]) }
}

/** The group label above a column: its merge shows how far it reaches, otherwise the next label. */
function groupAt(column: number, [top, bottom]: SheetRow[], sheet: Sheet): string {
  const merges = sheet.merges.from(top.number)
  const merge = merges.find((area) => area.left <= column && area.right >= column)
  if (merge) return labelText(top.cells.get(merge.left)?.text ?? '')
  if (!top.cells.has(column) && !sharesGroup(column, bottom)) return ''
  for (let at = column; at >= 0 && (at === column || bottom.cells.has(at)); at--) {
    const cell = top.cells.get(at)
    if (!cell) continue
    const isMerged = merges.some((area) => area.left === at && area.right > at)
    return isMerged && at !== column ? '' : labelText(cell.text)
  }
  return ''
}

/** Without merges, only scores, levels and repeated labels belong to a label on their left. */
function sharesGroup(column: number, bottom: SheetRow): boolean {
  const text = labelText(bottom.cells.get(column)?.text ?? '')
  const concept = matchHeader(text)?.concept ?? ''
  const isRepeated = [...bottom.cells].some(
    ([other, cell]) => other !== column && labelText(cell.text) === text
  )
  return (
    ['likelihood', 'impact', 'score', 'severity'].includes(concept) ||
    levelOf(text) !== null ||
    isRepeated ||
    /^\d{1,2}$/.test(text)
  )
}

/** A run of months, weeks or dates is a Gantt chart, unless there is a score above them. */
function timelineColumns(labels: Label[]): Set<number> {
  const timed = labels.filter(({ label, group }) => {
    const isTime = label !== '' && isTimeLabel(label)
    return isTime && !isScoreGroup(group)
  })
  if (timed.length < LEAST_TIMELINE) return new Set()
  const [first, last] = [timed[0].column, timed.at(-1)!.column]
  const inside = labels.filter(
    ({ column, label }) => column >= first && column <= last && !isKnown(label)
  )
  const after = labels.filter(({ column }) => column > last)
  const tail = after.every(({ label }) => label === '') ? after : []
  return new Set([...inside, ...tail].map(({ column }) => column))
}

function isScoreGroup(group: string): boolean {
  const concept = group ? matchHeader(group)?.concept : undefined
  return concept === 'likelihood' || concept === 'impact' || concept === 'score'
}

function isKnown(label: string): boolean {
  return label !== '' && !isTimeLabel(label) && (matchHeader(label, true)?.score ?? 0) > 0.9
}

/** Neighbouring columns with one cross per row are one column of choices. */
function markGroups(labels: Label[], rows: SheetRow[]): Label[][] {
  const groups: Label[][] = []
  for (const label of labels.filter((candidate) => isMarkColumn(candidate, rows))) {
    const last = groups.at(-1)
    if (last && continuesMarks(last, label)) last.push(label)
    else groups.push([label])
  }
  return groups.filter((group) => group.length >= 2 && onePerRow(group, rows))
}

function continuesMarks(group: Label[], label: Label): boolean {
  const before = group.at(-1)!
  const isNext = label.column === before.column + 1 && label.group === before.group
  const isNew = !group.some((other) => other.label === label.label)
  return isNext && isNew && choiceFamily(label.label) === choiceFamily(before.label)
}

function isMarkColumn({ column, label }: Label, rows: SheetRow[]): boolean {
  if (label === '' || choiceFamily(label) === null) return false
  const cells = rows.flatMap((row) => row.cells.get(column) ?? [])
  return cells.every((cell) => MARK.test(cell.text.trim()))
}

function choiceFamily(label: string): string | null {
  if (/^\d{1,2}$/.test(label.trim())) return 'level'
  const kind = kindOf(label)
  const level = levelOf(label)
  if (level !== null && label.length > 1) return 'level'
  if (kind) return /^[lmh]$/i.test(label) ? 'level' : 'kind'
  if (level !== null) return 'level'
  const match = matchHeader(label, true)
  return match ? null : 'choice'
}

function onePerRow(group: Label[], rows: SheetRow[]): boolean {
  const counts = rows.map((row) => group.filter(({ column }) => row.cells.has(column)).length)
  const some = counts.filter((count) => count > 0)
  const single = some.filter((count) => count === 1)
  const isText = rows.some((row) =>
    group.some(({ column }) => /^[^\d]$/.test(row.cells.get(column)?.text.trim() ?? ''))
  )
  return some.length > 0 && isText && single.length >= some.length * 0.9
}

function toColumn(labels: Label[], sheet: Sheet, isMarks: boolean): TableColumn {
  const [first] = labels
  const last = labels.at(-1)!
  const name = isMarks
    ? `${columnName(first.column)}:${columnName(last.column)}`
    : columnName(first.column)
  const header = isMarks
    ? first.group || labels.map(({ label }) => label).join(' / ')
    : [first.group, first.label].filter(Boolean).join(' – ')
  return {
    key: name,
    columns: labels.map(({ column }) => column),
    header: oneLine(header) || `Column ${name}`,
    group: first.group,
    labels: isMarks ? labels.map(({ label }) => label) : [first.label],
    isMarks,
    hidden: labels.every(({ column }) => sheet.hiddenColumns.has(column)),
  }
}

function leftOutTimeline(labels: Label[], timeline: Set<number>): LeftOutColumn[] {
  const columns = labels.filter(({ column }) => timeline.has(column))
  if (columns.length === 0) return []
  const [first, last] = [columns[0].column, columns.at(-1)!.column]
  return [
    {
      key: `${columnName(first)}:${columnName(last)}`,
      columns: columns.map(({ column }) => column),
      header:
        columns
          .map(({ label }) => label)
          .filter(Boolean)
          .slice(0, 3)
          .join(', ') + '…',
      reason: 'a timeline chart',
    },
  ]
}
