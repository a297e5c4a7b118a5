import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import { takeTurnsInOrganisation } from '#models/saving/turns'
import { refuse } from '#models/violation'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** How many can be on offer, and how many there can be including those that are not. */
export const MOST_OFFERED = 30
const MOST = 100

/** What a risk can be about. Risks refer to it by its key, which never changes and is never removed. */
export default class RiskCategory extends compose(BaseModel, tenanted, audited, versioned) {
  static table = 'risk_categories'
  static audit = { type: 'risk_category', skip: ['key'] }

  @column() declare key: string
  @column() declare name: string
  @column() declare position: number
  @column.dateTime() declare retiredAt: DateTime | null

  /** All of them in the organisation's order, those no longer on offer last. */
  static inOrder() {
    return this.query().orderByRaw('retired_at is not null, position, id')
  }

  /** How many risks name each, by its key. */
  static async uses(): Promise<Map<string, number>> {
    const { trx, organisationId } = Tenancy.current()
    const rows = await read<{ category: string; count: number }>(
      trx,
      `select category, count(*)::integer as count from raid_items
        where organisation_id = ? and category is not null group by category`,
      [organisationId]
    )
    return new Map(rows.map(({ category, count }) => [category, count]))
  }

  /** One category by id, with the others locked as well: their names and order depend on each other. */
  static async findForChange(id: string) {
    await takeTurnsInOrganisation()
    return this.query().where('id', idOrNone(id)).firstOrFail()
  }

  /** Adds a new one at the end. */
  static async add(name: string) {
    await takeTurnsInOrganisation()
    const all = await this.query()
    if (all.length >= MOST) {
      refuse(
        'new_name',
        `You have reached the limit of ${MOST} categories. Rename a retired one instead.`
      )
    }
    refuseFull(all, 'new_name')
    refuseSameName(all, name, 'new_name')
    const id = uuidv7()
    return this.create({ id, key: id, name, position: after(all), lockVersion: 1 })
  }

  get isOffered() {
    return !this.retiredAt
  }

  /** Renames it, on old risks as well. Throws StaleRecord if it has changed since `lockVersion`. */
  async rename(name: string, lockVersion: number) {
    await this.lockRow(lockVersion)
    refuseSameName(await this.#others(), name, 'name')
    this.name = name
    return this.saveRevision()
  }

  /** Swaps places with its neighbour on offer; at either end nothing happens. */
  async move(direction: 'up' | 'down') {
    const row = await RiskCategory.inOrder().whereNull('retired_at')
    const here = row.findIndex(({ id }) => id === this.id)
    const neighbour = here < 0 ? undefined : row[here + (direction === 'up' ? -1 : 1)]
    if (!neighbour) return
    const position = this.position
    this.position = neighbour.position
    neighbour.position = position
    await neighbour.auditSilently().save()
    await this.auditAs('risk_category.moved').save()
  }

  /** Stops offering it; risks that have it keep it. */
  async retire() {
    if (!this.isOffered) return
    this.retiredAt = DateTime.utc()
    await this.auditAs('risk_category.retired').save()
  }

  /** Offers it again, at the end. */
  async reinstate() {
    if (this.isOffered) return
    const others = await this.#others()
    refuseFull(others, 'category')
    this.retiredAt = null
    this.position = after(others)
    await this.auditAs('risk_category.reinstated').save()
  }

  #others() {
    return RiskCategory.query().whereNot('id', this.id).exec()
  }
}

function after(all: RiskCategory[]) {
  return Math.max(0, ...all.map(({ position }) => position)) + 1
}

function refuseFull(all: RiskCategory[], field: string) {
  if (all.filter(({ isOffered }) => isOffered).length < MOST_OFFERED) return
  refuse(field, `You have reached the limit of ${MOST_OFFERED} categories. Retire one first.`)
}

function refuseSameName(others: RiskCategory[], name: string, field: string) {
  const taken = others.find((other) => other.name.toLowerCase() === name.toLowerCase())
  if (!taken) return
  const state = taken.isOffered ? 'already' : 'already, but is not offered: offer it again instead'
  refuse(field, `A category is called this ${state}`)
}
