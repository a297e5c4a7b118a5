import {
  LIMITS,
  type ColumnMapping,
  type ImportPlan,
  type Overrides,
  type PlannedTable,
  type TableType,
} from '#imports/index'
import { controls } from '#models/import/controls'
import {
  dateOffers,
  fieldOffers,
  scaleOffers,
  typeOffers,
  valueOffers,
  type Offer,
} from '#models/import/offers'

/** How a file is read differently from the guess, and what becomes of rows that name records of the project. */
export type ImportChoices = Overrides & {
  /** Rows that name a record change it unless they are all to be added. */
  known?: 'add'
  /** Conflicts to apply anyway, each by its record and the version that was seen. */
  takes?: string[]
}

type Form = Record<string, unknown>
type TableChoice = NonNullable<Overrides['tables']>[string]
type ColumnChoice = NonNullable<TableChoice['columns']>[string]

/**
 * The choices after a form was submitted: those stored, and every control that differs from what the plan showed. Only
 * tables, columns, words and answers that the plan itself offers are accepted, so that nothing invented by a browser is
 * ever stored.
 */
export function choicesFrom(form: Form, plan: ImportPlan, stored: ImportChoices): ImportChoices {
  const tables = { ...stored.tables }
  plan.tables.forEach((table, index) => {
    if (form[controls.table(index)] !== table.id) return
    const choice = tableChoice(form, index, table, tables[table.id] ?? {})
    if (Object.keys(choice).length > 0) tables[table.id] = choice
  })
  const headerRows = headerChoices(form, plan, stored)
  return {
    ...(Object.keys(headerRows).length > 0 && { headerRows }),
    ...(Object.keys(tables).length > 0 && { tables }),
    ...knownChoice(form, stored),
    ...takenChoices(form, stored),
  }
}

function knownChoice(form: Form, stored: ImportChoices): Pick<ImportChoices, 'known'> {
  const sent = form[controls.known]
  const known = sent === undefined ? stored.known : sent === 'add' ? 'add' : undefined
  return known ? { known } : {}
}

/** A form sends the conflicts that it shows; those on other pages stay as they were chosen. */
function takenChoices(form: Form, stored: ImportChoices): Pick<ImportChoices, 'takes'> {
  const shown = textsIn(form[controls.shown])
  const taken = textsIn(form[controls.take]).filter((take) => shown.includes(take))
  const others = (stored.takes ?? []).filter((take) => !shown.includes(take))
  const takes = [...new Set([...others, ...taken])].sort()
  return takes.length > 0 ? { takes } : {}
}

const TAKE = /^[0-9a-f-]{36}:\d{1,9}$/

function textsIn(sent: unknown) {
  // A long list comes as an object, by position.
  const given = sent !== null && typeof sent === 'object' ? Object.values(sent) : [sent]
  return given.filter((one): one is string => typeof one === 'string' && TAKE.test(one))
}

/** The row of a sheet's headings as the form shows it; empty when no table was found. */
export function headerRowOf(plan: ImportPlan, sheet: string, stored: Overrides) {
  const found = plan.tables.find((table) => table.sheet === sheet)
  return stored.headerRows?.[sheet] ?? found?.headerRows[0] ?? null
}

function headerChoices(form: Form, plan: ImportPlan, stored: Overrides) {
  const chosen = { ...stored.headerRows }
  plan.sheets.forEach(({ name }, index) => {
    const sent = form[controls.header(index)]
    if (sent === undefined) return
    if (sent === null || sent === '') return void delete chosen[name]
    const row = Number(sent)
    const fits = Number.isInteger(row) && row >= 1 && row <= LIMITS.rows
    if (fits && row !== headerRowOf(plan, name, stored)) chosen[name] = row
  })
  return chosen
}

function tableChoice(form: Form, index: number, table: PlannedTable, stored: TableChoice) {
  const { mapping } = table
  const type = offered(form[controls.type(index)] ?? '', typeOffers)
  const isUsed = Boolean(form[controls.use(index)])
  const isRetyped = type !== undefined && type !== (mapping.type ?? '')
  const columns = { ...stored.columns }
  if (!isRetyped) {
    for (const column of mapping.columns) {
      const choice = columnChoice(form, index, table, column, columns[column.key] ?? {})
      if (Object.keys(choice).length > 0) columns[column.key] = choice
    }
  }
  const { include: storedUse, ...rest } = stored
  const include = isUsed !== mapping.include ? isUsed : isRetyped ? undefined : storedUse
  return {
    ...rest,
    ...(isRetyped && { type: (type || null) as TableType }),
    ...(include !== undefined && { include }),
    ...(Object.keys(columns).length > 0 && {
      columns: isRetyped ? fitting(columns, type) : columns,
    }),
  }
}

/** A column keeps its field under a new type if that type has the field. */
function fitting(columns: Record<string, ColumnChoice>, type: string) {
  const fields = fieldOffers((type || null) as TableType)
  return Object.fromEntries(
    Object.entries(columns).filter(([, { field }]) => field && offered(field, fields) !== undefined)
  )
}

/** A column that fills another field is read again; how the old field was read says nothing about it. */
function columnChoice(
  form: Form,
  index: number,
  { mapping: { type } }: PlannedTable,
  column: ColumnMapping,
  stored: ColumnChoice
): ColumnChoice {
  const sent = (part: 'field' | 'scale' | 'dates') => form[controls.column(index, column.key, part)]
  const field = offered(sent('field'), fieldOffers(type))
  if (field && field !== column.field) return { field: field as ColumnChoice['field'] }
  const scale = column.scale && offered(sent('scale'), scaleOffers)
  const dates = column.dateOrder && offered(sent('dates'), dateOffers)
  const values = valueChoices(form, index, column, valueOffers(column, type))
  return {
    ...stored,
    ...(scale && scale !== column.scale && { scale: scale as ColumnChoice['scale'] }),
    ...(dates && dates !== column.dateOrder && { dateOrder: dates as ColumnChoice['dateOrder'] }),
    ...(values.length > 0 && { values: { ...stored.values, ...Object.fromEntries(values) } }),
  }
}

function valueChoices(form: Form, index: number, column: ColumnMapping, offers: Offer[]) {
  return Object.entries(column.values ?? {}).flatMap(([word, meaning]) => {
    const sent = form[controls.value(index, column.key, word)]
    const chosen = offered(sent === null ? '' : sent, offers)
    return chosen === undefined || chosen === meaning ? [] : [[word, chosen]]
  })
}

function offered(sent: unknown, offers: Offer[]) {
  return offers.find(({ value }) => value === sent)?.value
}
