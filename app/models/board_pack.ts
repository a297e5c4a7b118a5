import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import { DateTime } from 'luxon'
import { NIL, validate as isUuid } from 'uuid'
import type { Viewer } from '#identity/viewer'
import { enqueue } from '#jobs/enqueue'
import { DAYS_KEPT, type PackFormat, type PackStatus } from '#models/board_pack/enumerations'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { askedFor, madeInBackground } from '#models/mixins/made_in_background'
import { tenanted } from '#models/mixins/tenanted'
import { canonicalQuery } from '#models/portfolio/kept'
import Project from '#models/project'
import Tenancy from '#tenancy/tenancy'

const MOST_A_DAY = 20

type Query = ModelQueryBuilderContract<typeof BoardPack>

/** A board pack: the portfolio as one member reads it at one moment, as files that only they can download. */
export default class BoardPack extends compose(BaseModel, tenanted, audited, madeInBackground) {
  static audit = {
    type: 'board_pack',
    facts: (row: BoardPack) => ({ status: row.status }),
    skip: [
      'membershipId',
      'projectIds',
      'status',
      'attempts',
      'partsDone',
      'parts',
      'progressedAt',
      'contentAt',
      'shownIds',
      'isStored',
      'expiresAt',
    ],
  }

  @column() declare membershipId: string
  @column() declare query: string
  @column() declare projectIds: string[]
  @column() declare status: PackStatus
  @column.dateTime() declare contentAt: DateTime | null
  @column() declare shownIds: string[]

  /** The viewer's latest, newest first. */
  static of({ membershipId }: Viewer) {
    return this.query().where('membership_id', membershipId).orderBy('id', 'desc').limit(20)
  }

  /** One of the viewer's own. Throws E_ROW_NOT_FOUND for anyone else's. */
  static findOwn({ membershipId }: Viewer, id: unknown) {
    return this.query()
      .where({ id: idOrNone(id), membership_id: membershipId })
      .firstOrFail()
  }

  /** Requests one. A member has one under way at a time, and a limited number a day. */
  static async begin(viewer: Viewer, query: string, projectIds: string[]) {
    await this.refuseBeyond({
      column: 'membership_id',
      id: viewer.membershipId,
      mostADay: MOST_A_DAY,
      field: 'projects',
      underWay: 'Another board pack is being created. Try again when it is ready',
      tooMany: `You can create up to ${MOST_A_DAY} packs a day. Try again tomorrow`,
    })
    const pack = await this.create({
      membershipId: viewer.membershipId,
      query: canonicalQuery(query),
      projectIds: await readable(viewer, projectIds),
      shownIds: [],
      ...askedFor(),
    })
    await pack.#enqueue()
    return pack
  }

  /** True while its files can be downloaded. */
  get isFetchable() {
    return this.status === 'ready' && this.isStored && this.expiresAt! > DateTime.utc()
  }

  /**
   * Hands it out again. Throws E_ROW_NOT_FOUND when it has expired, or when its owner may no longer read one of the
   * projects in it: what was theirs to read then is not theirs to download now.
   */
  static async takeOut(viewer: Viewer, id: unknown, format: PackFormat) {
    const pack = await this.findOwn(viewer, id)
    const seen = await readable(viewer, pack.shownIds)
    if (!pack.isFetchable || seen.length < pack.shownIds.length) return this.findOwn(viewer, NIL)
    await pack.touch('board_pack.downloaded', { format: { after: format } })
    return pack
  }

  /** Begins an attempt; null when it has already ended. */
  static async claim(id: string) {
    const found = await this.attempt(id)
    if (!found) return null
    return found.merge({ partsDone: 0, parts: 0 }).auditSilently().save()
  }

  /** Records an attempt's progress; false when another attempt has taken its place. */
  async progress(partsDone: number, parts: number) {
    const found = await BoardPack.atWork(this)
    if (!found) return false
    found.merge({ partsDone, parts, progressedAt: DateTime.utc() })
    await found.auditSilently().save()
    return true
  }

  /** Records that its files are stored; false when another attempt has taken its place. */
  async finish(contentAt: DateTime, shownIds: string[]) {
    const found = await BoardPack.atWork(this)
    if (!found) return false
    found.merge({ status: 'ready', isStored: true, contentAt, shownIds })
    found.expiresAt = DateTime.utc().plus({ days: DAYS_KEPT })
    await found
      .auditAs('board_pack.ready')
      .auditBesides({ count: { after: shownIds.length } })
      .save()
    return true
  }

  /** Restarts a failed attempt, or gives up after too many and has its files deleted. */
  async retryOrFail() {
    const found = await BoardPack.atWork(this)
    if (!found) return
    if (found.mayTryAgain) {
      await found.merge({ status: 'queued', progressedAt: DateTime.utc() }).auditSilently().save()
      await found.#enqueue()
      return
    }
    await found.#end('failed')
    await found.#discard()
  }

  /** Restarts packs whose worker has gone silent. */
  static async recover(now = DateTime.utc()) {
    const silent = await this.silent(now)
    for (const pack of silent) {
      pack.merge({ status: 'running' })
      await pack.auditSilently().save()
      await pack.retryOrFail()
    }
    return silent.length
  }

  /** Ends those that have expired, and has their files deleted. Returns how many. */
  static async sweep(now = DateTime.utc()) {
    const over = await this.query()
      .where('is_stored', true)
      .where('expires_at', '<=', now.toJSDate())
      .orderBy('id')
      .forUpdate()
    for (const pack of over) await pack.#letGo()
    return over.length
  }

  /** Ends all of a member's, whatever their state. */
  static forgetOf(membershipIds: string[]) {
    return this.#endAmong((all) => all.whereIn('membership_id', membershipIds))
  }

  /** Ends everyone's, whatever their state: they contain texts that have changed since. */
  static forgetAll() {
    return this.#endAmong((all) => all)
  }

  static async #endAmong(narrowed: (all: Query) => Query) {
    const all = await narrowed(this.query()).orderBy('id').forUpdate()
    const open = all.filter(({ isOpen }) => isOpen)
    for (const pack of open) await pack.#letGo()
    return open.length
  }

  #enqueue() {
    return enqueue(Tenancy.current().trx, 'make_board_pack', { packId: this.id })
  }

  async #letGo() {
    this.isStored = false
    await this.#end('expired')
    await this.#discard()
  }

  #discard() {
    return enqueue(Tenancy.current().trx, 'discard_board_pack', { packId: this.id })
  }

  #end(status: 'failed' | 'expired') {
    this.status = status
    return this.touch(`board_pack.${status}`, {})
  }
}

/** Those of the projects that the viewer may read, in one order. */
async function readable(viewer: Viewer, ids: string[]) {
  const wanted = ids.filter((id) => isUuid(id))
  if (wanted.length === 0) return []
  const found = await Project.visibleTo(viewer).whereIn('projects.id', wanted)
  const seen = new Set(found.map(({ id }) => id))
  return [...new Set(wanted)].filter((id) => seen.has(id))
}
