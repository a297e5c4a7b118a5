import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { v7 as uuidv7 } from 'uuid'
import { useAccountRemover } from '#identity/account_removal'
import Erasure from '#models/erasure'
import ErasureGuardProvider from '#privacy/erasure/guard_provider'
import { erasureNotes } from '#privacy/erasure/notes'
import { FileNotes } from '#privacy/erasure/notes/file'
import { replayErasures, unknownErasures } from '#privacy/erasure/replaying'
import {
  isBuried,
  isBuriedRecord,
  keepTombstone,
  readTombstones,
} from '#privacy/erasure/tombstones'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { canary, dumpHits, erase, removing, restore } from '#tests/support/erasure'

const production = () =>
  new ErasureGuardProvider({ inProduction: true, terminating() {} } as any).start()

test.group('The notes of erasures outside the database', (group) => {
  group.each.setup(() => {
    removing()
    return () => useAccountRemover(null)
  })

  test('name nobody, and are written once', async ({ assert, cleanup }) => {
    const folder = await mkdtemp(join(tmpdir(), 'tombstones-'))
    cleanup(() => rm(folder, { recursive: true }))
    const path = join(folder, 'deep', 'erasures.ndjson')
    const person = await canary()
    const erasure = new Erasure().merge({ id: uuidv7(), label: 'Former member K7QF' })
    const traces = {
      userId: person.userId,
      names: [person.name],
      emails: [person.email],
      subjects: [person.subject],
      externals: [],
    }
    const notes = new FileNotes(path)
    await keepTombstone(erasure, traces, notes)
    await appendFile(path, '{"erasure":"cut off wh')
    await keepTombstone(erasure, traces, notes)
    const next = new Erasure().merge({ id: uuidv7(), label: 'Former member M8RG' })
    await keepTombstone(next, traces, notes)
    const text = await readFile(path, 'utf8')
    for (const word of [person.name, person.email, person.subject, person.userId]) {
      assert.notInclude(text, word)
    }
    const kept = await notes.read(await notes.ids())
    assert.deepEqual(
      kept.map(({ label }) => label),
      ['Former member K7QF', 'Former member M8RG']
    )
  })

  test('count once, whoever else noted the same erasure', async ({ assert }) => {
    const person = await canary()
    const { id } = await erase(person)
    const [note] = await erasureNotes().read([id])
    await erasureNotes().add({ ...note, at: new Date().toISOString() })
    assert.deepEqual(await readTombstones([id]), [note])
    await restore(person, id)
    const replayed = await replayErasures()
    assert.deepEqual(
      replayed.map(({ outcome }) => outcome),
      [{ status: 'finished' }]
    )
  })

  test('are the account’s, not those of another that took the address later', async ({
    assert,
  }) => {
    const person = await canary()
    const { id } = await erase(person)
    const [note] = await readTombstones([id])
    const account = { id: person.userId, madeAt: new Date(), subject: null, email: null }
    assert.isTrue(isBuried(note, account))
    const newcomer = { id: uuidv7(), subject: person.subject, email: person.email.toUpperCase() }
    assert.isFalse(isBuried(note, { ...newcomer, madeAt: new Date(Date.now() + 60_000) }))
    const earlier = { ...newcomer, madeAt: new Date(0) }
    assert.isTrue(isBuried(note, earlier))
    assert.isTrue(isBuried(note, { ...earlier, email: null }), 'by its subject')
    assert.isTrue(isBuried(note, { ...earlier, subject: null }), 'by its address')
    assert.isFalse(isBuried(note, { ...earlier, subject: null, email: null }))
    const { email } = person
    assert.isTrue(isBuriedRecord(note, { id: uuidv7(), email, madeAt: new Date(0) }))
    const later = new Date(Date.now() + 60_000)
    assert.isFalse(isBuriedRecord(note, { id: uuidv7(), email, madeAt: later }))
  })

  test('keep production from serving an older back-up, until whom they name is erased again', async ({
    assert,
  }) => {
    const person = await canary()
    const { id, label } = await erase(person)
    await production()
    await restore(person, id)
    assert.deepEqual(await unknownErasures(), [id])
    await assert.rejects(production, /Somebody was erased after.*privacy:replay-erasures/)
    const [replayed] = await replayErasures()
    assert.deepEqual(replayed.outcome, { status: 'finished' })
    assert.deepEqual(await dumpHits([person.name, person.email, person.subject]), [])
    const [user] = await sql(admin(), 'select name from users where id = ?', [person.userId])
    assert.equal(user.name, label, 'one person has one label')
    await production()
    assert.deepEqual(await replayErasures(), [])
  })

  test('keep production away until a replay that was cut off is repeated to its end', async ({
    assert,
  }) => {
    const person = await canary()
    const { id } = await erase(person)
    await restore(person, id)
    useAccountRemover({
      async remove() {
        throw new Error('killed')
      },
    })
    await assert.rejects(() => replayErasures(), 'killed')
    await assert.rejects(production, /Somebody was erased after.*privacy:replay-erasures/)
    removing()
    const [replayed] = await replayErasures()
    assert.deepEqual(replayed.outcome, { status: 'finished' })
    assert.deepEqual(await dumpHits([person.name, person.email, person.subject]), [])
    await production()
    assert.deepEqual(await replayErasures(), [])
  })

  test('are settled for people whom the back-up never knew', async ({ assert }) => {
    const erasure = new Erasure().merge({ id: uuidv7(), label: 'Former member ABCDEFGH' })
    const traces = {
      userId: uuidv7(),
      names: [],
      emails: ['x@y.test'],
      subjects: [],
      externals: [],
    }
    await keepTombstone(erasure, traces)
    const [replayed] = await replayErasures()
    assert.deepEqual(replayed.outcome, { status: 'absent' })
    await production()
  })
})
