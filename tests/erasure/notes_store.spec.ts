import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { v7 as uuidv7 } from 'uuid'
import app from '@adonisjs/core/services/app'
import drive from '@adonisjs/drive/services/main'
import { useAccountRemover } from '#identity/account_removal'
import Erasure from '#models/erasure'
import { mayBegin, olderThanErasures } from '#privacy/erasure/guard'
import { useNotes } from '#privacy/erasure/notes'
import { FileNotes } from '#privacy/erasure/notes/file'
import { StoredNotes } from '#privacy/erasure/notes/stored'
import { replayErasures, unknownErasures } from '#privacy/erasure/replaying'
import { runErasure } from '#privacy/erasure/run'
import { keepTombstone, type Tombstone } from '#privacy/erasure/tombstones'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { begin, canary, dumpHits, erase, removing, restore } from '#tests/support/erasure'
import { S3Store } from '#tests/support/s3_store'
import { registerStaff } from '#tests/support/world'

const production = { inProduction: true, terminating() {} } as any

const userOf = async ({ userId }: { userId: string }) => {
  const [user] = await sql(admin(), 'select name, email, erasing_at from users where id = ?', [
    userId,
  ])
  return user
}

test.group('The notes of erasures in a bucket', (group) => {
  let store: S3Store

  group.each.setup(async () => {
    store = await new S3Store().listen()
    reachedWith()
    useNotes(new StoredNotes())
    removing()
    return async () => {
      delete (drive as any).use
      useNotes(null)
      useAccountRemover(null)
      await store.stop()
    }
  })

  function reachedWith(secret?: string) {
    const disk = store.disk(secret)
    ;(drive as any).use = () => disk
  }

  test('name nobody, and are there before anything of the erasure is done', async ({ assert }) => {
    const person = await canary()
    const meanwhile: unknown[] = []
    class Watched extends StoredNotes {
      override async add(note: Tombstone) {
        await super.add(note)
        meanwhile.push(await userOf(person))
      }
    }
    useNotes(new Watched())
    const { id, outcome } = await erase(person)
    assert.deepEqual(outcome, { status: 'finished' })
    assert.deepEqual(meanwhile, [{ name: person.name, email: person.email, erasing_at: null }])
    assert.deepEqual([...store.objects.keys()], [`erasures/${id}.json`])
    const text = store.objects.get(`erasures/${id}.json`)!.bytes.toString()
    for (const word of [person.name, person.email, person.subject, person.userId]) {
      assert.notInclude(text, word)
    }
    assert.deepEqual(store.refused, [])
  })

  test('hold up an erasure while the store {name}, and let it continue afterwards')
    .with([
      {
        name: 'is away',
        breaks: (one: S3Store): unknown => one.stop(),
        mends: (one: S3Store): unknown => one.listen(),
      },
      {
        name: 'takes nothing',
        breaks: (one: S3Store): unknown => void (one.isFull = true),
        mends: (one: S3Store): unknown => void (one.isFull = false),
      },
      { name: 'knows us not', secret: 'another secret' },
    ])
    .run(async ({ assert, client }, { breaks, mends, secret }) => {
      const person = await canary()
      const { id } = await begin(person)
      await breaks?.(store)
      reachedWith(secret)
      const outcome: any = await runErasure(id)
      assert.containsSubset(outcome, { status: 'waiting', step: 'flag', failure: 'not_noted' })
      assert.isAbove(outcome.retryAt.getTime(), Date.now(), 'it is tried again by itself')
      assert.deepEqual(await userOf(person), {
        name: person.name,
        email: person.email,
        erasing_at: null,
      })
      const [row] = await sql(admin(), 'select status from erasures where id = ?', [id])
      assert.equal(row.status, 'running', 'nobody is told that it is done')
      assert.equal(store.objects.size, 0)
      const page = await client.get(`/admin/privacy/erasures/${id}`).as(await registerStaff())
      assert.include(page.text(), 'Waiting to be noted outside the database; tried again')
      await mends?.(store)
      reachedWith()
      assert.deepEqual(await runErasure(id), { status: 'finished' })
      assert.deepEqual([...store.objects.keys()], [`erasures/${id}.json`])
      assert.deepEqual(await dumpHits([person.name, person.email, person.subject]), [])
    })

  test('are read page by page, and erase again everyone an older back-up brought back', async ({
    assert,
  }) => {
    const people = [await canary(), await canary(), await canary()]
    const erasures = []
    for (const person of people) erasures.push(await erase(person))
    store.pageSize = 1
    assert.isNull(await olderThanErasures(production))
    for (const [place, { id }] of erasures.slice(1).entries()) await restore(people[place + 1], id)
    assert.sameMembers(
      await unknownErasures(),
      erasures.slice(1).map(({ id }) => id)
    )
    assert.match((await olderThanErasures(production))!, /^2 people .*privacy:replay-erasures/)
    assert.isNull(await olderThanErasures({ inProduction: false }))
    const replayed = await replayErasures()
    assert.deepEqual(
      replayed.map(({ outcome }) => outcome),
      [{ status: 'finished' }, { status: 'finished' }]
    )
    for (const { name, email, subject } of people) {
      assert.deepEqual(await dumpHits([name, email, subject]), [])
    }
    assert.isNull(await olderThanErasures(production))
    assert.equal(store.objects.size, 3, 'nobody is noted twice')
  })

  test('let no process start while they cannot be read, or know more than the database', async ({
    assert,
  }) => {
    const person = await canary()
    const { id } = await erase(person)
    let asked = 0
    class Away extends StoredNotes {
      override async ids() {
        if (++asked < 3) throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' })
        return super.ids()
      }
    }
    useNotes(new Away())
    assert.isTrue(await mayBegin(production, 1))
    assert.equal(asked, 3)
    await restore(person, id)
    asked = 0
    await assert.rejects(() => mayBegin(production, 1), /privacy:replay-erasures/)
    assert.equal(asked, 3)
    await replayErasures()
  })

  test('delay no process that is told to stop', async ({ assert }) => {
    let stop: () => void
    class Away extends StoredNotes {
      override async ids(): Promise<string[]> {
        stop()
        throw new Error('away')
      }
    }
    useNotes(new Away())
    const told = { inProduction: true, terminating: (hook: any) => (stop = hook) } as any
    assert.isFalse(await mayBegin(told, 1))
  })

  test('include those kept in a file before there was a bucket', async ({ assert, cleanup }) => {
    const folder = await mkdtemp(join(tmpdir(), 'tombstones-'))
    cleanup(() => rm(folder, { recursive: true }))
    const file = new FileNotes(join(folder, 'erasures.ndjson'))
    useNotes(new StoredNotes(), file)
    const erasure = new Erasure().merge({ id: uuidv7(), label: 'Former member HGFEDCBA' })
    const traces = { userId: uuidv7(), names: [], emails: [], subjects: [], externals: [] }
    await keepTombstone(erasure, traces, file)
    assert.deepEqual(await unknownErasures(), [erasure.id])
    const [replayed] = await replayErasures()
    assert.deepEqual(replayed.outcome, { status: 'absent' })
    const kept = JSON.parse(store.objects.get(`erasures/${erasure.id}.json`)!.bytes.toString())
    assert.deepEqual([kept], await file.read([erasure.id]))
    assert.deepEqual(await replayErasures(), [])
  })

  test('are shared by processes: one erases, another erases again after a restore', async ({
    assert,
  }) => {
    const person = await canary()
    const erased = await ace(['privacy:erase', `--user=${person.userId}`, '--confirm'])
    assert.equal(erased.code, 0, erased.said)
    assert.include(erased.said, 'Finished and proved')
    const [id] = await new StoredNotes().ids()
    await restore(person, id)
    const replayed = await ace(['privacy:replay-erasures'])
    assert.equal(replayed.code, 0, replayed.said)
    assert.include(replayed.said, 'erased again, and proved')
    assert.deepEqual(await dumpHits([person.name, person.email, person.subject]), [])
    const again = await ace(['privacy:replay-erasures'])
    assert.include(again.said, 'knows of every erasure')
  })

  test('are read under an earlier APP_KEY as long as it is named', async ({ assert }) => {
    const person = await canary()
    const { id } = await erase(person)
    await restore(person, id)
    const APP_KEY = 'another key of at least so many characters'
    const forgotten = await ace(['privacy:replay-erasures'], { APP_KEY })
    assert.equal(forgotten.code, 1)
    assert.include(forgotten.said, 'name it in APP_KEYS_PREVIOUS')
    const rotated = { APP_KEY, APP_KEYS_PREVIOUS: process.env.APP_KEY! }
    const replayed = await ace(['privacy:replay-erasures'], rotated)
    assert.equal(replayed.code, 0, replayed.said)
    assert.deepEqual(await dumpHits([person.name, person.email, person.subject]), [])
  })

  /** A process of its own that keeps files in the bucket. */
  async function ace(args: string[], env: Record<string, string> = {}) {
    const child = spawn(process.execPath, ['ace.js', ...args], {
      cwd: app.makePath(),
      env: { ...process.env, ...store.settings, ERASURE_TOMBSTONES: '', ...env },
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += part))
    const [code] = await once(child, 'close')
    return { code, said }
  }
})
