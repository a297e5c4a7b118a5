import type Project from '#models/project'
import Task from '#models/task'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import type { World, Person } from '#tests/support/world'

/** The links of an organisation, oldest first. */
export async function linksOf({ organisationId }: World) {
  return sql(admin(), 'select * from task_links where organisation_id = ? order by created_at', [
    organisationId,
  ])
}

/** What the trail says about links, oldest first. */
export async function told({ organisationId }: World) {
  const rows = await sql(
    admin(),
    `select action, actor_kind as kind, facts->>'ref' as ref from audit.events
      where organisation_id = ? and entity_type = 'task_link' order by seq`,
    [organisationId]
  )
  return rows.map(({ action, kind, ref }) => `${kind} ${action} ${ref}`)
}

/** How the page of a link answers. */
export function statusOf(client: any, token: string): Promise<number> {
  return client.get(`/task/${token}`).then((response: any) => response.status())
}

/** Adds a task to the project. */
export function give(world: World, project: Project, by: Person, attributes: Partial<Task>) {
  return world.inside(() => Task.add(project, { title: 'Survey the quay', ...attributes }), by)
}
