import { compose } from '@adonisjs/core/helpers'
import { BaseModel, beforeCreate, column } from '@adonisjs/lucid/orm'
import type { Viewer } from '#identity/viewer'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import { portfolioQuery, readPortfolioFilters } from '#models/portfolio/filters'
import { refuse, refuseTaken } from '#models/violation'

export const viewVisibilities = {
  private: 'Only me',
  organisation: 'Everyone in the organisation',
} as const

export type ViewFields = Pick<PortfolioView, 'name' | 'visibility' | 'query' | 'isDefault'>

const MOST = 50
const NAME_TAKEN = { field: 'name', message: 'You have a view of this name already' }

/** Filters and order of the portfolio under a name. It shows each reader only what they may read. */
export default class PortfolioView extends compose(BaseModel, tenanted, audited, versioned) {
  static audit = { type: 'portfolio_view', skip: ['ownerId'] }

  @column() declare ownerId: string
  @column() declare name: string
  @column() declare visibility: keyof typeof viewVisibilities
  @column() declare query: string
  @column() declare isDefault: boolean

  @beforeCreate()
  static beginAtOne(view: PortfolioView) {
    view.lockVersion ??= 1
  }

  /** The viewer's own, and what others share, by name. */
  static visibleTo({ membershipId }: Viewer) {
    return this.query()
      .where((seen) => seen.where('owner_id', membershipId).orWhere('visibility', 'organisation'))
      .orderByRaw('lower(name), id')
  }

  /** One that the viewer may see. Throws E_ROW_NOT_FOUND, also for what is not an id at all. */
  static findVisible(viewer: Viewer, id: unknown) {
    return this.visibleTo(viewer).where('id', idOrNone(id)).firstOrFail()
  }

  /** The one that the viewer begins with; null for none. */
  static defaultOf({ membershipId }: Viewer) {
    return this.query().where({ owner_id: membershipId, is_default: true }).first()
  }

  static async keep(viewer: Viewer, fields: ViewFields) {
    const own = await this.query().where('owner_id', viewer.membershipId)
    if (own.length >= MOST) refuse('name', `You have ${MOST} views already. Delete one first.`)
    const view = new PortfolioView().merge({ ...fields, ownerId: viewer.membershipId })
    view.query = canonicalQuery(fields.query)
    await view.#displace()
    return refuseTaken(view.save(), NAME_TAKEN)
  }

  isOwnedBy({ membershipId }: Viewer) {
    return this.ownerId === membershipId
  }

  /**
   * Whoever tidies up for others leaves whom it is shown to, and what its owner begins with. Throws
   * StaleRecord when it changed since `lockVersion`.
   */
  async revise(viewer: Viewer, { name, query, ...own }: ViewFields, lockVersion: number) {
    await this.lockRow(lockVersion)
    this.merge({ name, query, ...(this.isOwnedBy(viewer) ? own : {}) } as any)
    this.query = canonicalQuery(this.query)
    await this.#displace()
    return refuseTaken(this.saveRevision(), NAME_TAKEN)
  }

  get filters() {
    return filtersIn(this.query)
  }

  /** A person begins with one view: this one takes the place of another. */
  async #displace() {
    if (!this.isDefault || !('isDefault' in this.$dirty)) return
    const other = await PortfolioView.query()
      .where({ owner_id: this.ownerId, is_default: true })
      .first()
    if (!other || other.id === this.id) return
    await other.merge({ isDefault: false }).auditSilently().save()
  }
}

/** The filters that a kept query stands for; a page within them is no part of a view. */
export function filtersIn(query: string) {
  const given: Record<string, unknown> = {}
  for (const [name, value] of new URLSearchParams(query)) {
    given[name] = name in given ? [given[name], value].flat() : value
  }
  return { ...readPortfolioFilters(given), from: null, after: null, before: null }
}

/** A query string with what the portfolio knows, in its one order. */
export function canonicalQuery(query: string) {
  return portfolioQuery(filtersIn(query))
}
