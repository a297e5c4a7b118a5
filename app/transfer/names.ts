import type { Viewer } from '#identity/viewer'
import { IDS } from '#models/ids'
import { restrictedMembers, WITHHELD } from '#models/person_flag'
import { visibleAmong } from '#models/project/visibility'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import type { Name } from '#transfer/format'

/** Collects the ids in texts, and says afterwards which of them are people or other projects. */
export class Names {
  readonly #ids = new Set<string>()

  read(text: string) {
    for (const id of text.match(IDS) ?? []) this.#ids.add(id)
  }

  /**
   * Those known here, in the order of their ids. People who restricted the use of their data have no name; projects that
   * the viewer may not see are left out.
   */
  async known(projectId: string, viewer: Viewer): Promise<Name[]> {
    const { trx, organisationId } = Tenancy.current()
    const restricted = await restrictedMembers()
    const rows = await sql<Name>(trx, KNOWN, {
      organisation: organisationId,
      ids: [...this.#ids],
      project: projectId,
    } as any)
    const projects = rows.flatMap(({ id, kind }) => (kind === 'project' ? id : []))
    const visible = await visibleAmong(projects, viewer)
    return rows
      .filter(({ id, kind }) => kind !== 'project' || visible.has(id))
      .map(({ id, kind, name, email }) =>
        restricted.has(id)
          ? { id, kind, name: WITHHELD }
          : { id, kind, name, ...(email ? { email } : {}) }
      )
  }
}

const KNOWN = `
  select memberships.id, 'member' as kind, users.name, users.email
    from memberships join users on users.id = memberships.user_id
   where memberships.organisation_id = :organisation and memberships.id = any(:ids)
  union all
  select id, 'external', name, email from external_resources
   where organisation_id = :organisation and id = any(:ids)
  union all
  select id, 'project', code || ' ' || name, null from projects
   where organisation_id = :organisation and id = any(:ids) and id <> :project
  order by id`
