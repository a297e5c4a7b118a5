import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import Tenancy from '#tenancy/tenancy'

/** Why a name may stay where it is. */
export const keepReasons = {
  somebody_else: 'It means somebody else',
  legal_claims: 'It is needed for legal claims',
  public_record: 'It must stand as a public record',
} as const

export type KeepReason = keyof typeof keepReasons

/** A place where free text names the person, until someone has read it. It holds the place, and none of the text. */
export default class ErasureFind extends compose(BaseModel, tenanted, audited) {
  static table = 'erasure_finds'
  static audit = {
    type: 'erasure_find',
    facts: (row: ErasureFind) => ({ source: row.erasureId, status: row.state, reason: row.reason }),
    skip: [
      'erasureId',
      'place',
      'placeOrganisationId',
      'rowKey',
      'columns',
      'decidedBy',
      'decidedAt',
    ],
  }

  @column() declare erasureId: string
  /** A table such as `public.comments`, or `files`. */
  @column() declare place: string
  @column() declare placeOrganisationId: string
  @column() declare rowKey: string
  @column() declare columns: string[]
  @column() declare state: 'open' | 'redacted' | 'kept'
  @column() declare reason: KeepReason | null
  @column() declare decidedBy: string | null
  @column.dateTime() declare decidedAt: DateTime | null

  /** Records that the name was removed there. */
  redacted() {
    return this.#decide('redacted', null)
  }

  /** Records that it stays, and why. */
  keep(reason: KeepReason) {
    return this.#decide('kept', reason)
  }

  /** The name has appeared there again. */
  reopen(columns: string[]) {
    Object.assign(this, { state: 'open', columns, decidedBy: null, decidedAt: null })
    return this.auditAs('erasure_find.reopened').save()
  }

  #decide(state: 'redacted' | 'kept', reason: KeepReason | null) {
    const { userId: decidedBy } = Tenancy.current()
    Object.assign(this, { state, reason, decidedBy, decidedAt: DateTime.utc() })
    return this.auditAs(`erasure_find.${state}`).save()
  }
}
