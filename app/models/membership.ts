import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { withKept } from '#models/lists/choices'
import { idOrNone, distinct } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import ApiToken from '#models/api_token'
import CalendarFeed from '#models/calendar_feed'
import { byName } from '#models/text/names'
import ProjectMember from '#models/project_member'
import { StaleRecord } from '#models/saving/stale_record'
import { takeTurnsInOrganisation } from '#models/saving/turns'
import { refuse } from '#models/violation'
import type { OrganisationRole } from '#tenancy/entry'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export const membershipStatuses = {
  active: 'Active',
  deactivated: 'Deactivated',
  left: 'Left',
} as const

export type MembershipStatus = keyof typeof membershipStatuses

/** A person in an organisation. Its id is the pseudonym by which records and audit name the person. */
export default class Membership extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'membership',
    skip: ['userId'],
  }

  @column() declare userId: string
  @column() declare role: OrganisationRole
  @column() declare status: MembershipStatus

  /**
   * Makes changes to who belongs to the organisation take turns until the transaction ends, so that what is checked
   * still holds when it is written. Throws StaleRecord when the person asking has lost the role they asked with.
   */
  static async takeTurns(asker?: { membershipId: string; role: OrganisationRole }) {
    await takeTurnsInOrganisation()
    if (!asker) return
    const present = await this.findOrFail(asker.membershipId)
    if (present.status !== 'active' || present.role !== asker.role) throw new StaleRecord(present)
  }

  /** One membership by id. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findById(id: string) {
    return this.query().where('id', idOrNone(id)).firstOrFail()
  }

  /** Changes the role in the organisation. Call `takeTurns` first. */
  async changeRole(role: OrganisationRole) {
    this.#refuseUnless('active', 'role', 'Reactivate this person before changing their role')
    if (role !== 'owner') await this.#refuseLastOwner('role')
    this.role = role
    return this.auditAs('membership.role_changed').save()
  }

  /**
   * Closes the membership; its work stays with it, but its tokens are revoked. `reactivate` beside this file opens it
   * again. Call `takeTurns` first.
   */
  async deactivate() {
    this.#refuseUnless('active', 'membership', 'This person is not an active member')
    if (this.id === Tenancy.current().membershipId) {
      refuse('membership', 'You cannot deactivate yourself. You can leave the organisation.')
    }
    await this.#refuseLastOwner('membership')
    await ApiToken.revokeAllOf(this.id)
    this.status = 'deactivated'
    return this.auditAs('membership.deactivated').save()
  }

  /** Ends the membership at the person's own wish, with its roles, calendar addresses and tokens. */
  async leave() {
    await this.#refuseLastOwner('membership')
    const roles = await ProjectMember.query().where('membership_id', this.id)
    for (const role of roles) await role.delete()
    await CalendarFeed.closeAll(this.id)
    await ApiToken.revokeAllOf(this.id)
    this.status = 'left'
    return this.auditAs('membership.left').save()
  }

  /** Makes another member owner in place of this one, who stays as an admin. One event records both. */
  async handOver(to: Membership) {
    to.#refuseUnless('active', 'ownership', 'Choose an active member')
    if (to.role === 'owner') refuse('ownership', 'This person is already an owner')
    this.role = 'admin'
    to.role = 'owner'
    await this.auditSilently().save()
    await to
      .auditAs('membership.ownership_transferred')
      .auditBesides({ previous_owner: { after: this.id } })
      .save()
  }

  #refuseUnless(status: MembershipStatus, field: string, message: string) {
    if (this.status !== status) refuse(field, message)
  }

  async #refuseLastOwner(field: string) {
    if (await this.isOnlyOwner()) refuse(field, LAST_OWNER)
  }

  /** Without this member nobody could run the organisation. */
  async isOnlyOwner() {
    if (this.role !== 'owner') return false
    const other = await Membership.query()
      .where({ role: 'owner', status: 'active' })
      .whereNot('id', this.id)
      .first()
    return !other
  }

  /** Active members by name, as choices for an owner, manager or sponsor; those in `kept` also after they left. */
  static async choices(kept: (string | null | undefined)[] = []): Promise<PersonName[]> {
    const { trx, organisationId } = Tenancy.current()
    const active = byName(await read<PersonName>(trx, `${PEOPLE} ${ACTIVE}`, [organisationId]))
    return withKept(active, {
      kept,
      note: 'no longer a member',
      namesOf: (ids) => this.names(ids),
    })
  }

  /** Active members with the addresses by which a file may name them. */
  static async contacts(): Promise<Contact[]> {
    const { trx, organisationId } = Tenancy.current()
    return byName(await read<Contact>(trx, `${PEOPLE} ${ACTIVE}`, [organisationId]))
  }

  /** Everyone who was ever a member, by name. */
  static async everyone(): Promise<PersonName[]> {
    const { trx, organisationId } = Tenancy.current()
    return byName(await read<PersonName>(trx, PEOPLE, [organisationId]))
  }

  /** Those of the ids that are active members. */
  static async active(ids: string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set()
    const { trx, organisationId } = Tenancy.current()
    const rows: { id: string }[] = await trx
      .from('memberships')
      .where({ organisation_id: organisationId, status: 'active' })
      .whereIn('id', ids)
      .select('id')
    return new Set(rows.map(({ id }) => id))
  }

  /** The active members in one of these roles. */
  static async holding(...roles: OrganisationRole[]): Promise<string[]> {
    const rows = await this.query().whereIn('role', roles).where('status', 'active').select('id')
    return rows.map(({ id }) => id)
  }

  /** Names by membership id, former members included; unknown ids are absent. */
  static async names(ids: Iterable<string | null | undefined>): Promise<Map<string, string>> {
    const wanted = distinct(ids)
    if (wanted.length === 0) return new Map()
    const { trx, organisationId } = Tenancy.current()
    const rows = await read<PersonName>(trx, `${PEOPLE} and memberships.id = any(?)`, [
      organisationId,
      wanted,
    ])
    return new Map(rows.map(({ id, name }) => [id, name]))
  }
}

const LAST_OWNER = 'An organisation needs an owner. Make someone else owner first.'

export type PersonName = { id: string; name: string }
type Contact = PersonName & { email: string }

const PEOPLE = `select memberships.id, users.name, users.email
  from memberships join users on users.id = memberships.user_id
  where memberships.organisation_id = ?`

const ACTIVE = `and memberships.status = 'active' order by memberships.id`
