import { compose } from '@adonisjs/core/helpers'
import { BaseModel, beforeCreate, column } from '@adonisjs/lucid/orm'
import type { Viewer } from '#identity/viewer'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import { inDictionary } from '#models/text/names'
import { canonicalIn, type ViewedList } from '#models/saved_view/lists'
import { takeTurns } from '#models/saving/turns'
import { refuse, refuseTaken } from '#models/violation'

export const viewVisibilities = {
  private: 'Only me',
  organisation: 'Everyone in the organisation',
} as const

export type ViewFields = Pick<SavedView, 'name' | 'visibility' | 'query' | 'isDefault'>

/** The list that it belongs to. */
const MOST = 50
const NAME_TAKEN = {
  field: 'name',
  message: 'You already have a view with this name. Enter another name',
}
const THEIR_NAME_TAKEN = {
  field: 'name',
  message: 'Its owner already has a view with this name. Enter another name',
}

/** A list's filters and order under a name. It shows each reader only what they may read. */
export default class SavedView extends compose(BaseModel, tenanted, audited, versioned) {
  static table = 'portfolio_views'
  static audit = { type: 'portfolio_view', skip: ['ownerId'] }

  @column() declare list: ViewedList
  @column() declare ownerId: string
  @column() declare name: string
  @column() declare visibility: keyof typeof viewVisibilities
  @column() declare query: string
  @column() declare isDefault: boolean

  @beforeCreate()
  static beginAtOne(view: SavedView) {
    view.lockVersion ??= 1
  }

  /** The viewer's own views of a list, and those that others share, by name. */
  static visibleTo({ membershipId }: Viewer, list: ViewedList) {
    return this.query()
      .where('list', list)
      .where((seen) => seen.where('owner_id', membershipId).orWhere('visibility', 'organisation'))
      .orderByRaw(`${inDictionary('name')}, id`)
  }

  /** One that the viewer may see. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findVisible(viewer: Viewer, list: ViewedList, id: unknown) {
    return this.visibleTo(viewer, list).where('id', idOrNone(id)).firstOrFail()
  }

  /** The viewer's default for a list; null for none. */
  static defaultOf({ membershipId }: Viewer, list: ViewedList) {
    return this.query().where({ list, owner_id: membershipId, is_default: true }).first()
  }

  static async keep(viewer: Viewer, list: ViewedList, fields: ViewFields) {
    await takeTurns('memberships', viewer.membershipId)
    const own = await this.query().where({ list, owner_id: viewer.membershipId })
    if (own.length >= MOST) refuse('name', `You already have ${MOST} views. Delete one first.`)
    const view = new SavedView().merge({ ...fields, list, ownerId: viewer.membershipId })
    view.query = canonicalIn(list, fields.query)
    await view.#displace()
    return refuseTaken(view.save(), NAME_TAKEN)
  }

  isOwnedBy({ membershipId }: Viewer) {
    return this.ownerId === membershipId
  }

  /**
   * Someone other than the owner changes only its name and filters: its sharing and its owner's default stay. Throws
   * StaleRecord when it has changed since `lockVersion`.
   */
  async revise(viewer: Viewer, { name, query, ...own }: ViewFields, lockVersion: number) {
    await takeTurns('memberships', this.ownerId)
    await this.lockRow(lockVersion)
    const isOwn = this.isOwnedBy(viewer)
    this.merge({ name, query, ...(isOwn ? own : {}) } as any)
    this.query = canonicalIn(this.list, this.query)
    await this.#displace()
    return refuseTaken(this.saveRevision(), isOwn ? NAME_TAKEN : THEIR_NAME_TAKEN)
  }

  /** A person has one default view: this one replaces another. */
  async #displace() {
    if (!this.isDefault || !('isDefault' in this.$dirty)) return
    const other = await SavedView.query()
      .where({ list: this.list, owner_id: this.ownerId, is_default: true })
      .first()
    if (!other || other.id === this.id) return
    await other.merge({ isDefault: false }).auditSilently().save()
  }
}
