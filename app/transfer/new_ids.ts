import { v7 as uuidv7 } from 'uuid'
import { IDS } from '#models/ids'
import type { Archive } from '#transfer/archive'
import type { Row } from '#transfer/format'
import { HISTORY, PARTS } from '#transfer/parts'
import type { People } from '#transfer/people'

/** Every record of an archive gets a new id, and with it whatever names it, in columns and in texts. */
export class NewIds {
  /** Those that can be named here. */
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

  /** What a new id was in the archive; null for one that was given to nothing. */
  formerOf(id: unknown): string | null {
    return this.#former.get(String(id)) ?? null
  }

  /** Only what is an id: texts that were sealed or hashed stay as they are, to the letter. */
  renamed(row: Row): Row {
    return Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, this.#ids.get(String(value)) ?? value])
    )
  }

  /** What is an id, and what texts mention. */
  remapped(rows: Row[]): Row[] {
    const text = JSON.stringify(rows).replaceAll(IDS, (id) => this.#ids.get(id) ?? id)
    return JSON.parse(text)
  }
}
