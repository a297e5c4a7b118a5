import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { enqueue } from '#jobs/enqueue'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { Superseded } from '#models/mixins/attempted'
import { askedFor, madeInBackground } from '#models/mixins/made_in_background'
import { tenanted } from '#models/mixins/tenanted'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** What a copy contains: everything that is kept about a person (Article 15), or what they provided (Article 20). */
export type Bundle = 'access' | 'portability'

export const exportKinds = {
  access: 'Everything about me',
  portability: 'What I brought in, to take elsewhere',
} as const satisfies Record<Bundle, string>

export const exportStatuses = {
  queued: 'Waiting',
  running: 'Being created',
  ready: 'Ready',
  downloaded: 'Downloaded',
  failed: 'Failed',
  expired: 'Expired',
} as const

type ExportStatus = keyof typeof exportStatuses

/** How long a copy is kept that was not downloaded, and one that was: a download may be under way. */
const HOURS = 24
const HOURS_AFTER_DOWNLOAD = 1
const MOST_A_DAY = 5

/** A copy of a person's data, from the request for it to its end. Rows of the platform's own tenancy. */
export default class PrivacyExport extends compose(BaseModel, tenanted, audited, madeInBackground) {
  static table = 'privacy_exports'

  static audit = {
    type: 'privacy_export',
    facts: (row: PrivacyExport) => ({ kind: row.kind, status: row.status }),
    skip: [
      'userId',
      'requestId',
      'attempts',
      'partsDone',
      'parts',
      'records',
      'progressedAt',
      'size',
      'sha256',
      'isStored',
      'expiresAt',
      'downloadedAt',
    ],
  }

  @column() declare userId: string
  /** The request at the privacy desk that it answers. */
  @column() declare requestId: string | null
  @column() declare kind: Bundle
  @column() declare status: ExportStatus
  @column() declare records: string
  @column() declare size: string | null
  /** Of the archive as it is downloaded. */
  @column({ columnName: 'sha256' }) declare sha256: string | null
  @column.dateTime() declare downloadedAt: DateTime | null

  /** The person's latest, newest first. */
  static of(userId: string) {
    return this.query().where('user_id', userId).orderBy('id', 'desc').limit(10)
  }

  /** The one that answers a request; null for none. */
  static forRequest(requestId: string) {
    return this.query().where('request_id', requestId).orderBy('id', 'desc').first()
  }

  /** One that its owner may download now. Throws E_ROW_NOT_FOUND for anyone else's, and once it has expired. */
  static async fetchable(userId: string, id: string) {
    return this.query()
      .where({ id: idOrNone(id), userId, status: 'ready', isStored: true })
      .where('expires_at', '>', new Date())
      .forUpdate()
      .firstOrFail()
  }

  /** Requests one. A person has one under way at a time, and a few a day. */
  static async begin(userId: string, kind: Bundle, requestId: string | null = null) {
    await this.refuseBeyond({
      column: 'user_id',
      id: userId,
      mostADay: MOST_A_DAY,
      field: 'kind',
      underWay: 'A copy is being made already. It shows here when it is ready',
      tooMany: `No more than ${MOST_A_DAY} copies a day`,
    })
    const made = await this.create({ userId, kind, requestId, records: '0', ...askedFor() })
    await made.enqueue()
    return made
  }

  /** Queues the job that makes it. */
  enqueue() {
    return enqueue(Tenancy.current().trx, 'make_privacy_export', { exportId: this.id })
  }

  /** Begins an attempt; null when it has already ended. */
  static async claim(id: string) {
    const found = await this.attempt(id)
    return found && found.save()
  }

  /** Records that the archive is stored. Null when another attempt has taken its place. */
  async finish({ size, sha256 }: { size: number; sha256: string }) {
    const found = await PrivacyExport.atWork(this)
    if (!found) return null
    found.merge({ status: 'ready', isStored: true, size: String(size), sha256 })
    found.expiresAt = DateTime.utc().plus({ hours: HOURS })
    return found.auditAs('privacy_export.ready').save()
  }

  /** Gives up, and has what was made deleted; the person can ask again. */
  async fail() {
    this.status = 'failed'
    await this.auditAs('privacy_export.failed').save()
    await this.#discard()
  }

  /** Counts the one download. */
  takeOut() {
    Object.assign(this, { status: 'downloaded', downloadedAt: DateTime.utc() })
    return this.auditAs('privacy_export.downloaded').save()
  }

  /** Ends those that have expired, and has their files deleted. Returns how many. */
  static async sweep(now = DateTime.utc()) {
    const stored = await this.query().where('is_stored', true).orderBy('id').forUpdate()
    const over = stored.filter((one) => one.#isOver(now))
    for (const one of over) await one.#letGo()
    return over.length
  }

  /** Ends all of a person's, whatever their state, and has their files deleted. */
  static async forgetOf(userId: string) {
    const all = await this.query().where('user_id', userId).orderBy('id').forUpdate()
    for (const one of all.filter(({ isOpen }) => isOpen)) await one.#letGo()
    return all.length
  }

  /** How it stands now: one that ran out may wait some minutes until its file is deleted. */
  get standing(): ExportStatus {
    return this.status === 'ready' && this.#isOver(DateTime.utc()) ? 'expired' : this.status
  }

  #isOver(now: DateTime) {
    if (this.downloadedAt) return this.downloadedAt <= now.minus({ hours: HOURS_AFTER_DOWNLOAD })
    return this.expiresAt === null || this.expiresAt <= now
  }

  async #letGo() {
    this.isStored = false
    if (this.status !== 'downloaded') this.status = 'expired'
    await this.auditAs('privacy_export.expired').save()
    await this.#discard()
  }

  #discard() {
    return enqueue(Tenancy.current().trx, 'discard_privacy_export', { exportId: this.id })
  }
}

/** Records an attempt's progress. Throws Superseded when another attempt has taken its place. */
export async function noteProgress(
  { id, attempts }: PrivacyExport,
  { done, parts, rows }: { done: number; parts: number; rows: number }
) {
  const kept = await Tenancy.system(PLATFORM, () =>
    sql(
      Tenancy.current().trx,
      `update privacy_exports set parts_done = ?, parts = ?, records = ?, progressed_at = now()
        where organisation_id = ? and id = ? and status = 'running' and attempts = ? returning id`,
      [done, parts, rows, PLATFORM, id, attempts]
    )
  )
  if (kept.length === 0) throw new Superseded()
}
