import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import type { PersonName } from '#models/membership'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** Someone without an account whom an organisation may give tasks to: a name and perhaps an address. */
export default class ExternalResource extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'external_resource',
    skip: ['lockVersion', 'createdBy', 'noticeSentAt'],
  }

  @column()
  declare name: string

  @column()
  declare email: string | null

  @column.dateTime()
  declare noticeSentAt: DateTime | null

  /** The member that this person became. */
  @column()
  declare membershipId: string | null

  @column.dateTime()
  declare mergedAt: DateTime | null

  @column.dateTime()
  declare archivedAt: DateTime | null

  @column()
  declare lockVersion: number

  @column()
  declare createdBy: string | null

  /** Those who can be given work, by name. */
  static choices(): Promise<PersonName[]> {
    const { trx, organisationId } = Tenancy.current()
    return read(trx, `${PEOPLE} and archived_at is null and merged_at is null order by name, id`, [
      organisationId,
    ])
  }

  /** Names by id, of whoever was archived or joined as well; unknown ids are absent. */
  static async names(ids: Iterable<string | null | undefined>): Promise<Map<string, string>> {
    const wanted = [...new Set([...ids].filter((id): id is string => Boolean(id)))]
    if (wanted.length === 0) return new Map()
    const { trx, organisationId } = Tenancy.current()
    const rows = await read<PersonName>(trx, `${PEOPLE} and id = any(?)`, [organisationId, wanted])
    return new Map(rows.map(({ id, name }) => [id, name]))
  }
}

const PEOPLE = 'select id, name from external_resources where organisation_id = ?'
