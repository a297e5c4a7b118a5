import type Project from '#models/project'
import ProjectMember from '#models/project_member'
import type RaidItem from '#models/raid_item'
import { Log } from '#tests/support/raid_log'
import { register, type Person } from '#tests/support/world'

/** A log beside another project, which is restricted to its own people and has its own manager. */
export class TwoProjects {
  static async create() {
    const log = await Log.create()
    const otherManager = await log.world.join(await register('other'))
    const other = await log.world.project({
      name: 'Harbour wall',
      visibility: 'members',
      managerId: otherManager.membershipId,
      sponsorId: otherManager.membershipId,
    })
    await log.world.inside(async () => {
      for (const role of await ProjectMember.query().where('project_id', other.id)) {
        await role.delete()
      }
    })
    return new TwoProjects(log, other, otherManager)
  }

  private constructor(
    readonly log: Log,
    readonly other: Project,
    readonly otherManager: Person
  ) {}

  /** A dependency of the log's project on the other one. */
  depend(attributes: Record<string, unknown> = {}): Promise<RaidItem> {
    return this.log.raise('dependency', {
      title: 'Quay ready for the trial',
      direction: 'inbound',
      counterpartKind: 'project',
      counterpartProjectId: this.other.id,
      dueOn: '2099-03-01',
      ...attributes,
    })
  }

  get url() {
    return `/projects/${this.other.id}/raid`
  }

  /** The other project's page of an entry. */
  urlThere(item: RaidItem) {
    return `${this.url}/${item.id}`
  }
}
