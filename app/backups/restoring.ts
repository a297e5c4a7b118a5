import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { text } from 'node:stream/consumers'
import { Writable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import drive from '@adonisjs/drive/services/main'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { migrationsOf, tablesOf, writeAs } from '#backups/database'
import { withoutTriggers } from '#backups/triggers'
import { BackupProblem, MANIFEST, PURPOSE, type Manifest, type Part } from '#backups/manifest'
import { rowsOf, sealedPart } from '#backups/taking'
import { Measured } from '#encryption/measured'
import { opening } from '#encryption/sealed_stream'

/** What a back-up holds. Throws BackupProblem where it was not finished, NotOpened where its key is unknown. */
export async function readManifest(folder: string): Promise<Manifest> {
  const sealed = sealedPart(folder, MANIFEST)
  const content = pipelined(sealed, opening(PURPOSE), createGunzip())
  return JSON.parse(
    await content.catch((error) => {
      if (error.code !== 'ENOENT') throw error
      throw new BackupProblem(`${folder} holds no finished back-up: ${MANIFEST} is missing`)
    })
  )
}

async function pipelined(...streams: any[]) {
  const [last] = streams.slice(-1)
  const [content] = await Promise.all([text(last), pipeline(streams)])
  return content
}

/** Reads every part to its end, and throws BackupProblem when one is missing or not what was written. */
export async function checkBackup(folder: string, manifest: Manifest) {
  for (const part of [...manifest.tables, ...manifest.files]) {
    await readPart(folder, part, nowhere())
  }
}

/**
 * Restores a back-up into a database that the same release migrated and that holds no organisation yet, in one
 * transaction, then reads it back: it must be byte for byte what was backed up. Throws BackupProblem, having changed
 * nothing.
 */
export async function restoreBackup(client: pg.Client, folder: string, manifest: Manifest) {
  await refuseOther(client, manifest)
  await client.query('begin')
  try {
    await writeAs(client, manifest.formats ?? {})
    await withoutTriggers(client, manifest.tables, async () => {
      await fill(client, folder, manifest)
      await compare(client, manifest)
    })
    await settle(client)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
  for (const part of manifest.files) {
    await putFile(folder, part)
  }
}

async function refuseOther(client: pg.Client, { migrations, tables }: Manifest) {
  const here = await migrationsOf(client)
  const missing = migrations.filter((name) => !here.includes(name))
  const extra = here.filter((name) => !migrations.includes(name))
  if (missing.length + extra.length > 0) {
    throw new BackupProblem(
      `The back-up is of another release. Migrate an empty database with that one, restore, then migrate on. ` +
        `Not here: ${missing.join(', ') || 'nothing'}; not in the back-up: ${extra.join(', ') || 'nothing'}`
    )
  }
  const { rows } = await client.query('select count(*)::int as count from memberships')
  if (rows[0].count > 0) {
    throw new BackupProblem('This database is in use: restore into a new one, then point to it')
  }
  const names = (await tablesOf(client)).map(({ name }) => name)
  const unknown = tables.filter(({ name }) => !names.includes(name))
  if (unknown.length > 0) throw new BackupProblem(`No such table: ${unknown[0].name}`)
}

/** Triggers are off meanwhile: what they guard against was refused when the rows were first written. */
async function fill(client: pg.Client, folder: string, { tables, sequences }: Manifest) {
  for (const { name } of tables) await client.query(`delete from ${name}`)
  for (const table of tables) {
    const columns = table.columns.join(', ')
    const target = client.query(copyFrom(`copy ${table.name} (${columns}) from stdin`))
    await readPart(folder, table, target)
  }
  for (const { name, value } of sequences) {
    await client.query('select setval($1::regclass, $2::bigint)', [name, value])
  }
}

async function compare(client: pg.Client, { tables }: Manifest) {
  for (const table of tables) {
    const measured = new Measured()
    await pipeline(rowsOf(client, table), measured, nowhere())
    refuseAltered(table, measured)
  }
}

/**
 * What must not continue where it left off: sessions that may have been ended since, and jobs whose worker is gone.
 * Mails that waited may have been sent since: they count as tried, so that they go out only while their provider would
 * recognise a second one. The clock of the audit trail moves ahead of every event.
 */
async function settle(client: pg.Client) {
  await client.query('delete from sessions')
  await client.query('update graphile_worker._private_jobs set locked_at = null, locked_by = null')
  await client.query(
    `update email_outbox set first_attempted_at = created_at
      where status = 'queued' and first_attempted_at is null`
  )
  await client.query('select audit.resume_after_restore()')
}

function nowhere() {
  return new Writable({ write: (_chunk, _encoding, done) => done() })
}

/** Through a temporary file: the store may need the length, and an altered part must not reach it. */
async function putFile(folder: string, part: Part) {
  const place = await mkdtemp(join(tmpdir(), 'restore-'))
  try {
    const path = join(place, 'part')
    await readPart(folder, part, createWriteStream(path, { mode: 0o600 }))
    await drive.use().putStream(part.name, createReadStream(path), { contentLength: part.bytes })
  } finally {
    await rm(place, { recursive: true })
  }
}

async function readPart(folder: string, part: Part, target: Writable) {
  const measured = new Measured()
  const sealed = sealedPart(folder, part.file)
  await pipeline(sealed, opening(PURPOSE), createGunzip(), measured, target).catch((error) => {
    throw error.code === 'ENOENT' ? new BackupProblem(`${part.file} is missing`) : error
  })
  refuseAltered(part, measured)
}

function refuseAltered({ name, sha256 }: Part, measured: Measured) {
  if (measured.result().sha256 !== sha256) {
    throw new BackupProblem(`${name} is not what the manifest tells`)
  }
}
