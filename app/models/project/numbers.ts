import { write } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/**
 * Takes the next `count` numbers of a kind of record in a project and returns the first. The counter's row stays locked
 * until the transaction ends, so that a rollback leaves no gap and no number is used twice.
 */
export async function allocateNumbers(
  projectId: string,
  kind: string,
  count: number
): Promise<number> {
  const { trx, organisationId } = Tenancy.current()
  const [{ last_number: last }] = await write(
    trx,
    `insert into ref_counters (organisation_id, project_id, kind, last_number) values (?, ?, ?, ?)
     on conflict (organisation_id, project_id, kind)
       do update set last_number = ref_counters.last_number + excluded.last_number
     returning last_number`,
    [organisationId, projectId, kind, count]
  )
  return last - count + 1
}
