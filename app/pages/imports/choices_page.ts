import type { ColumnMapping, ImportPlan, Overrides, PlannedTable } from '#imports/index'
import { headerRowOf } from '#models/import/choices'
import { controls } from '#models/import/controls'
import {
  dateOffers,
  fieldOffers,
  scaleOffers,
  typeOffers,
  valueOffers,
} from '#models/import/offers'
import { rows } from '#pages/imports/terms'

/** What was found on each sheet, and how each column of the tables in use is read. */
export function importChoicesState(plan: ImportPlan, stored: Overrides) {
  const tables = plan.tables.map((table, index) => ({
    ...foundTable(table, index),
    columns: table.mapping.columns.map((column) => columnState(column, table, index)),
  }))
  return {
    typeOffers,
    found: plan.sheets.flatMap((sheet, position): object[] => {
      const here = tables.filter((table) => table.sheet === sheet.name)
      const header = {
        name: controls.header(position),
        value: headerRowOf(plan, sheet.name, stored),
      }
      if (here.length === 0) return [{ ...emptySheet(sheet), header }]
      return here.map((table, index) => ({ ...table, header: index === 0 ? header : null }))
    }),
    tables: tables.filter((table) => table.isUsed).map(withAttention),
  }
}

function emptySheet({ name, hidden, reason, verdict }: ImportPlan['sheets'][number]) {
  return { sheet: name, isHidden: hidden, isTable: false, isUsed: false, reason: reason || verdict }
}

function foundTable(table: PlannedTable, index: number) {
  const { mapping } = table
  return {
    isTable: true,
    id: table.id,
    index,
    sheet: table.sheet,
    isHidden: table.hidden,
    isUsed: mapping.include,
    // A value that the browser restores must not outlive the reading that the control belonged to.
    reading: `${mapping.type ?? 'none'}-${table.headerRows[0]}`,
    type: mapping.type ?? '',
    reason: mapping.reason,
    note: noteOf(table),
    count: Object.values(table.counts).reduce((sum, count) => sum + count, 0),
    names: {
      table: controls.table(index),
      use: controls.use(index),
      type: controls.type(index),
    },
    warnings: mapping.include ? mapping.warnings : [],
    fieldOffers: fieldOffers(mapping.type),
  }
}

function noteOf({ mapping, candidates, hiddenRows, skipped }: PlannedTable) {
  if (!mapping.include && mapping.type === null && candidates > 0) {
    return `${rows(candidates)} can be imported. Choose what they become.`
  }
  const parts = [
    hiddenRows > 0 && `${rows(hiddenRows)} hidden in the file, included here`,
    skipped > 0 && mapping.include && `${rows(skipped)} skipped`,
  ]
  return parts.filter(Boolean).join('; ')
}

function columnState(column: ColumnMapping, { mapping: { type } }: PlannedTable, index: number) {
  const words = Object.entries(column.values ?? {})
  return {
    key: column.key,
    header: column.header,
    isHidden: column.hidden,
    samples: column.samples,
    field: column.field,
    name: controls.column(index, column.key, 'field'),
    reason: column.reason.charAt(0).toUpperCase() + column.reason.slice(1),
    scale: column.scale && {
      name: controls.column(index, column.key, 'scale'),
      value: column.scale,
      offers: scaleOffers,
    },
    dates: column.dateOrder && {
      name: controls.column(index, column.key, 'dates'),
      value: column.dateOrder,
      offers: dateOffers,
    },
    unclear: words.filter(([, meaning]) => meaning === '').length,
    values: words.map(([word, meaning]) => ({
      word,
      meaning,
      name: controls.value(index, column.key, word),
    })),
    valueOffers: valueOffers(column, type),
  }
}

function withAttention<Table extends { columns: { unclear: number }[]; warnings: string[] }>(
  table: Table
) {
  const unclear = table.columns.reduce((sum, column) => sum + column.unclear, 0)
  const attention =
    unclear > 0 ? `${unclear} ${unclear === 1 ? 'word' : 'words'} not understood` : null
  return { ...table, attention }
}
