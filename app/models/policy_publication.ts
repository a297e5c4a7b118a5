import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import { tenanted } from '#models/mixins/tenanted'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Publishable = { version: string; fingerprint: string; material: boolean }

/** Records that a version of the policy was served here, and since when. Written once and never changed. */
export default class PolicyPublication extends compose(BaseModel, tenanted) {
  @column() declare version: string
  @column() declare fingerprint: string
  @column() declare material: boolean
  @column.dateTime() declare publishedAt: DateTime

  /** The publication of this version: now, unless it was published before. */
  static async publish({ version, fingerprint, material }: Publishable) {
    const { trx, organisationId } = Tenancy.current()
    await sql(
      trx,
      `insert into policy_publications (organisation_id, id, version, fingerprint, material)
       values (?, ?, ?, ?, ?) on conflict (organisation_id, version) do nothing`,
      [organisationId, uuidv7(), version, fingerprint, material]
    )
    return this.findByOrFail('version', version)
  }

  /** True when nothing was published here before it, so that it changes nothing for visitors. */
  async isFirst() {
    const earlier = await PolicyPublication.query().where('version', '<', this.version).first()
    return earlier === null
  }
}
