import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import { record, type AuditValue } from '#audit/events'
import { seed } from '#models/lifecycle/seeding'
import Membership from '#models/membership'
import { StaleRecord } from '#models/saving/stale_record'
import { takeTurnsAs } from '#models/saving/turns'
import { personWith } from '#models/user/person'
import Tenancy from '#tenancy/tenancy'

type GeneralSettings = { name: string; timeZone: string }

/** The tenant itself: its id is the organisation that `Tenancy.run` binds. */
export default class Organisation extends BaseModel {
  static selfAssignPrimaryKey = true

  @column({ isPrimary: true }) declare id: string
  @column() declare name: string
  /** The time zone for people who chose none of their own. */
  @column() declare timeZone: string
  /** Since when the platform has suspended it; null when active. */
  @column.dateTime() declare suspendedAt: DateTime | null
  /** The reason its owners are given. */
  @column() declare suspensionReason: string | null
  /** When it will be erased with everything it holds. */
  @column.dateTime() declare eraseAt: DateTime | null
  /** The limits that the platform sets; null for none. */
  @column() declare maxMembers: number | null
  @column() declare maxProjects: number | null
  @column() declare maxStorageMb: number | null
  @column() declare lockVersion: number
  @column.dateTime({ autoCreate: true }) declare createdAt: DateTime
  @column.dateTime({ autoCreate: true, autoUpdate: true }) declare updatedAt: DateTime

  /** The organisation that the work under way is bound to. */
  static current() {
    const { organisationId, trx } = Tenancy.current()
    return this.findOrFail(organisationId, { client: trx })
  }

  /** The same, locked until the transaction ends. */
  static currentForUpdate() {
    const { organisationId, trx } = Tenancy.current()
    return this.query({ client: trx }).where('id', organisationId).forUpdate().firstOrFail()
  }

  /** Founds the organisation that the work under way is bound to, with the lifecycles that each starts with. */
  static async found(name: string) {
    const { organisationId, trx } = Tenancy.current()
    const organisation = await this.create({ id: organisationId, name }, { client: trx })
    await seed(organisationId, trx)
    return organisation
  }

  /**
   * Changes name and time zone if they have not changed since `lockVersion` was read; no change makes no version.
   * Throws StaleRecord, which holds the present row, otherwise.
   */
  static async revise(changes: GeneralSettings, lockVersion: number) {
    const present = await this.currentForUpdate()
    if (present.lockVersion !== lockVersion) throw new StaleRecord(present)
    const { name, timeZone } = present
    present.merge(changes)
    if (present.$isDirty) await present.#saveRevision({ name, timeZone })
    return present
  }

  async #saveRevision(before: GeneralSettings) {
    this.lockVersion += 1
    await this.save()
    await record({
      action: 'organisation.updated',
      entityType: 'organisation',
      entityId: this.id,
      values: changed(
        { name: before.name, time_zone: before.timeZone },
        { name: this.name, time_zone: this.timeZone }
      ),
    })
  }

  /** Lets one person found organisations only one at a time. */
  static takeTurns(userId: string) {
    return takeTurnsAs(userId)
  }

  /** True when the person is an active member of some organisation. */
  static async anyOf(userId: string) {
    const person = await personWith(Tenancy.current().trx, userId)
    return person.organisations.length > 0
  }

  /** Founds the organisation and makes the person its owner, in their own name. */
  static async register(name: string, userId: string) {
    const organisation = await this.found(name)
    const id = uuidv7()
    Tenancy.becomeMember(id)
    await Membership.create({ id, userId, role: 'owner', status: 'active' })
    await record({
      action: 'organisation.created',
      entityType: 'organisation',
      entityId: organisation.id,
      values: { name: { after: name } },
    })
    return organisation
  }
}

function changed(before: Record<string, string>, after: Record<string, string>) {
  const differing = Object.keys(after).filter((name) => before[name] !== after[name])
  return Object.fromEntries(
    differing.map((name): [string, AuditValue] => [
      name,
      { before: before[name], after: after[name] },
    ])
  )
}
