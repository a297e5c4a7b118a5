import { spawn } from 'node:child_process'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import drive from '@adonisjs/drive/services/main'
import pg from 'pg'
import { useAccountRemover } from '#identity/account_removal'
import { connectAsAdministrator, sequencesOf } from '#backups/database'
import { removeExpired } from '#backups/expiring'
import { MANIFEST, PURPOSE } from '#backups/manifest'
import { checkBackup, readManifest, restoreBackup } from '#backups/restoring'
import { takeBackup } from '#backups/taking'
import { opening, sealing } from '#encryption/sealed_stream'
import { queueMail } from '#mails/outbox'
import { keyOf } from '#models/stored_file/files'
import { homeNames } from '#models/stored_file/homes'
import { daysOf } from '#registries/retention'
import { canary, erase, removing } from '#tests/support/erasure'
import { populated } from '#tests/support/populated'
import { asSuperuser } from '#tests/support/superuser'
import { World } from '#tests/support/world'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

type Run = { code: number; said: string }

/** An ace command in a process of its own, on a database of our choice. */
async function ace(args: string[], env: Record<string, string> = {}): Promise<Run> {
  const child = spawn(process.execPath, ['ace.js', ...args], {
    cwd: app.makePath(),
    env: { ...process.env, ...env },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += part))
  const [code] = await once(child, 'exit')
  return { code, said }
}

/** A database beside the tests' own, made and migrated as the drill says. */
async function emptyDatabase(name: string) {
  const urls = ['DATABASE_URL', 'DATABASE_OWNER_URL', 'DATABASE_SEALER_URL', 'DATABASE_PRIVACY_URL']
  const there = Object.fromEntries(urls.map((key) => [key, renamed(process.env[key]!, name)]))
  await asAdministrator('postgres', async (client) => {
    await client.query(`drop database if exists ${name} with (force)`)
  })
  const made = await ace(['database:roles'], there)
  if (made.code !== 0) throw new Error(made.said)
  const files = await mkdtemp(join(tmpdir(), 'restored-files-'))
  const env = { ...there, FILES_PATH: files }
  const migrated = await ace(['migration:run', '--force', '--connection=owner'], env)
  if (migrated.code !== 0) throw new Error(migrated.said)
  return env
}

function renamed(url: string, database: string) {
  const target = new URL(url)
  target.pathname = database
  return target.href
}

/** An empty database beside that one, just like it. */
async function twinOf(env: Record<string, string>, name: string) {
  const original = new URL(env.DATABASE_URL).pathname.slice(1)
  await asAdministrator('postgres', async (client) => {
    await client.query(`drop database if exists ${name} with (force)`)
    await client.query(`create database ${name} template ${original}`)
  })
  const urls = Object.entries(env).filter(([key]) => key !== 'FILES_PATH')
  return { ...env, ...Object.fromEntries(urls.map(([key, url]) => [key, renamed(url, name)])) }
}

/** What we sealed into a part of a back-up. */
async function partOf(folder: string, table: string) {
  const sealed = createReadStream(join(folder, `${table}.sealed`))
  return pipeline(sealed, opening(PURPOSE), createGunzip(), (part) => text(part))
}

async function asAdministrator<T>(database: string, work: (client: pg.Client) => Promise<T>) {
  const client = new pg.Client(renamed(process.env.DATABASE_ADMIN_URL!, database))
  await client.connect()
  return work(client).finally(() => client.end())
}

/** A back-up with nothing in it, taken then. */
async function keepManifest(folder: string, takenAt: Date) {
  await mkdir(folder, { recursive: true })
  const manifest = { format: 1, takenAt, migrations: [], tables: [], sequences: [], files: [] }
  await pipeline(
    Readable.from([JSON.stringify(manifest)]),
    createGzip(),
    sealing(PURPOSE),
    createWriteStream(join(folder, MANIFEST))
  )
}

/** Root reads every folder, whatever its mode. */
async function asNobody<T>(work: () => Promise<T>) {
  if (process.getuid!() !== 0) return work()
  process.seteuid!(65_534)
  return work().finally(() => process.seteuid!(0))
}

const countsOf = (client: pg.Client) =>
  client
    .query(
      `select (select count(*) from organisations) as organisations, (select count(*) from raid_items) as items,
              (select count(*) from audit.events) as events, (select count(*) from sessions) as sessions`
    )
    .then(({ rows }) => rows[0])

