import type { ApiClient } from '@japa/api-client'
import ExternalResource from '#models/external_resource'
import Invitation from '#models/invitation'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { register, World, type Account, type Person } from '#tests/support/world'

type Attributes = Record<string, unknown>

/** A person outside who has an account elsewhere, with work of every kind, open and ended. */
export class Stage {
  static async set() {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const account = await register('surveyor')
    const person = await world.inside(
      () => ExternalResource.add({ name: 'Sue Surveyor', email: account.email }, manager),
      manager
    )
    return new Stage(world, project, manager, account, person)
  }

  private constructor(
    readonly world: World,
    readonly project: Project,
    readonly manager: Person,
    readonly account: Account,
    readonly person: ExternalResource
  ) {}

  task(attributes: Attributes = {}) {
    return this.world.inside(
      () =>
        Task.add(this.project, {
          title: 'Survey',
          externalResourceId: this.person.id,
          ...attributes,
        }),
      this.manager
    )
  }

  risk(attributes: Attributes = {}) {
    const whole = { type: 'risk', title: 'Leak', actioneeExternalId: this.person.id, ...attributes }
    return this.world.inside(() => RaidItem.raise(this.project, whole as any), this.manager)
  }

  dependency(attributes: Attributes = {}) {
    const whole = {
      type: 'dependency',
      title: 'Berth',
      counterpartKind: 'external_resource',
      counterpartExternalId: this.person.id,
      ...attributes,
    }
    return this.world.inside(() => RaidItem.raise(this.project, whole as any), this.manager)
  }

  /** Invites the account, under its own address or another's. Answers the token. */
  async invite(email = this.account.email) {
    const { name, membershipId } = await this.world.person('owner')
    return this.world.inside(() =>
      Invitation.invite({ email, role: 'member', projects: [] }, { name, membershipId })
    )
  }

  async join(client: ApiClient, token?: string) {
    return client.post(`/join/${token ?? (await this.invite())}`).as(this.account)
  }

  async membership() {
    const [row] = await sql(
      admin(),
      'select id from memberships where organisation_id = ? and user_id = ?',
      [this.world.organisationId, this.account.userId]
    )
    return row?.id as string
  }

  async row(table: 'tasks' | 'raid_items' | 'external_resources', { id }: { id: string }) {
    const [row] = await sql(admin(), `select * from ${table} where id = ?`, [id])
    return row
  }

  async told(entityType: string) {
    return sql(
      admin(),
      `select e.action, e.entity_id, e.actor_kind, e.actor_ref,
         (select jsonb_object_agg(path, value::jsonb) from audit.event_values v
           where v.organisation_id = e.organisation_id and v.event_id = e.id) as values
         from audit.events e where organisation_id = ? and entity_type = ? order by seq`,
      [this.world.organisationId, entityType]
    )
  }
}
