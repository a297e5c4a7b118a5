import type { Restricted } from '#exports/organisation/restricted'
import type { OrganisationTable } from '#exports/organisation/tables'
import { binaryPath } from '#exports/records/binaries'
import { isBinary } from '#exports/records/catalogue'
import { pages, type Row } from '#exports/records/pages'
import { opened } from '#exports/records/sealed'

/** People and the organisation itself are found by their own policies; everything else by its column. */
const UNMARKED = ['public.organisations', 'public.users']

/** A table's rows of one organisation as it may keep them: readable, and without the names of restricted people. */
export async function* organisationRows(
  of: OrganisationTable,
  organisationId: string,
  restricted: Restricted
): AsyncGenerator<Row[]> {
  for await (const rows of pages(organisationId, { ...of, where: whereOf(of, organisationId) })) {
    for (const row of rows) present(of, row, restricted)
    yield rows
  }
}

/** True of the rows of a table that are the organisation’s. */
export function whereOf({ table }: OrganisationTable, organisationId: string) {
  if (UNMARKED.includes(table.name)) return { text: 'true', values: [] }
  return { text: 't.organisation_id = ?', values: [organisationId] }
}

function present(of: OrganisationTable, row: Row, restricted: Restricted) {
  for (const column of of.columns) {
    const { name } = column
    if (isBinary(column)) row[name] = row[name] ? binaryPath(of.name, row, name) : null
    else row[name] = opened(`${of.table.name}.${name}`, row[name])
  }
  restricted.withhold(of, row)
}
