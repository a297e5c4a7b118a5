import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { read } from '#tenancy/sql'
import Tenancy, { type OrganisationRole } from '#tenancy/tenancy'

/** A person in an organisation. Its id is the pseudonym by which records and audit name the person. */
export default class Membership extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'membership',
    skip: ['userId'],
  }

  @column()
  declare userId: string

  @column()
  declare role: OrganisationRole

  @column()
  declare status: 'active' | 'deactivated' | 'left'

  /**
   * Active members by name, as choices for an owner, manager or sponsor. Those `kept` stay among them
   * after they left, so that saving a form does not silently take them off.
   */
  static async choices(kept: (string | null | undefined)[] = []): Promise<PersonName[]> {
    const { trx, organisationId } = Tenancy.current()
    const active = await read<PersonName>(trx, `${PEOPLE} ${ACTIVE}`, [organisationId])
    const missing = kept.filter((id) => id && !active.some((person) => person.id === id))
    const former = await this.names(missing)
    return [
      ...active,
      ...[...former].map(([id, name]) => ({ id, name: `${name} (no longer a member)` })),
    ]
  }

  /** Active members with the addresses by which a file may name them. */
  static async contacts(): Promise<(PersonName & { email: string })[]> {
    const { trx, organisationId } = Tenancy.current()
    return read(trx, `${PEOPLE} ${ACTIVE}`, [organisationId])
  }

  /** Everyone who ever was a member, by name. */
  static async everyone(): Promise<PersonName[]> {
    const { trx, organisationId } = Tenancy.current()
    return read(trx, `${PEOPLE} order by users.name`, [organisationId])
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

  /** Names by membership id, former members included; unknown ids are absent. */
  static async names(ids: Iterable<string | null | undefined>): Promise<Map<string, string>> {
    const wanted = [...new Set([...ids].filter((id): id is string => Boolean(id)))]
    if (wanted.length === 0) return new Map()
    const { trx, organisationId } = Tenancy.current()
    const rows = await read<PersonName>(trx, `${PEOPLE} and memberships.id = any(?)`, [
      organisationId,
      wanted,
    ])
    return new Map(rows.map(({ id, name }) => [id, name]))
  }
}

export type PersonName = { id: string; name: string }

const PEOPLE = `select memberships.id, users.name, users.email
  from memberships join users on users.id = memberships.user_id
  where memberships.organisation_id = ?`

const ACTIVE = `and memberships.status = 'active' order by users.name`