/** As much as a young database is behind the one that was backed up. */
const LEAD = 1_000_000

const moveClock = (by: number) => asSuperuser(`update audit.clock set lead = lead + ${by}`)

/** Somebody who is recorded by a transaction of a number that no young database has reached. */
async function recordAhead() {
  await moveClock(LEAD)
  await World.create('Ahead Ltd')
  await moveClock(-LEAD)
}

/** A job that a worker is at. */
async function takenJob(): Promise<string> {
  const [job] = await asSuperuser(
    `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'a worker'
      where id = (select min(id) from graphile_worker._private_jobs) returning id`
  )
  return job.id
}

/** A mail that no worker has tried yet. */
function waitingMail() {
  return Tenancy.system(PLATFORM, () =>
    queueMail({
      template: 'notice',
      to: { email: 'reader@example.test' },
      data: { subject: 'News', paragraphs: ['It waits.'] },
      key: randomUUID(),
    })
  )
}

/** Does something when a back-up is about to begin its snapshot. */
function beforeItReads(client: pg.Client, work: () => Promise<unknown>) {
  const query = client.query.bind(client) as any
  client.query = ((asked: unknown, values?: unknown[]) =>
    String(asked).startsWith('begin')
      ? work().then(() => query(asked, values))
      : query(asked, values)) as any
}

const alwaysFiring = (client: pg.Client) =>
  client
    .query(
      `select tgrelid::regclass::text || '.' || tgname as name from pg_trigger
        where tgenabled = 'A' and not tgisinternal order by 1`
    )
    .then(({ rows }) => rows.map(({ name }) => name))

