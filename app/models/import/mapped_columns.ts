import type { ColumnMapping, PlannedTable, TableOverride, TableType } from '#imports/index'

/** A column of a mapping: found in a file by its heading, wherever it is. */
export type MappedColumn = Pick<
  ColumnMapping,
  'header' | 'field' | 'scale' | 'dateOrder' | 'values'
>

/** How columns are read, as far as it applies to another file of the kind. */
export function mappedColumns(columns: ColumnMapping[]): MappedColumn[] {
  return columns.map(({ header, field, scale, dateOrder, values }) => ({
    header,
    field,
    ...(scale && { scale }),
    ...(dateOrder && { dateOrder }),
    ...(values && { values }),
  }))
}

/**
 * What saved columns say about a table's: if two have one heading, they match in order. `missing` are headings that the
 * table lacks, `unknown` its additional ones.
 */
export function readingFor(
  kept: MappedColumn[],
  type: NonNullable<TableType>,
  table: PlannedTable
): { override: TableOverride; missing: string[]; unknown: string[] } {
  const left = new Map(
    [...Map.groupBy(kept, ({ header }) => fold(header))].map(([key, of]) => [key, [...of]])
  )
  const columns: TableOverride['columns'] = {}
  const unknown: string[] = []
  for (const { key, header } of table.mapping.columns) {
    const found = left.get(fold(header))?.shift()
    if (!found) unknown.push(header)
    else {
      const { header: own, ...reading } = found
      columns[key] = reading
    }
  }
  const missing = [...left.values()].flat().map(({ header }) => header)
  return { override: { type, include: true, columns }, missing, unknown }
}

function fold(header: string) {
  return header.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}
