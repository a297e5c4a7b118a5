import { limitKeysOf } from '#identity/limit_keys'
import { record } from '#audit/events'
import { linkedColumns } from '#exports/personal/conditions'
import { suppress } from '#mails/suppressions'
import { personalDataLinks } from '#registries/personal_data_links'
import { personalData } from '#registries/personal_data'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { populated } from '#tests/support/populated'
import { assign, personalTableNames, plant, rowsMentioning } from '#tests/support/privacy/canaries'
import { openSession, type Person, type World } from '#tests/support/world'

/** A person about whom every table holds something that occurs nowhere else. */
export class CanaryPerson {
  /** The rows that are theirs, by table, as the database has them. */
  readonly rows = new Map<string, Record<string, any>[]>()
  readonly planted: string[] = []
  readonly name = `Zebedee ${Math.random().toString(36).slice(2)}`

  private constructor(
    readonly world: World,
    readonly person: Person
  ) {}

  static async settle() {
    const { world } = await populated()
    const canary = new CanaryPerson(world, await world.person('manager'))
    await sql(admin(), 'update users set name = ? where id = ?', [
      canary.name,
      canary.person.userId,
    ])
    await canary.#prepare()
    for (const table of personalTableNames) await canary.#fill(table)
    return canary
  }

  get ids() {
    const { userId, membershipId, email } = this.person
    return [userId, membershipId, email]
  }

  /** Finds everyone else of the organisation, by id or by label. */
  async others() {
    const rows = await sql(
      admin(),
      `select id from memberships where organisation_id = ? and id <> ?
       union select id from external_resources where organisation_id = ?`,
      [this.world.organisationId, this.person.membershipId, this.world.organisationId]
    )
    return new RegExp(['Person [0-9A-Z]{8}', ...rows.map(({ id }) => id)].join('|'), 'g')
  }

  /** Whether this is someone else's name or address in a record of the person's. */
  isOthers(name: string, value: unknown) {
    const { class: kind } = personalData.get(name)!
    const isName = (kind === 'identity' || kind === 'contact') && typeof value === 'string'
    return isName && value !== this.name && value !== this.person.email
  }

  /** Marks what the organisation holds about everyone else. */
  async estrange() {
    for (const table of personalTableNames.filter((name) => name !== 'public.users')) {
      if (!(await isOrganisations(table))) continue
      const mine = new Set(await this.#places(table))
      const rows = await rowsMentioning(table, [this.world.organisationId])
      const others = rows.map(({ place }) => place).filter((place) => !mine.has(place))
      for (const place of others)
        await plant(table, [place], () => `stranger-${place}@example.test`)
    }
    await sql(
      admin(),
      `update users set name = 'stranger ' || id, email = 'stranger-' || id || '@example.test'
        where id <> ? and id in (select user_id from memberships where organisation_id = ?)`,
      [this.person.userId, this.world.organisationId]
    )
  }

  async #prepare() {
    const { world, person } = this
    await openSession(person)
    const [key] = limitKeysOf(person.userId)
    await sql(admin(), 'insert into rate_limits (key, points, expire) values (?, 1, 1)', [key])
    const [{ id }] = await sql(
      admin(),
      'select id from gates where organisation_id = ? order by id limit 1',
      [world.organisationId]
    )
    await world.inside(async () => {
      await suppress(person.email, 'bounced')
      await record({ action: 'gate.updated', entityType: 'gate', entityId: id })
    }, person)
  }

  async #fill(table: string) {
    const places = await this.#places(table)
    const marks = await plant(table, places, (column) => this.#mark(table, column))
    this.planted.push(...marks.map((column) => `${table}.${column}`))
    const rows = await sql(
      admin(),
      `select row_to_json(t) as row from ${table} t where ctid = any(?::tid[])`,
      [await this.#places(table)]
    )
    this.rows.set(
      table,
      rows.map(({ row }) => row)
    )
  }

  #mark(table: string, column: string) {
    const { class: kind } = personalData.get(`${table}.${column}`)!
    if (kind === 'identity') return this.name
    if (kind === 'contact') return this.person.email
    return `canary ${table}.${column} ${this.person.membershipId}`
  }

  async #places(table: string): Promise<string[]> {
    const found = await this.#mentioned(table)
    if (found.length > 0) return found
    const { own, written, about, parent } = personalDataLinks[table]
    const [link] = linkedColumns([own, written, about])
    const id = link?.key === 'user' ? this.person.userId : this.person.membershipId
    const column = parent?.column ?? link.name
    const target = parent ? this.rows.get(parent.table)![0].id : id
    await assign(table, this.world.organisationId, column, target)
    return this.#mentioned(table)
  }

  async #mentioned(table: string) {
    if (table === 'public.mail_suppressions') return this.#suppression()
    if (table === 'public.rate_limits') return this.#limits()
    const { parent, acted } = personalDataLinks[table]
    const ids = parent ? this.#idsIn(parent.table) : acted ? await this.#changed(acted) : this.ids
    const column = parent ? parent.column : acted ? 'id' : null
    const rows = await rowsMentioning(table, ids)
    return rows
      .filter(({ row }) => (column ? ids.includes(row[column]) : hasValue(row, ids)))
      .map(({ place }) => place)
  }

  #idsIn(table: string) {
    return this.rows.get(table)!.map(({ id }) => id)
  }

  async #changed(type: string) {
    const rows = await sql(
      admin(),
      'select distinct entity_id as id from audit.events where actor_ref = ? and entity_type = ?',
      [this.person.membershipId, type]
    )
    return rows.map(({ id }) => id)
  }

  async #limits() {
    const rows = await sql(
      admin(),
      'select ctid::text as place from rate_limits where key = any(?::text[])',
      [limitKeysOf(this.person.userId)]
    )
    return rows.map(({ place }) => place)
  }

  async #suppression() {
    const rows = await sql(admin(), 'select ctid::text as place from mail_suppressions')
    return rows.slice(-1).map(({ place }) => place)
  }
}

async function isOrganisations(table: string) {
  const [{ is }] = await sql(
    admin(),
    `select exists (select from pg_attribute
      where attrelid = ?::regclass and attname = 'organisation_id') as is`,
    [table]
  )
  return is
}

function hasValue(row: object, texts: string[]) {
  return Object.values(row).some((value) => texts.includes(value))
}
