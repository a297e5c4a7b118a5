import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import type { Row } from '#transfer/format'

/** What came with a project from elsewhere and was decided there, from one table. */
export async function importedHistory(projectId: string, table: string): Promise<Row[]> {
  const { trx, organisationId } = Tenancy.current()
  const rows = await sql<{ rows: Row[] | null }>(
    trx,
    `select history -> ? as rows from project_imports
      where organisation_id = ? and project_id = ? and history is not null order by id`,
    [table, organisationId, projectId]
  )
  return rows.flatMap((found) => found.rows ?? [])
}
