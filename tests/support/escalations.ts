import type { ApiClient } from '@japa/api-client'
import Programme from '#models/programme'
import type RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Log } from '#tests/support/raid_log'
import { Walk } from '#tests/support/walk'
import { register, type Person } from '#tests/support/world'

/** What an escalation asks for, unless a test says otherwise. */
export const ASKED = {
  level: 'programme',
  ask: 'A second piling rig',
  reason: 'The budget ends in May',
}

/** A log whose project belongs to a programme, with the people who escalate and answer. */
export class Escalations {
  static async create(client: ApiClient) {
    const log = await Log.create()
    const programmeManager = await log.world.join(await register('programme'))
    await log.world.inside(async () => {
      const programme = await Programme.begin({
        code: 'HARBOUR',
        name: 'Harbour',
        description: null,
        managerId: programmeManager.membershipId,
      })
      await log.project.merge({ visibility: 'organisation' }).save()
      await programme.take(log.project)
    })
    const manager = await Walk.begin(client, log.people.manager)
    const pmo = await Walk.begin(client, log.people.pmo)
    return new Escalations(client, log, programmeManager, manager, pmo)
  }

  private constructor(
    private client: ApiClient,
    readonly log: Log,
    readonly programmeManager: Person,
    readonly manager: Walk,
    readonly pmo: Walk
  ) {}

  async version(item: RaidItem) {
    return (await this.log.fresh(item)).lock_version
  }

  /** Escalates an entry to a level above its project. */
  async escalate(item: RaidItem, given: object = ASKED, walk = this.manager) {
    const url = this.log.urlOf(item)
    await walk.open(url)
    return walk.submit(`${url}/escalations`, { lock_version: await this.version(item), ...given })
  }

  /** The entry's latest escalation, as the database has it. */
  async live(item: RaidItem) {
    const [row] = await sql(
      admin(),
      'select * from raid_escalations where raid_item_id = ? order by id desc limit 1',
      [item.id]
    )
    return row
  }

  /** Answers the latest escalation, or withdraws it by DELETE. */
  async answer(walk: Walk, item: RaidItem, given: object, method = 'PUT') {
    const { id, lock_version: lockVersion } = await this.live(item)
    await walk.open(this.log.urlOf(item))
    const path = `${this.log.urlOf(item)}/escalations/${id}`
    return walk.submit(path, { lock_version: lockVersion, ...given }, method)
  }

  /** True while it is among someone's work. */
  async waitsFor(item: RaidItem, person: Person) {
    const page = await (await Walk.begin(this.client, person)).open('/work')
    return page.text().includes(`${this.log.urlOf(item)}#escalation`)
  }
}
