import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import ErasureFind from '#models/erasure_find'
import ErasureStep from '#models/erasure_step'
import { sealedColumn } from '#models/mixins/sealed_column'

export const erasureStatuses = {
  running: 'Under way',
  reviewing: 'Waiting for a reader',
  finished: 'Finished and proved',
} as const

type ErasureStatus = keyof typeof erasureStatuses

/** What the person is recognised by. It is deleted with the last step. */
export type Traces = {
  userId: string | null
  names: string[]
  emails: string[]
  subjects: string[]
  /** Records of people outside that are this person. */
  externals: { organisationId: string; id: string }[]
  /** What is known at the start; the rest is collected from it before anything is erased. */
  isBeginning?: true
}

/** The erasure of one person, with what proves it. Rows of the platform's own tenancy. */
export default class Erasure extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'erasure',
    facts: (row: Erasure) => ({ status: row.status, seal: row.proofSha256 }),
    skip: ['userId', 'requestId', 'label', 'traces', 'status', 'startedBy', 'proof', 'finishedAt'],
  }

  /** Null when a restored database no longer knows the account. */
  @column() declare userId: string | null
  @column() declare requestId: string | null
  /** What replaces the name everywhere. */
  @column() declare label: string
  @column(sealedColumn('erasures.traces')) declare traces: Traces | null
  @column() declare status: ErasureStatus
  @column() declare startedBy: string | null
  @column({ prepare: (value: unknown) => value && JSON.stringify(value) })
  declare proof: Record<string, unknown> | null
  @column({ columnName: 'proof_sha256' }) declare proofSha256: string | null
  @column.dateTime() declare finishedAt: DateTime | null

  /** One erasure by id. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findById(id: string) {
    return this.query().where('id', idOrNone(id)).firstOrFail()
  }

  /** The latest of an account; null for none. */
  static of(userId: string) {
    return this.query().where('user_id', userId).orderBy('id', 'desc').first()
  }

  /** The one that a request led to; null for none. */
  static forRequest(requestId: string) {
    return this.query().where('request_id', requestId).orderBy('id', 'desc').first()
  }

  /**
   * Whether someone with this address is being erased. A person who signed up with it meanwhile would be taken for a
   * remnant.
   */
  static async isUnderWayFor(email: string) {
    const open = await this.query().whereNull('finished_at')
    const sought = email.toLowerCase()
    return open.some(({ traces }) => traces?.emails.some((one) => one.toLowerCase() === sought))
  }

  /** Those under way, and the latest fifty that are finished. */
  static async forDesk() {
    const open = await this.query().whereNull('finished_at').orderBy('id')
    const done = await this.query().whereNotNull('finished_at').orderBy('id', 'desc').limit(50)
    return [...open, ...done]
  }

  get isOpen() {
    return this.finishedAt === null
  }

  get steps() {
    return ErasureStep.query().where('erasure_id', this.id).orderBy('id')
  }

  get finds() {
    return ErasureFind.query().where('erasure_id', this.id).orderBy('id')
  }

  moveTo(status: ErasureStatus) {
    this.status = status
    return this.auditSilently().save()
  }

  /** Stores the proof. */
  keepProof(proof: Record<string, unknown>, proofSha256: string) {
    Object.assign(this, { proof, proofSha256 })
    return this.auditSilently().save()
  }

  /** Forgets whom it was about. Safe to repeat. */
  async finish() {
    if (!this.isOpen) return
    Object.assign(this, { status: 'finished', traces: null, finishedAt: DateTime.utc() })
    const proof = { after: this.proofSha256 }
    await this.auditAs('erasure.finished').auditBesides({ proof }).save()
  }
}
