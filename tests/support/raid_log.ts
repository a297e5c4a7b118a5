import { sql } from '#tenancy/sql'
import RaidItem from '#models/raid_item'
import type Project from '#models/project'
import type { RaidType } from '#models/raid/enumerations'
import { admin } from '#tests/support/admin'
import { World, type Person } from '#tests/support/world'

const ROLES = ['manager', 'sponsor', 'team', 'viewer', 'pmo', 'stranger'] as const

/** A risk and an issue of the highest severity. */
export const severe = {
  type: 'risk',
  nature: 'threat',
  currentLikelihood: 5,
  currentImpact: 4,
} as const
export const critical = {
  type: 'issue',
  issueKind: 'problem_concern',
  severity: 5,
  urgency: 5,
} as const

/** A world with one project and its people, and shorthands for its RAID log. */
export class Log {
  people: Record<(typeof ROLES)[number], Person> = {} as never

  static async create() {
    const world = await World.create()
    const people = await world.members([...ROLES, 'gate_decider'])
    const log = new Log(world, await world.project())
    for (const [index, role] of ROLES.entries()) log.people[role] = people[index]
    return log
  }

  constructor(
    readonly world: World,
    readonly project: Project
  ) {}

  get url() {
    return `/projects/${this.project.id}/raid`
  }

  urlOf(item: RaidItem) {
    return `${this.url}/${item.id}`
  }

  /** Raises an entry by the manager, or by someone else. */
  raise(
    type: RaidType,
    attributes: Record<string, unknown> = {},
    by: Person = this.people.manager
  ) {
    return this.world.inside(
      () => RaidItem.raise(this.project, { type, title: `One ${type}`, ...attributes } as any),
      by
    )
  }

  /** The entry as it is now. */
  async fresh(item: RaidItem) {
    const [row] = await sql(admin(), 'select * from raid_items where id = ?', [item.id])
    return row as Record<string, any>
  }

  /** The number of rows of a table in this organisation. */
  async count(table: string): Promise<number> {
    const [{ count }] = await sql(
      admin(),
      `select count(*)::integer as count from ${table} where organisation_id = ?`,
      [this.world.organisationId]
    )
    return count
  }

  /** What the trail says about an entry or another record, oldest first, with its kept values. */
  async events(id: string): Promise<{ action: string; values: Record<string, any> }[]> {
    return sql(
      admin(),
      `select e.action, coalesce(jsonb_object_agg(v.path, v.value::jsonb)
          filter (where v.path is not null), '{}') as values
         from audit.events e left join audit.event_values v
           on v.organisation_id = e.organisation_id and v.event_id = e.id
        where e.entity_id = ? group by e.organisation_id, e.id, e.seq, e.action order by e.seq`,
      [id]
    )
  }
}
