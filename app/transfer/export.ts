import { Readable } from 'node:stream'
import { Listing } from '#exports/listing'
import { exportable, tableNamed } from '#exports/records/catalogue'
import { Spool } from '#exports/spool'
import type { ZippedFile } from '#exports/zip'
import { isKept, openFile } from '#models/stored_file/files'
import type { HomeName } from '#models/stored_file/homes'
import { fileWith } from '#models/stored_file/listing'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import { dataPath, filePath, FORMAT_VERSION, historyPath, KIND, type Row } from '#transfer/format'
import { importedHistory } from '#transfer/history'
import { Names } from '#transfer/names'
import { HISTORY, PARTS, type Part } from '#transfer/parts'
import { archiveReadme } from '#transfer/readme'
import type { Selection } from '#transfer/reading'
import { isFile } from '#transfer/taking'

/** A whole project as the files of an archive, read piece by piece in constant memory. */
export class ProjectArchive {
  readonly #listing = new Listing()
  readonly #names = new Names()
  readonly #rows: Record<string, number> = {}
  readonly #stored: { home: HomeName; id: string }[] = []

  constructor(
    private selection: Selection,
    private organisation: string
  ) {}

  /** The files, one by one. The one that lists all others comes last. */
  async *files(): AsyncGenerator<ZippedFile> {
    const { selection } = this
    const { organisationId, project, viewer } = selection
    yield this.#json('data/project.json', [await this.#project()])
    for (const part of PARTS) yield* this.#file(dataPath(part.table), selection.rows(part), part)
    for (const part of HISTORY) yield* this.#file(historyPath(part.table), this.#history(part))
    const names = await Tenancy.system(organisationId, () => this.#names.known(project.id, viewer))
    yield this.#json('data/names.json', names)
    yield* this.#files()
    const manifest = await this.#manifest()
    yield this.#listing.add('README.txt', archiveReadme(manifest))
    const whole = { ...manifest, files: this.#listing.files }
    yield new Listing().add('manifest.json', JSON.stringify(whole, null, 2) + '\n')
  }

  /** The project itself, with the last number used for each kind of record. */
  #project(): Promise<Row> {
    const { organisationId, project } = this.selection
    return Tenancy.system(organisationId, async () => {
      const columns = exportable(await tableNamed('public.projects'))
      const kept = columns.filter(({ name }) => !['organisation_id', 'programme_id'].includes(name))
      const [{ row, numbers }] = await sql<{ row: Row; numbers: Row }>(
        Tenancy.current().trx,
        `select (select row_to_json(x) from (select ${kept.map(({ name }) => `t.${name}`)}) x) as row,
                (select coalesce(json_object_agg(kind, last_number order by kind), '{}')
                   from ref_counters c where c.organisation_id = t.organisation_id
                    and c.project_id = t.id) as numbers
           from projects t where t.organisation_id = ? and t.id = ?`,
        [organisationId, project.id]
      )
      this.#names.read(JSON.stringify(row))
      return { ...row, last_numbers: numbers }
    })
  }

  /** What was decided here, after what came with the project from elsewhere. */
  async *#history(part: Part) {
    const { organisationId, project } = this.selection
    const kept = await Tenancy.system(organisationId, () => importedHistory(project.id, part.table))
    if (kept.length > 0) yield kept
    yield* this.selection.rows(part)
  }

  /** Read once while it is written, since the archive accepts a file only when the previous one is complete. */
  async *#file(path: string, pages: AsyncGenerator<Row[]>, { home }: Partial<Part> = {}) {
    const spool = await Spool.open()
    try {
      let count = 0
      for await (const rows of pages) {
        const text = rows.map((row) => JSON.stringify(row)).join(',\n')
        this.#names.read(text)
        if (home) this.#note(home, rows)
        await spool.write((count === 0 ? '[\n' : ',\n') + text)
        count += rows.length
      }
      await spool.write(count === 0 ? '[]\n' : '\n]\n')
      this.#rows[path] = count
      yield this.#listing.add(path, await spool.read())
    } finally {
      await spool.discard()
    }
  }

  #note(home: HomeName, rows: Row[]) {
    for (const row of rows) if (isFile(row)) this.#stored.push({ home, id: String(row.id) })
  }

  async *#files() {
    const { organisationId } = this.selection
    for (const { home, id } of this.#stored) {
      const found = await Tenancy.system(organisationId, () => fileWith(home, id))
      if (!found || !(await isKept(organisationId, found))) continue
      const content = await Tenancy.system(organisationId, () => openFile(found))
      yield this.#listing.add(filePath(home, id), content)
    }
  }

  #json(path: string, rows: object[]) {
    this.#rows[path] = rows.length
    return this.#listing.add(
      path,
      Readable.from([Buffer.from(JSON.stringify(rows, null, 1) + '\n')])
    )
  }

  async #manifest() {
    const { hidden, organisationId, project } = this.selection
    const [{ count }] = await Tenancy.system(organisationId, () =>
      sql<{ count: number }>(
        Tenancy.current().trx,
        `select count(*)::integer as count from raid_items t where ${hidden.text}`,
        hidden.values
      )
    )
    return {
      kind: KIND,
      format_version: FORMAT_VERSION,
      project: { code: project.code, name: project.name },
      organisation: this.organisation,
      exported_at: new Date().toISOString(),
      rows: this.#rows,
      withheld: count,
    } as const
  }
}
