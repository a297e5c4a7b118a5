import { setTimeout } from 'node:timers/promises'
import { test } from '@japa/runner'
import { leafHash, MerkleTree } from '#audit/merkle'
import { sealLag, sealOrganisation } from '#audit/sealer'
import { AuditLab, appendTo, asSql, connect } from '#tests/support/audit_lab'

test.group('Audit sealing', (group) => {
  let lab: AuditLab
  group.each.setup(() => {
    lab = new AuditLab()
    return () => lab.close()
  })

  const counts = (sealed: { events: number }[]) => sealed.map(({ events }) => events)

  test('seals each event once, and nothing when nothing is new', async ({ assert }) => {
    await lab.append()
    await lab.append()
    assert.deepEqual(counts(await lab.seal()), [2])
    assert.deepEqual(await lab.seal(), [])
    await lab.append()
    assert.deepEqual(counts(await lab.seal()), [1])
    const report = await lab.report()
    assert.isTrue(report.clean)
    assert.equal(report.seals, 2)
    assert.equal(report.unsealed, 0)
  })

  test('waits for an older transaction, then seals it exactly once', async ({ assert }) => {
    const late = await connect('DATABASE_URL')
    await late.query('begin')
    await late.query(`select set_config('app.organisation_id', $1, true)`, [lab.organisation])
    await appendTo(late)
    await lab.append()
    await lab.append()
    assert.deepEqual(await lab.seal(), [])
    const stalled = await lab.report({ lagAllowedSeconds: -1 })
    assert.deepEqual(
      stalled.problems.map(({ code }) => code),
      ['sealing_lag']
    )
    await late.query('commit')
    await late.end()
    assert.deepEqual(counts(await lab.seal()), [3])
    assert.deepEqual(await lab.problems(), [])
  })

  test('tells how long the oldest unsealed event has waited', async ({ assert }) => {
    await lab.append()
    const sealer = await lab.sealer()
    await setTimeout(50)
    assert.isAbove(await sealLag(asSql(sealer)), 0.05)
  })

  test('lets two sealers take turns', async ({ assert }) => {
    const other = await connect('DATABASE_SEALER_URL')
    for (let round = 0; round < 5; round++) {
      for (let index = 0; index < 5; index++) await lab.append()
      const sealed = await Promise.all([
        lab.seal(),
        sealOrganisation(asSql(other), lab.key, lab.organisation),
      ])
      assert.equal(
        counts(sealed.flat()).reduce((sum, count) => sum + count, 0),
        5
      )
    }
    await other.end()
    const report = await lab.report()
    assert.isTrue(report.clean)
    assert.equal(report.seals, 5)
  })

  test('keeps the chain clean while eight writers and two sealers run', async ({ assert }) => {
    const writers = await Promise.all(Array.from({ length: 8 }, () => connect('DATABASE_URL')))
    const other = await connect('DATABASE_SEALER_URL')
    let writing = true
    const write = async (client: (typeof writers)[number]) => {
      for (let index = 0; index < 25; index++) {
        await lab.bound(client, async () => {
          await appendTo(client)
          await setTimeout(Math.random() * 5)
          if (index % 5 !== 0) await appendTo(client)
        })
      }
    }
    const sealing = async (client: typeof other) => {
      while (writing) await sealOrganisation(asSql(client), lab.key, lab.organisation)
    }
    const sealers = [sealing(other), sealing(await lab.sealer())]
    await Promise.all(writers.map(write))
    writing = false
    await Promise.all(sealers)
    await lab.seal()
    const report = await lab.report()
    assert.deepEqual(report.problems, [])
    assert.equal(report.events, 8 * 45)
    assert.equal(report.unsealed, 0)
    assert.isAbove(report.seals, 1)
    for (const client of [...writers, other]) await client.end()
  })

  test('cannot commit a seal without a signature', async ({ assert }) => {
    await lab.append()
    const sealer = await lab.sealer()
    await assert.rejects(
      () => lab.bound(sealer, () => sealer.query('select audit.seal($1, 9)', [lab.organisation])),
      /must be signed/
    )
    assert.deepEqual(counts(await lab.seal()), [1])
  })

  test('finds every organisation that waits, and no other', async ({ assert }) => {
    const waiting = new AuditLab()
    await lab.append()
    await lab.seal()
    await waiting.append()
    const sealer = await lab.sealer()
    const { rows } = await sealer.query('select organisation_id as id from audit.unsealed()')
    const ids = rows.map(({ id }) => id)
    assert.include(ids, waiting.organisation)
    assert.notInclude(ids, lab.organisation)
    await waiting.seal()
    await waiting.close()
  })

  test('divides a long backlog without cutting a transaction', async ({ assert }) => {
    for (const count of [3, 4, 6, 1, 1]) await lab.appendAll(count)
    assert.deepEqual(counts(await lab.seal(5)), [7, 6, 2])
    assert.deepEqual(await lab.problems(), [])
  })

  test('computes the Merkle root as RFC 6962 does', async ({ assert }) => {
    const sealer = await lab.admin()
    const root = async (count: number) => {
      const { rows } = await sealer.query(
        `select encode(audit.merkle_root(coalesce(
           string_agg(audit.event_hash(leaf), ''::bytea order by leaf), '')), 'hex') as root
         from unnest($1::text[]) leaf`,
        [Array.from({ length: count }, (_, index) => String(index).padStart(4, '0'))]
      )
      return rows[0].root
    }
    const tree = new MerkleTree()
    for (let count = 0; count <= 130; count++) {
      assert.equal(await root(count), tree.root().toString('hex'), `${count} leaves`)
      tree.add(leafHash(Buffer.from(String(count).padStart(4, '0'))))
    }
  })

  test('refuses to seal when transaction numbers went backwards', async ({ assert }) => {
    await lab.append()
    await lab.seal()
    await lab.tamper(
      `update audit.seals set to_txid = to_txid * 1000000 where organisation_id = $1`
    )
    await assert.rejects(() => lab.seal(), /was restored/)
  })

  test('numbers new transactions above restored ones when told to resume', async ({ assert }) => {
    await lab.append()
    const admin = await lab.admin()
    await admin.query('begin')
    await admin.query('alter table audit.events disable trigger append_only')
    await admin.query('update audit.events set txid = 10 ^ 12 where organisation_id = $1', [
      lab.organisation,
    ])
    const next = async () => {
      const { rows } = await admin.query('select audit.txid()::float8 as txid')
      return rows[0].txid
    }
    assert.isBelow(await next(), 10 ** 12)
    await admin.query('select audit.resume_after_restore(), audit.resume_after_restore()')
    assert.equal(await next(), 10 ** 12 + 1)
    await admin.query('rollback')
  })
})
