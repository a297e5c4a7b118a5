import { randomBytes } from 'node:crypto'
import { test } from '@japa/runner'
import encryption from '@adonisjs/core/services/encryption'
import { DataKey } from '#encryption/data_key'
import { isSealed, KeyRing, ring, useRing } from '#encryption/key_ring'
import { rotateKeys } from '#privacy/key_rotation'
import { sealedTables } from '#privacy/sealed_tables'
import { queueMail } from '#mails/outbox'
import OutboxMail from '#models/outbox_mail'
import PrivacyRequest from '#models/privacy_request'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { runCommand } from '#tests/support/commands'
import { populated } from '#tests/support/populated'
import { csrfOf, Visitor } from '#tests/support/visitor'
import { World } from '#tests/support/world'

const CANARY = 'canaryplumage'

/** Everything the database holds, as a copy of it would tell. */
async function dump() {
  const tables = await sql(
    admin(),
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('public', 'audit', 'graphile_worker')`
  )
  const rows = await Promise.all(
    tables.map(({ name }) => sql(admin(), `select t::text as row from ${name} t`))
  )
  return rows.flat().map(({ row }) => row as string)
}

async function askWithCanaries() {
  const visitor = new Visitor()
  const page = await visitor.get('/privacy/requests/create')
  const fields = { kind: 'access', name: CANARY, details: `${CANARY} wrote this` }
  await visitor.post('/privacy/requests', {
    _csrf: csrfOf(page.text),
    ...fields,
    email: `${CANARY}`,
  })
  const answer = await visitor.post('/privacy/requests', {
    _csrf: csrfOf(page.text),
    ...fields,
    email: `${randomBytes(6).toString('hex')}@example.test`,
  })
  return answer.location!.split('/').at(-1)!
}

test.group('Columns that the application encrypts', (group) => {
  group.each.teardown(() => useRing(undefined))

  test('hold nothing readable, in any table that names them', async ({ assert }) => {
    await populated()
    await new Visitor().get('/sign-in')
    for (const { name, columns, isShared } of sealedTables()) {
      const moment = isShared ? 'issued_at' : 'created_at'
      for (const column of columns) {
        const [row] = await sql(
          admin(),
          `select ${column} as value from ${name} where ${column} is not null
            order by ${moment} desc limit 1`
        )
        assert.isTrue(isSealed(row?.value), `${name}.${column}`)
      }
    }
  })

  test('are all named by the inventory', async ({ assert }) => {
    await populated()
    const columns = await sql(
      admin(),
      `select table_name as table, column_name as column from information_schema.columns
        where table_schema = 'public' and data_type in ('text', 'USER-DEFINED', 'jsonb')`
    )
    const known = sealedTables().flatMap((one) => one.columns.map((name) => `${one.name}.${name}`))
    for (const { table, column } of columns) {
      const [found] = await sql(
        admin(),
        `select from ${table} where ${column}::text ~ '^"{0,1}s1[.][0-9a-f]{8}[.]' limit 1`
      )
      assert.isTrue(!found || known.includes(`${table}.${column}`), `${table}.${column}`)
    }
  })

  test('leave no plaintext canary in a dump: mails, requests, and forms that were refused', async ({
    assert,
  }) => {
    const world = await World.create()
    const id = await world.inside(() =>
      queueMail({
        template: 'notice',
        to: { email: 'reader@example.test' },
        data: { subject: CANARY, paragraphs: [`Your secret is ${CANARY}`] },
        key: CANARY.slice(0, 6),
      })
    )
    await askWithCanaries()
    const mail = await world.inside(() => OutboxMail.findOrFail(id))
    assert.include(mail.textBody!, `Your secret is ${CANARY}`)
    assert.isEmpty((await dump()).filter((row) => row.includes(CANARY)))
  })

  test('cannot be moved to another column', async ({ assert }) => {
    const world = await World.create()
    const id = await world.inside(() =>
      queueMail({
        template: 'notice',
        to: { email: 'reader@example.test' },
        data: { subject: 'Subject', paragraphs: ['Body'] },
        key: 'moved',
      })
    )
    await sql(admin(), 'update email_outbox set subject = text_body where id = ?', [id])
    await assert.rejects(() => world.inside(() => OutboxMail.findOrFail(id)), /something else/)
    await withNextKey(async () => {
      const found = (await rotateKeys()).find(({ table }) => table === 'email_outbox')!
      assert.equal(found.unreadable, 1, 'rotation says so, and goes on')
    })
    await sql(admin(), 'update email_outbox set subject = null, text_body = null where id = ?', [
      id,
    ])
  })
})

test.group('Rotation of keys', (group) => {
  group.each.teardown(() => useRing(undefined))

  test('seals everything anew, in every organisation, and nothing twice', async ({ assert }) => {
    const worlds = [await World.create(), await World.create()]
    const ids: string[] = []
    for (const world of worlds) ids.push(await queued(world))
    const ref = await askWithCanaries()
    await withNextKey(async (second) => {
      const counted = total(await rotateKeys({ dryRun: true }))
      assert.isAbove(counted, 3)
      assert.equal(total(await rotateKeys({ rowsAtOnce: 3 })), counted)
      assert.equal(total(await rotateKeys()), 0)

      useRing(new KeyRing(second))
      for (const [index, world] of worlds.entries()) {
        const mail = await world.inside(() => OutboxMail.findOrFail(ids[index]))
        assert.include(mail.textBody!, 'Body')
      }
      const request = await Tenancy.system(PLATFORM, () => PrivacyRequest.findByRef(ref))
      assert.equal(request!.contact!.name, CANARY)
      const [told] = await sql(
        admin(),
        `select facts from audit.events where action = 'encryption.rotated' order by seq desc offset 1`
      )
      assert.deepEqual(told.facts, { count: counted, version: second.id })
    })
  })

  test('goes on where it was cut off, and rows of either key are read meanwhile', async ({
    assert,
  }) => {
    const world = await World.create()
    const ids = [await queued(world, 'one'), await queued(world, 'two'), await queued(world, 'six')]
    await withNextKey(async () => {
      const usual = Tenancy.system
      let rounds = 0
      Tenancy.system = ((organisation: string, work: any) => {
        if (organisation === world.organisationId && ++rounds === 3) throw new Error('killed')
        return usual.call(Tenancy, organisation, work)
      }) as any
      await assert.rejects(() => rotateKeys({ rowsAtOnce: 1 }), 'killed')
      Tenancy.system = usual
      for (const id of ids) {
        const mail = await world.inside(() => OutboxMail.findOrFail(id))
        assert.include(mail.textBody!, 'Body')
      }
      assert.isAbove(total(await rotateKeys()), 0)
      assert.equal(total(await rotateKeys({ dryRun: true })), 0)
    })
  })

  test('takes in rows from before the ring: sealed with APP_KEY, or not at all', async ({
    assert,
  }) => {
    const world = await World.create()
    const id = await queued(world)
    const ref = await askWithCanaries()
    await sql(admin(), `update email_outbox set subject = 'Plain words' where id = ?`, [id])
    const contact = encryption.encrypt(
      { name: 'Old', email: null },
      { purpose: 'privacy_requests.contact' }
    )
    await sql(admin(), 'update privacy_requests set contact = ? where ref = ?', [contact, ref])
    const read = async () => {
      const mail = await world.inside(() => OutboxMail.findOrFail(id))
      const request = await Tenancy.system(PLATFORM, () => PrivacyRequest.findByRef(ref))
      return [mail.subject, request!.contact!.name]
    }
    assert.deepEqual(await read(), ['Plain words', 'Old'])
    await rotateKeys()
    assert.deepEqual(await read(), ['Plain words', 'Old'])
    const [{ subject }] = await sql(admin(), 'select subject from email_outbox where id = ?', [id])
    assert.isTrue(isSealed(subject))
  })
})

test.group('Rows that no key opens', () => {
  test('are counted and left as they are, also those under an APP_KEY that is gone', async ({
    assert,
    cleanup,
  }) => {
    const world = await World.create()
    const id = await queued(world)
    // For another purpose, which opens it as little as another key.
    const gone = encryption.encrypt('Subject', { purpose: 'sealed elsewhere' })
    const set = (value: string | null) =>
      sql(admin(), 'update email_outbox set subject = ? where id = ?', [value, id])
    cleanup(async () => void (await set(null)))
    await set(gone)
    const { exitCode, said } = await runCommand('privacy:rotate-keys')
    assert.equal(exitCode, 1)
    assert.match(
      said,
      /email_outbox: 1 rows were left as they are\. No key opens them\..* as APP_KEY/
    )
    const [{ subject }] = await sql(admin(), 'select subject from email_outbox where id = ?', [id])
    assert.equal(subject, gone)
    const mail = await world.inside(() => OutboxMail.findOrFail(id))
    assert.isNull(mail.subject)
  })
})

/** Works under a new key, and leaves everything sealed under the usual one again. */
async function withNextKey(work: (key: DataKey) => Promise<void>) {
  const first = ring().current
  const second = new DataKey(randomBytes(32).toString('base64'))
  useRing(new KeyRing(second, [first]))
  await work(second)
  useRing(new KeyRing(first, [second]))
  await rotateKeys()
}

function queued(world: World, key = 'kept') {
  return world.inside(() =>
    queueMail({
      template: 'notice',
      to: { email: 'reader@example.test' },
      data: { subject: 'Subject', paragraphs: ['Body'] },
      key,
    })
  )
}

function total(done: { rows: number }[]) {
  return done.reduce((sum, { rows }) => sum + rows, 0)
}
