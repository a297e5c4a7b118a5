import { createHmac, randomBytes } from 'node:crypto'
import type { Place, Subject } from '#exports/personal/subject'
import { IDS } from '#models/ids'
import { ALPHABET } from '#models/privacy_code'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/**
 * What replaces everyone else in a bundle. The same person has the same label throughout a bundle and another in the
 * next; no list of them is kept, so their number costs no memory.
 */
export class Labels {
  #secret = randomBytes(32)

  of(person: string) {
    const bytes = createHmac('sha256', this.#secret).update(person.toLowerCase()).digest()
    return `Person ${[...bytes.subarray(0, 8)].map((byte) => ALPHABET[byte % 32]).join('')}`
  }
}

/** Tells the person's own ids, names and addresses in one place from those of others. */
export class Naming {
  #ids: Set<string>
  #names: Set<string>

  constructor(
    private labels: Labels,
    private place: Place,
    { name, email }: Subject
  ) {
    this.#ids = new Set([...place.users, ...place.memberships, ...place.externals])
    this.#names = new Set([name ?? email, email].map((text) => text.toLowerCase()))
  }

  /** A column that refers to a person. */
  reference(id: unknown) {
    return typeof id !== 'string' || this.#ids.has(id) ? id : this.labels.of(id)
  }

  /** A column that holds someone's name or address. */
  name(text: unknown) {
    if (typeof text !== 'string' || this.#names.has(text.toLowerCase())) return text
    return this.labels.of(text)
  }

  isMine(id: string | null) {
    return id !== null && this.#ids.has(id)
  }

  /** Texts that contain others' ids, such as mentions, all with one query. */
  async texts(texts: string[]): Promise<string[]> {
    const ids = new Set(texts.flatMap((text) => text.match(IDS) ?? []))
    const others = [...ids].filter((id) => !this.#ids.has(id))
    if (others.length === 0) return texts
    const people = await this.#peopleAmong(others)
    if (people.size === 0) return texts
    return texts.map((text) =>
      text.replaceAll(IDS, (id) => (people.has(id) ? this.labels.of(id) : id))
    )
  }

  async #peopleAmong(ids: string[]): Promise<Set<string>> {
    const { organisationId } = this.place
    const rows = await Tenancy.system(organisationId, () =>
      sql(
        Tenancy.current().trx,
        `select id from memberships where organisation_id = ? and id = any(?::uuid[])
         union select id from external_resources where organisation_id = ? and id = any(?::uuid[])`,
        [organisationId, ids, organisationId, ids]
      )
    )
    return new Set(rows.map(({ id }) => id))
  }
}
