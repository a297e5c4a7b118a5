import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { withKept } from '#models/lists/choices'
import { refuseKnownAddress } from '#models/external_resource/addresses'
import { sendNotice, sendOpenLinks } from '#models/external_resource/notice'
import { idOrNone, distinct } from '#models/ids'
import type { PersonName } from '#models/membership'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import { inDictionary } from '#models/text/names'
import TaskLink from '#models/task_link'
import { refuse } from '#models/violation'
import { read, sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export const externalStates = {
  active: 'Active',
  archived: 'Archived',
  joined: 'Now a member',
} as const

export type ExternalState = keyof typeof externalStates

/** Everything that is stored about a person outside. */
export type ExternalDetails = { name: string; email: string | null }

/** Someone without an account to whom an organisation can assign work: a name and perhaps an address. */
export default class ExternalResource extends compose(BaseModel, tenanted, audited, versioned) {
  static audit = {
    type: 'external_resource',
    subjects: {
      name: (row: ExternalResource) => row.id,
      email: (row: ExternalResource) => row.id,
    },
    skip: ['createdBy', 'noticeSentAt'],
  }

  @column() declare name: string
  @column() declare email: string | null
  /** When the person was told that their present address is stored. */
  @column.dateTime() declare noticeSentAt: DateTime | null
  /** The member that this person became. */
  @column() declare membershipId: string | null
  @column.dateTime() declare mergedAt: DateTime | null
  @column.dateTime() declare archivedAt: DateTime | null
  @column() declare createdBy: string | null

  /** One person by id. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findById(id: string) {
    return this.query().where('id', idOrNone(id)).firstOrFail()
  }

  /** Adds a person and, if an address is given, tells them. Call `Membership.takeTurns` first. */
  static async add(details: ExternalDetails, by: { name: string }) {
    const person = new ExternalResource().merge({
      ...details,
      lockVersion: 1,
      createdBy: Tenancy.current().membershipId,
    })
    return person.#saveTold(by)
  }

  /**
   * Changes name and address if they have not changed since `lockVersion` was read; the person is told of a new
   * address. Throws StaleRecord otherwise. Call `Membership.takeTurns` first.
   */
  async revise(details: ExternalDetails, lockVersion: number, by: { name: string }) {
    await this.lockRow(lockVersion)
    this.#refuseJoined()
    this.merge(details as any)
    if (!this.$isDirty) return this
    this.lockVersion += 1
    return this.#saveTold(by)
  }

  /** Stops offering the person for new work; their present work stays with them, but links to it are closed. */
  async archive() {
    await this.holdRow()
    this.#refuseJoined()
    if (this.archivedAt) refuse('external', 'This person is already archived')
    this.archivedAt = DateTime.utc()
    this.lockVersion += 1
    await TaskLink.closeAllOf(this.id)
    return this.auditAs('external_resource.archived').save()
  }

  /** Offers an archived person for work again. */
  async restore() {
    await this.holdRow()
    this.#refuseJoined()
    if (!this.archivedAt) refuse('external', 'This person is not archived')
    this.archivedAt = null
    this.lockVersion += 1
    return this.auditAs('external_resource.restored').save()
  }

  get state(): ExternalState {
    if (this.mergedAt) return 'joined'
    return this.archivedAt ? 'archived' : 'active'
  }

  #refuseJoined() {
    if (this.mergedAt) refuse('external', 'This person is already a member')
  }

  async #saveTold(by: { name: string }) {
    const isNewAddress = changedAddress(this.$original.email, this.email)
    if (this.email && isNewAddress) await refuseKnownAddress(this.email, this.id)
    if (isNewAddress) this.noticeSentAt = this.email ? DateTime.utc() : null
    const isKnown = this.$isPersisted
    await this.save()
    // The former address may be read by someone else.
    if (isKnown && isNewAddress) await TaskLink.closeAllOf(this.id)
    const { id, email } = this
    if (email && isNewAddress) {
      await sendNotice(this, by)
      if (isKnown && this.state === 'active') await sendOpenLinks({ id, email })
    }
    return this
  }

  /** People outside who can be assigned work, by name, as choices; those in `kept` also after they were archived. */
  static async choices(kept: (string | null | undefined)[] = []): Promise<PersonName[]> {
    const { trx, organisationId } = Tenancy.current()
    const text = `${PEOPLE} and ${ASSIGNABLE} order by ${inDictionary('name')}, id`
    const active = await read<PersonName>(trx, text, [organisationId])
    return withKept(active, {
      kept,
      note: 'no longer offered',
      namesOf: (ids) => this.names(ids),
    })
  }

  /** Names by id, whatever became of the person; unknown ids are absent. */
  static async names(ids: Iterable<string | null | undefined>): Promise<Map<string, string>> {
    const wanted = distinct(ids)
    if (wanted.length === 0) return new Map()
    const { trx, organisationId } = Tenancy.current()
    const rows = await read<PersonName>(trx, `${PEOPLE} and id = any(?)`, [organisationId, wanted])
    return new Map(rows.map(({ id, name }) => [id, name]))
  }

  /** People outside who can be assigned work, with the addresses by which a file may name them. */
  static async contacts({ held }: { held: boolean }) {
    const { trx, organisationId } = Tenancy.current()
    const text = `select id, name, email from external_resources
      where organisation_id = ? and ${ASSIGNABLE} order by id ${held ? 'for share' : ''}`
    return sql<PersonName & { email: string | null }>(trx, text, [organisationId])
  }

  /**
   * Those of the ids that can be assigned work, locked until the transaction ends: no one of them joins or is archived
   * meanwhile. Call it before locking the record to be assigned, or this transaction and one that turns a person into a
   * member could deadlock.
   */
  static async assignable(ids: (string | null | undefined)[]): Promise<Set<string>> {
    const wanted = distinct(ids).sort()
    if (wanted.length === 0) return new Set()
    const { trx, organisationId } = Tenancy.current()
    const text = `${PEOPLE} and id = any(?) and ${ASSIGNABLE} order by id for share`
    const rows = await sql<PersonName>(trx, text, [organisationId, wanted])
    return new Set(rows.map(({ id }) => id))
  }
}

/** Addresses differ by more than capitals. */
function changedAddress(before: string | null | undefined, after: string | null | undefined) {
  return (before ?? '').toLowerCase() !== (after ?? '').toLowerCase()
}

const PEOPLE = 'select id, name from external_resources where organisation_id = ?'
const ASSIGNABLE = 'archived_at is null and merged_at is null'
