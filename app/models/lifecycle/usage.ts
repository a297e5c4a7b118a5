import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Follower = { id: string; code: string; name: string }

/** How many projects follow each version, by the version's id. */
export async function followersByVersion(): Promise<Map<string, number>> {
  const { trx, organisationId } = Tenancy.current()
  const rows = await read<{ template_id: string; count: number }>(
    trx,
    `select template_id, count(distinct project_id)::integer as count from gates
      where organisation_id = ? group by template_id`,
    [organisationId]
  )
  return new Map(rows.map((row) => [row.template_id, row.count]))
}

/** The first of the projects that follow a version, by code, plus one to show that there are more. */
export function followersOf(version: { id: string }, most: number): Promise<Follower[]> {
  const { trx, organisationId } = Tenancy.current()
  return read<Follower>(
    trx,
    `select id, code, name from projects
      where organisation_id = ? and exists (select from gates
        where gates.organisation_id = projects.organisation_id
          and gates.template_id = ? and gates.project_id = projects.id)
      order by code limit ?`,
    [organisationId, version.id, most + 1]
  )
}
