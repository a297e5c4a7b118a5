import { encodeKeys } from '#audit/keys'
import { trustedKeys } from '#audit/settings'
import { trailVerifier } from '#audit/standalone'
import { chainFile } from '#exports/chain_file'
import { Listing } from '#exports/listing'
import { organisationReadme } from '#exports/organisation/readme'
import { Restricted } from '#exports/organisation/restricted'
import { organisationRows, whereOf } from '#exports/organisation/rows'
import { organisationTables, type OrganisationTable } from '#exports/organisation/tables'
import { binaryFiles } from '#exports/records/binaries'
import { recordFiles } from '#exports/records/files'
import { SCHEMA_VERSION } from '#exports/records/json_schema'
import { storedFiles } from '#exports/stored_files'
import type { ZippedFile } from '#exports/zip'
import { homeOf } from '#models/stored_file/homes'
import { filesOf, type ListedFile } from '#models/stored_file/listing'
import Tenancy from '#tenancy/tenancy'

export type Organisation = { id: string; name: string }

/** Everything of one organisation as the files of an archive. */
export class OrganisationBundle {
  #listing = new Listing()
  #counts: { table: string; purpose: string; rows: number }[] = []
  #startedAt = new Date()

  constructor(
    private organisation: Organisation,
    private onRows: (table: string, rows: number) => void = () => {}
  ) {}

  /** The files, one by one. The one that lists all others comes last. */
  async *files(): AsyncGenerator<ZippedFile> {
    const { id } = this.organisation
    const { tables, restricted } = await Tenancy.system(id, async () => ({
      tables: await organisationTables(),
      restricted: await Restricted.here(),
    }))
    for (const table of tables) yield* this.#table(table, restricted)
    yield* this.#stored()
    yield* this.#trail()
    yield this.#listing.add('README.txt', organisationReadme(this.organisation))
    yield new Listing().add('manifest.json', JSON.stringify(this.#manifest(), null, 2) + '\n')
  }

  async *#table(of: OrganisationTable, restricted: Restricted) {
    const { id } = this.organisation
    const count = { table: of.name, purpose: of.purpose, rows: 0 }
    this.#counts.push(count)
    const onRows = (rows: number) => {
      count.rows += rows
      this.onRows(of.name, count.rows)
    }
    const columns = of.columns.map(({ name }) => name)
    const pages = organisationRows(of, id, restricted)
    yield* recordFiles({ name: of.name, columns, format: 'lines', pages, onRows }, this.#listing)
    yield* binaryFiles(id, { ...of, where: whereOf(of, id) }, this.#listing)
  }

  /** The files that people handed in, by the ids of their records. */
  #stored() {
    const { id } = this.organisation
    const pathOf = (file: ListedFile) => `${homeOf(file.home).folder}/${file.id}`
    return storedFiles(id, this.#listing, (home) => filesOf(id, home), pathOf)
  }

  /** The whole chain with its values, and what verifies it without us. */
  async *#trail() {
    for (const [name, text] of Object.entries(await trailVerifier())) {
      yield this.#listing.add(`audit/${name}`, text)
    }
    yield this.#listing.add('audit/public-keys.txt', encodeKeys(trustedKeys()) + '\n')
    const chain = await chainFile(this.organisation.id, {})
    if (chain) yield this.#listing.add('audit/audit.ndjson', chain)
  }

  #manifest() {
    return {
      kind: 'orchestrate organisation export',
      schema_version: SCHEMA_VERSION,
      organisation: this.organisation,
      read_from: this.#startedAt.toISOString(),
      read_until: new Date().toISOString(),
      tables: this.#counts,
      files: this.#listing.files,
    }
  }
}
