import ExternalResource from '#models/external_resource'
import Task from '#models/task'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Log } from '#tests/support/raid_log'
import { World, type Person } from '#tests/support/world'

/** A world with one project and its people, and shorthands for its tasks and its RAID log. */
export class Tasks extends Log {
  static async create() {
    const world = await World.create()
    const tasks = new Tasks(world, await world.project())
    for (const role of ['manager', 'sponsor', 'team', 'viewer', 'pmo', 'stranger'] as const) {
      tasks.people[role] = await world.person(role)
    }
    return tasks
  }

  get list() {
    return `/projects/${this.project.id}/tasks`
  }

  pageOf(task: { id: string }) {
    return `${this.list}/${task.id}`
  }

  /** Adds a task for the manager, by the manager or by someone else. */
  add(attributes: Partial<Record<keyof Task, unknown>> = {}, by: Person = this.people.manager) {
    const mine = attributes.externalResourceId
      ? {}
      : { assigneeId: this.people.manager.membershipId }
    return this.world.inside(
      () => Task.add(this.project, { title: 'Dredge the basin', ...mine, ...attributes } as any),
      by
    )
  }

  /** Someone outside who can be assigned work. */
  external(name = 'A surveyor') {
    return this.world.inside(() => ExternalResource.create({ name, lockVersion: 1 }))
  }

  /** The task as it is now. */
  async freshTask({ id }: { id: string }) {
    const [row] = await sql(admin(), 'select * from tasks where id = ?', [id])
    return row as Record<string, any>
  }
}
