import { v7 as uuidv7 } from 'uuid'
import { IDS } from '#models/ids'
import type { Archive } from '#transfer/archive'
import type { Row } from '#transfer/format'
import { HISTORY, PARTS } from '#transfer/parts'
import type { People } from '#transfer/people'

/** Every record of an archive gets a new id, and so does everything that refers to it, in columns and in texts. */
export class NewIds {
  /** The ids that can be referred to here. */
  readonly known = new Set<string>()
  readonly #ids = new Map<string, string>()
  readonly #former = new Map<string, string>()

  constructor(archive: Archive, people: People, projectId: string) {
    const own = archive.project.id
    if (typeof own === 'string') this.#ids.set(own, projectId)
    this.known.add(projectId)
    for (const { table } of PARTS) {
      for (const id of this.#giveTo(archive.rows(table))) this.known.add(id)
    }
    for (const { table } of HISTORY) this.#giveTo(archive.history(table))
    for (const [there, here] of people.ids) {
      this.#ids.set(there, here)
      this.known.add(here)
    }
  }

  #giveTo(rows: Row[]) {
    const given: string[] = []
    for (const { id } of rows) {
      if (typeof id !== 'string') continue
      const fresh = uuidv7()
      this.#ids.set(id, fresh)
      this.#former.set(fresh, id)
      given.push(fresh)
    }
    return given
  }

  /** A new id's original in the archive; null when it has none. */
  formerOf(id: unknown): string | null {
    return this.#former.get(String(id)) ?? null
  }

  /** Only ids: sealed or hashed texts stay exactly as they are. */
  renamed(row: Row): Row {
    return Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, this.#ids.get(String(value)) ?? value])
    )
  }

  /** Ids, and mentions in texts. */
  remapped(rows: Row[]): Row[] {
    const text = JSON.stringify(rows).replaceAll(IDS, (id) => this.#ids.get(id) ?? id)
    return JSON.parse(text)
  }
}