test.group('Back-ups', (group) => {
  let place: string
  let folder: string
  let person: Awaited<ReturnType<typeof canary>>
  let evidence: { organisationId: string; id: string }
  let job: string
  let mail: string

  group.setup(async () => {
    place = await mkdtemp(join(tmpdir(), 'back-up-'))
    folder = join(place, 'first')
    const { world } = await populated('Restored Ltd')
    evidence = { organisationId: world.organisationId, id: '01930000-0000-7000-8000-0000000000aa' }
    for (const home of homeNames) {
      const key = keyOf(home, evidence.organisationId, evidence.id)
      await drive.use().put(key, `the signed ${home}`)
    }
    person = await canary()
    await (await World.create('Canary Ltd')).join(person)
    const sealed = await ace(['audit:seal'])
    if (sealed.code !== 0) throw new Error(sealed.said)
    job = await takenJob()
    mail = await waitingMail()
    await recordAhead()
    return () => rm(place, { recursive: true })
  })

  test('are taken while the service runs, and are unreadable without the key', async ({
    assert,
  }) => {
    await mkdir(`${folder}.unfinished`)
    await writeFile(join(`${folder}.unfinished`, 'cut_off.sealed'), 'of an earlier attempt')
    const taken = await ace(['backup:create', `--output=${folder}`])
    await moveClock(LEAD)
    assert.equal(taken.code, 0, taken.said)
    const files = await readdir(folder)
    assert.notInclude(files, 'cut_off.sealed')
    assert.equal((await stat(folder)).mode & 0o777, 0o700)
    assert.include(files, 'manifest.sealed')
    assert.include(files, 'audit.events.sealed')
    for (const file of files) {
      const path = join(folder, file)
      assert.notInclude((await readFile(path)).toString('latin1'), person.name, file)
      assert.equal((await stat(path)).mode & 0o777, 0o600, file)
    }
    const again = await ace(['backup:create', `--output=${folder}`])
    assert.equal(again.code, 1)
    assert.include(again.said, 'is there already')
  })

  test('need an administrator who sees every row', async ({ assert }) => {
    for (const url of [undefined, process.env.DATABASE_URL, process.env.DATABASE_OWNER_URL]) {
      await assert.rejects(() => connectAsAdministrator(url), /DATABASE_ADMIN_URL.*superuser/)
    }
  })

  test('are restored whole, verified, and erase again whom they still knew', async ({
    assert,
    cleanup,
  }) => {
    removing()
    cleanup(() => useAccountRemover(null))
    await erase(person)
    const there = await emptyDatabase('orchestrate_restored')
    const name = 'orchestrate_restored'
    const triggers = await asAdministrator(name, alwaysFiring)
    await twinOf(there, 'orchestrate_doubted')
    const restored = await ace(['backup:restore', `--from=${folder}`], there)
    assert.equal(restored.code, 0, restored.said)
    assert.include(restored.said, 'each reads as it was backed up')
    assert.include(restored.said, 'erased again, and proved')

    const before = await asAdministrator(
      new URL(process.env.DATABASE_URL!).pathname.slice(1),
      countsOf
    )
    const after = await asAdministrator(name, countsOf)
    assert.equal(after.organisations, before.organisations)
    assert.equal(after.items, before.items)
    assert.equal(after.sessions, '0')
    assert.deepEqual(await asAdministrator(name, alwaysFiring), triggers)
    await asAdministrator(name, async (client) => {
      const { rows: taken } = await client.query(
        'select locked_at from graphile_worker._private_jobs where id = $1',
        [job]
      )
      assert.deepEqual(taken, [{ locked_at: null }], 'its worker is gone')
      const { rows: mails } = await client.query(
        'select first_attempted_at = created_at as tried from email_outbox where id = $1',
        [mail]
      )
      assert.deepEqual(mails, [{ tried: true }], 'it may have been sent since')
      const { rows: clock } = await client.query(
        'select audit.txid() > (select max(txid) from audit.events) as ahead'
      )
      assert.isTrue(clock[0].ahead)
      const sequences = new Map((await sequencesOf(client)).map((one) => [one.name, one.value]))
      for (const { name: sequence, value } of (await readManifest(folder)).sequences) {
        assert.isAtLeast(Number(sequences.get(sequence)), Number(value), sequence)
      }
      const { rows } = await client.query('select name, email from users where id = $1', [
        person.userId,
      ])
      assert.notInclude(JSON.stringify(rows), person.name)
      const tampered = client.query(`update audit.events set action = 'x.y'`)
      await assert.rejects(() => tampered, /append-only|never change/i)
    })
    for (const home of homeNames) {
      const file = join(there.FILES_PATH, keyOf(home, evidence.organisationId, evidence.id))
      assert.equal(await readFile(file, 'utf8'), `the signed ${home}`)
    }

    const twice = await ace(['backup:restore', `--from=${folder}`], there)
    assert.equal(twice.code, 1)
    assert.include(twice.said, 'restore into a new one')
  })

  test('change nothing in a database of another release, or one that reads otherwise', async ({
    assert,
  }) => {
    const manifest = await readManifest(folder)
    await asAdministrator('orchestrate_doubted', async (client) => {
      const restore = () => restoreBackup(client, folder, manifest)
      const before = await countsOf(client)
      await client.query(`insert into adonis_schema (name, batch) values ('of_the_next_one', 99)`)
      await assert.rejects(restore, /another release.*not in the back-up: of_the_next_one/)
      await client.query(`update adonis_schema set name = 'other' where name = 'of_the_next_one'`)
      const lacking = { ...manifest, migrations: [...manifest.migrations, 'other', 'missing'] }
      await assert.rejects(() => restoreBackup(client, folder, lacking), /Not here: missing;/)
      await client.query(`delete from adonis_schema where name = 'other'`)

      const retype = (type: string) =>
        client.query(`alter table organisations alter column created_at type ${type}`)
      await retype('timestamptz(0)')
      await assert.rejects(restore, 'public.organisations is not what the manifest tells')
      await retype('timestamptz')
      assert.deepEqual(await countsOf(client), before)
    })
  })

  test('read the same on a server with another time zone and other formats', async ({ assert }) => {
    const name = 'orchestrate_elsewhere'
    const url = renamed(process.env.DATABASE_ADMIN_URL!, name)
    await twinOf({ DATABASE_URL: renamed(url, 'orchestrate_doubted') }, name)
    await asAdministrator(name, async (client) => {
      for (const setting of ['TimeZone = "Asia/Kolkata"', 'DateStyle = "SQL, DMY"']) {
        await client.query(`alter database ${name} set ${setting}`)
      }
      await client.query(`alter database ${name} set extra_float_digits = 0`)
    })
    await asAdministrator(name, async (client) => {
      const { rows } = await client.query('show timezone')
      assert.deepEqual(rows, [{ TimeZone: 'Asia/Kolkata' }])
      await restoreBackup(client, folder, await readManifest(folder))
      assert.notEqual((await countsOf(client)).events, '0')
    })
  })

  test('end with 1 where a trail does not verify, or somebody is not erased again', async ({
    assert,
  }) => {
    const name = 'orchestrate_doubted'
    const urls = [
      'DATABASE_URL',
      'DATABASE_OWNER_URL',
      'DATABASE_SEALER_URL',
      'DATABASE_PRIVACY_URL',
    ]
    const there = Object.fromEntries(urls.map((key) => [key, renamed(process.env[key]!, name)]))
    const untold = await twinOf(there, 'orchestrate_untold')
    const from = ['backup:restore', `--from=${folder}`]
    const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }).d!
    const doubted = await ace(from, { ...there, FILES_PATH: place, AUDIT_SIGNING_KEY: key })
    assert.equal(doubted.code, 1, doubted.said)
    assert.include(doubted.said, 'each reads as it was backed up')

    const notes = join(place, 'notes.ndjson')
    const note = { erasure: randomUUID(), at: '2026-01-01', label: 'Former member', key: '0' }
    await writeFile(notes, JSON.stringify({ ...note, user: null, subjects: [], emails: [] }))
    const left = await ace(from, { ...untold, FILES_PATH: place, ERASURE_TOMBSTONES: notes })
    assert.equal(left.code, 1, left.said)
    assert.include(left.said, 'noted under an APP_KEY that is not known')
  })

  test('hold one moment, whatever is written meanwhile', async ({ assert }) => {
    const name = 'Founded meanwhile Ltd'
    const client = await connectAsAdministrator(process.env.DATABASE_ADMIN_URL)
    const query = client.query.bind(client) as any
    client.query = (async (asked: string, values?: unknown[]) => {
      const answer = await query(asked, values)
      if (asked.startsWith('select set_config')) {
        client.query = query
        await World.create(name)
      }
      return answer
    }) as any
    const moment = join(place, 'moment')
    await takeBackup(client, moment).finally(() => client.end())
    const organisations = await partOf(moment, 'public.organisations')
    assert.include(organisations, 'Restored Ltd')
    assert.notInclude(organisations, name)
  })

  test('are made one at a time, and leave nothing of one that fails', async ({ assert }) => {
    const connect = () => connectAsAdministrator(process.env.DATABASE_ADMIN_URL)
    const [first, second] = [await connect(), await connect()]
    const moment = join(place, 'alone')
    let other: unknown
    beforeItReads(first, async () => (other = await takeBackup(second, moment).catch(String)))
    await takeBackup(first, moment)
    await first.end()
    assert.include(other, 'Another back-up of this database is being made')
    await checkBackup(moment, await readManifest(moment))

    beforeItReads(second, () => Promise.reject(new Error('The database is away')))
    await assert.rejects(() => takeBackup(second, join(place, 'failing')), 'The database is away')
    await second.end()
    assert.isEmpty((await readdir(place)).filter((name) => name.startsWith('failing')))
  })

  test('go without a file that was deleted after it was listed, and fail at one that is there', async ({
    assert,
  }) => {
    const disk = drive.use()
    const read = disk.getStream.bind(disk)
    const gone = keyOf(homeNames[0], evidence.organisationId, randomUUID())
    await disk.put(gone, 'deleted in time')
    const take = async (name: string) => {
      const client = await connectAsAdministrator(process.env.DATABASE_ADMIN_URL)
      return takeBackup(client, join(place, name)).finally(() => client.end())
    }
    try {
      disk.getStream = async (key) => {
        if (key === gone) throw new Error('The store is away')
        return read(key)
      }
      await assert.rejects(() => take('away'), 'The store is away')
      disk.getStream = async (key) => {
        if (key === gone) await disk.delete(key)
        return read(key)
      }
      const { files } = await take('beside_deletions')
      const kept = (await readdir(join(place, 'beside_deletions'))).filter((one) =>
        one.startsWith('file-')
      )
      assert.notInclude(
        files.map(({ name }) => name),
        gone
      )
      assert.isAtLeast(files.length, homeNames.length)
      assert.sameMembers(
        kept,
        files.map(({ file }) => file)
      )
    } finally {
      disk.getStream = read
      await disk.delete(gone)
    }
  })

  test('get their roles from an administrator only, any number of times', async ({ assert }) => {
    const again = await ace(['database:roles'])
    assert.equal(again.code, 0, again.said)
    const nobody = await ace(['database:roles'], { DATABASE_ADMIN_URL: '' })
    assert.equal(nobody.code, 1)
    assert.include(nobody.said, 'DATABASE_ADMIN_URL')
    const weak = await ace(['database:roles'], { DATABASE_ADMIN_URL: process.env.DATABASE_URL! })
    assert.equal(weak.code, 1)
    assert.include(weak.said, 'DATABASE_ADMIN_URL signs in as "orch_app"')
  })

  test('are removed beside a new one once they are older than the policy allows', async ({
    assert,
  }) => {
    const home = join(place, 'aged')
    const at = (days: number) => new Date(Date.now() - days * 86_400_000)
    const most = daysOf('backup')
    // The files may be made and looked at within one millisecond.
    const over = most + 1 / 86_400
    await mkdir(join(home, 'no-back-up'), { recursive: true })
    await utimes(join(home, 'no-back-up'), at(most + 1), at(most + 1))
    await keepManifest(join(home, 'old'), at(over))
    await keepManifest(join(home, 'young'), at(most - 1 / 24))
    await keepManifest(join(home, 'new'), at(most + 1))
    for (const [name, days] of [
      ['cut-off.unfinished', over],
      ['at-work.unfinished', 1],
    ] as const) {
      await mkdir(join(home, name))
      await utimes(join(home, name), at(days), at(days))
    }
    const others = join(home, 'somebody-else.unfinished')
    await mkdir(others)
    await writeFile(join(others, 'thesis.txt'), 'not a back-up')
    await utimes(others, at(over), at(over))
    const strange = join(home, 'of-another-key')
    await mkdir(strange)
    await writeFile(join(strange, 'manifest.sealed'), 'nothing that we sealed')

    const { removed, unread } = await removeExpired(join(home, 'new'))
    assert.sameMembers(removed, [join(home, 'old'), join(home, 'cut-off.unfinished')])
    assert.deepEqual(unread, [strange])
    const left = ['at-work.unfinished', 'new', 'no-back-up', 'of-another-key', 'young']
    assert.sameMembers(await readdir(home), [...left, 'somebody-else.unfinished'])
  })

  test('are removed also where a folder beside them is closed to us', async ({
    assert,
    cleanup,
  }) => {
    const home = await mkdtemp(join(tmpdir(), 'volume-'))
    cleanup(() => rm(home, { recursive: true }))
    // A volume has such a folder of root's at its top.
    await mkdir(join(home, 'lost+found'))
    await keepManifest(join(home, 'old'), new Date('2020-01-01'))
    for (const open of [home, join(home, 'old')]) await chmod(open, 0o777)
    await chmod(join(home, 'old', MANIFEST), 0o644)
    await chmod(join(home, 'lost+found'), 0)
    const { removed, unread } = await asNobody(() => removeExpired(join(home, 'new')))
    assert.deepEqual(removed, [join(home, 'old')])
    assert.deepEqual(unread, [])
  })

  test('are removed by the command that takes the next, once they are too old', async ({
    assert,
  }) => {
    const home = join(place, 'taking')
    await keepManifest(join(home, 'old'), new Date('2020-01-01'))
    const taken = await ace(['backup:create', `--output=${join(home, 'next')}`])
    assert.equal(taken.code, 0, taken.said)
    assert.include(taken.said, 'was too old to be kept')
    assert.deepEqual(await readdir(home), ['next'])
  })

  test('are refused when a part was altered, cut off or is missing, and under another key', async ({
    assert,
  }) => {
    const manifest = await readManifest(folder)
    const check = () => checkBackup(folder, manifest)
    await check()
    const path = join(folder, 'public.raid_items.sealed')
    const content = await readFile(path)
    const altered = Buffer.from(content)
    altered[altered.length - 20] ^= 1
    for (const bad of [altered, content.subarray(0, -1), Buffer.alloc(0)]) {
      await writeFile(path, bad)
      await assert.rejects(check, /altered|cut off/)
    }
    const [other] = manifest.tables.filter(({ name }) => name === 'public.projects')
    await writeFile(path, await readFile(join(folder, other.file)))
    await assert.rejects(check, /public.raid_items is not what the manifest tells/)
    await rm(path)
    await assert.rejects(check, /public.raid_items.sealed is missing/)
    await writeFile(path, content)
    const file = join(folder, manifest.files[0].file)
    const bytes = await readFile(file)
    await writeFile(file, bytes.subarray(0, -1))
    await assert.rejects(check, /altered|cut off/)
    await writeFile(file, bytes)
    const key = { DATA_KEY: Buffer.alloc(32, 9).toString('base64') }
    const refused = await ace(['backup:restore', `--from=${folder}`, '--check'], key)
    assert.equal(refused.code, 1, refused.said)
    assert.notInclude(refused.said, 'is whole')
  })
})
