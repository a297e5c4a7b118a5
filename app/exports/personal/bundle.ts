import { encodeKeys } from '#audit/keys'
import { trustedKeys } from '#audit/settings'
import { standaloneVerifier } from '#audit/standalone'
import { chainFile } from '#exports/chain_file'
import { Listing } from '#exports/listing'
import { Belonging, NEVER } from '#exports/personal/conditions'
import { Labels, Naming } from '#exports/personal/labels'
import { manifestOf, type Counted } from '#exports/personal/manifest'
import { readmeOf } from '#exports/personal/readme'
import { personalRows } from '#exports/personal/rows'
import { placesOf, type Place, type Subject } from '#exports/personal/subject'
import { personalTables, type PersonalTable } from '#exports/personal/tables'
import { trailFields, trailRows } from '#exports/personal/trail'
import { binaryFiles } from '#exports/records/binaries'
import { recordFiles } from '#exports/records/files'
import { schemaOf } from '#exports/records/json_schema'
import type { Row } from '#exports/records/pages'
import { plainName, storedFiles } from '#exports/stored_files'
import type { ZippedFile } from '#exports/zip'
import type { Bundle } from '#models/privacy_export'
import { homeOf } from '#models/stored_file/homes'
import { filesFrom } from '#models/stored_file/listing'
import { personalData } from '#registries/personal_data'
import { sharedTables } from '#tenancy/shared_tables'
import { PLATFORM } from '#tenancy/tenancy'

/** The progress of an export: the part being read, and the rows read so far. */
export type Progress = { part: string; done: number; parts: number; rows: number }

/** Everything held about one person, or everything they provided, as the files of an archive. */
export class PersonalBundle {
  #listing = new Listing()
  #labels = new Labels()
  #counted: Counted[] = []
  #startedAt = new Date()
  #progress: Progress = { part: '', done: 0, parts: 0, rows: 0 }

  constructor(
    private subject: Subject,
    private kind: Bundle,
    private onProgress: (progress: Progress) => void | Promise<void> = () => {}
  ) {}

  /** The files, one by one. The one that lists all others comes last. */
  async *files(): AsyncGenerator<ZippedFile> {
    const places = await placesOf(this.subject)
    const tables = await personalTables(this.kind)
    this.#progress.parts = tables.length + (this.kind === 'access' ? places.length + 1 : 0)
    for (const table of tables) yield* this.#table(table, places)
    for (const place of places) yield* this.#stored(place)
    if (this.kind === 'access') yield* this.#trail(places)
    yield* this.#ending(places)
  }

  async *#table(table: PersonalTable, places: Place[]) {
    const standing = places.filter((place) => isHeldIn(table, place))
    await this.#begin(table.name)
    const { fields, name, of } = table
    const rows = this.#rowsOf(table, standing)
    yield* this.#records(name, rows, fields, of)
    for (const place of standing) yield* this.#binaries(table, place)
  }

  async *#rowsOf(table: PersonalTable, places: Place[]) {
    for (const place of places) {
      const belonging = new Belonging(this.subject, place)
      yield* personalRows(table, place, {
        bundle: this.kind,
        belonging,
        naming: this.#naming(place),
      })
    }
  }

  async *#binaries({ table, name, fields }: PersonalTable, place: Place) {
    const where = new Belonging(this.subject, place).rows(table.name, this.kind)
    if (where === NEVER) return
    const reading = { name, table, columns: fields, where }
    yield* binaryFiles(place.organisationId, reading, this.#listing)
  }

  /** Files that the person handed in, from where files are stored. */
  #stored(place: Place) {
    return storedFiles(
      place.organisationId,
      this.#listing,
      (home) => filesFrom(place, home),
      ({ home, id, name }) => `files/${homeOf(home).record}/${id}-${plainName(name)}`
    )
  }

  async *#trail(places: Place[]) {
    await this.#begin('audit_events')
    const of = personalData.get('audit.events.id')!
    yield* this.#records('audit_events', this.#eventsOf(places), trailFields, of)
    for (const place of places) {
      await this.#begin('audit')
      yield* this.#proof(place)
    }
  }

  async *#eventsOf(places: Place[]) {
    for (const place of places) yield* trailRows(place, this.#naming(place))
  }

  /**
   * The person's actions, in full and without values; for everything else only the hash, so that the chain verifies.
   */
  async *#proof({ organisationId, memberships, externals }: Place) {
    const actors = new Set([...memberships, ...externals])
    if (actors.size === 0) return
    const chain = await chainFile(organisationId, { actors, withoutValues: true })
    if (chain) yield this.#listing.add(`audit/${organisationId}.ndjson`, chain)
  }

  async *#ending(places: Place[]) {
    if (this.kind === 'access') {
      for (const [name, text] of Object.entries(await standaloneVerifier())) {
        yield this.#listing.add(`audit/${name}`, text)
      }
      yield this.#listing.add('audit/public-keys.txt', encodeKeys(trustedKeys()) + '\n')
    }
    const told = {
      subject: this.subject,
      kind: this.kind,
      places,
      counted: this.#counted,
      startedAt: this.#startedAt,
      files: this.#listing.files,
    }
    yield this.#listing.add('README.html', await readmeOf(told))
    yield new Listing().add('manifest.json', JSON.stringify(manifestOf(told), null, 2) + '\n')
  }

  async *#records(
    name: string,
    pages: AsyncGenerator<Row[]>,
    fields: Parameters<typeof schemaOf>[2],
    of: Counted['of']
  ) {
    const counted: Counted = { name, rows: 0, of }
    this.#counted.push(counted)
    const onRows = (count: number) => {
      counted.rows += count
      this.#progress.rows += count
      return this.onProgress(this.#progress)
    }
    const columns = fields.map((field) => field.name)
    yield* recordFiles({ name, columns, format: 'array', pages, onRows }, this.#listing)
    if (counted.rows === 0) return
    const schema = JSON.stringify(schemaOf(name, of.purpose, fields), null, 2)
    yield this.#listing.add(`schemas/${name}.schema.json`, schema + '\n')
  }

  #naming(place: Place) {
    return new Naming(this.#labels, place, this.subject)
  }

  async #begin(part: string) {
    Object.assign(this.#progress, { part, done: this.#progress.done + 1 })
    await this.onProgress(this.#progress)
  }
}

/** Data that belongs to no organisation is read once, with the platform's. */
function isHeldIn({ name }: PersonalTable, { organisationId }: Place) {
  return organisationId === PLATFORM || !(name in sharedTables)
}
