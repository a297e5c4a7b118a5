import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import drive from '@adonisjs/drive/services/main'
import type { Disk } from '@adonisjs/drive'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import {
  FORMATS,
  migrationsOf,
  sequencesOf,
  tablesOf,
  writeAs,
  type Table,
} from '#backups/database'
import { BackupProblem, MANIFEST, PURPOSE, type Manifest } from '#backups/manifest'
import { Measured } from '#encryption/measured'
import { sealing } from '#encryption/sealed_stream'
import { FILE_FOLDERS } from '#models/stored_file/homes'

/**
 * Writes the whole database as of one moment, and the files it refers to, as a new folder of sealed files. The folder
 * appears once it is complete; the service keeps running meanwhile. Throws BackupProblem.
 */
export async function takeBackup(client: pg.Client, folder: string): Promise<Manifest> {
  const draft = `${folder}.unfinished`
  await refuseExisting(folder)
  await refuseAnother(client)
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true, mode: 0o700 })
  try {
    const manifest = await fill(client, draft)
    await rename(draft, folder)
    return manifest
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
}

async function fill(client: pg.Client, draft: string): Promise<Manifest> {
  const database = await inSnapshot(client, () => copyDatabase(client, draft))
  // Files come after the rows that name them: none is missing unless deleted since, and none changes once written.
  const files = await copyFiles(draft)
  const manifest: Manifest = { format: 1, takenAt: new Date().toISOString(), ...database, files }
  await write(join(draft, MANIFEST), Readable.from([JSON.stringify(manifest)]))
  return manifest
}

async function refuseExisting(folder: string) {
  const entries = await readdir(folder).catch(() => null)
  if (entries) throw new BackupProblem(`${folder} is there already: name a new folder`)
}

/** Two at once, as when one takes longer than until the next, could write into the same folder. */
async function refuseAnother(client: pg.Client) {
  const { rows } = await client.query(`select pg_try_advisory_lock(hashtext('back-up')) as mine`)
  if (rows[0].mine) return
  throw new BackupProblem('Another back-up of this database is being made: wait until it is done')
}

async function inSnapshot<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin isolation level repeatable read read only')
  try {
    return await work()
  } finally {
    await client.query('rollback')
  }
}

async function copyDatabase(client: pg.Client, draft: string) {
  const tables: Manifest['tables'] = []
  await writeAs(client, FORMATS)
  const migrations = await migrationsOf(client)
  for (const table of await tablesOf(client)) {
    const file = `${table.name}.sealed`
    const measured = await write(join(draft, file), rowsOf(client, table))
    tables.push({ file, name: table.name, columns: table.columns, ...measured })
  }
  return { formats: FORMATS, migrations, tables, sequences: await sequencesOf(client) }
}

/** The rows in PostgreSQL's own exact text. */
export function rowsOf(client: pg.Client, { name, columns }: Table): Readable {
  return client.query(
    copyTo(`copy (
    select ${columns.join(', ')} from ${name} backed_up order by backed_up::text collate "C"
  ) to stdout`)
  )
}

async function copyFiles(draft: string) {
  const files: Manifest['files'] = []
  const disk = drive.use()
  // Files that expire within a day anyway, such as exports waiting to be fetched, are left out.
  for (const folder of FILE_FOLDERS) {
    for await (const key of keysUnder(disk, folder)) {
      const file = `file-${files.length + 1}.sealed`
      const measured = await copyFile(disk, key, join(draft, file))
      if (measured) files.push({ file, name: key, ...measured })
    }
  }
  return files
}

/** Null for a file that was deleted after it was listed, as evidence or a person's files may be at any time. */
async function copyFile(disk: Disk, key: string, path: string) {
  try {
    return await write(path, await disk.getStream(key))
  } catch (error) {
    if (await disk.exists(key)) throw error
    await rm(path, { force: true })
    return null
  }
}

async function* keysUnder(disk: Disk, folder: string) {
  let paginationToken: string | undefined
  do {
    const options = { recursive: true, paginationToken }
    const page = await disk.listAll(folder, options).catch(nothingThere)
    for (const entry of page.objects) if (entry.isFile) yield entry.key
    paginationToken = page.paginationToken
  } while (paginationToken)
}

/** A folder on disk that has no file yet. */
function nothingThere(error: { cause?: { code?: string } }) {
  if (error.cause?.code !== 'ENOENT') throw error
  return { objects: [], paginationToken: undefined }
}

async function write(path: string, content: Readable) {
  const measured = new Measured()
  const target = createWriteStream(path, { mode: 0o600, flush: true })
  await pipeline(content, measured, createGzip(), sealing(PURPOSE), target)
  return measured.result()
}

/** A part of a back-up, still sealed. */
export function sealedPart(folder: string, file: string) {
  return createReadStream(join(folder, file))
}
