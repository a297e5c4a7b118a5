import { createHash } from 'node:crypto'
import { test } from '@japa/runner'
import { SigningKey } from '#audit/keys'
import { readChain } from '#audit/reader'
import { statement, type SealRow } from '#audit/rows'
import { AuditLab, asSql } from '#tests/support/audit_lab'

const REHASH = `event_hash = sha256('\\x00'::bytea || convert_to(header, 'UTF8'))`

/** What a superuser with triggers off can do to three sealed events. */
const TAMPERINGS = [
  {
    name: 'an edit',
    sql: `update audit.events set action = 'gate.approved' where organisation_id = $1 and seq = (
      select min(seq) from audit.events where organisation_id = $1)`,
    found: ['header_mismatch'],
  },
  {
    name: 'an edit with its header and hash made anew',
    sql: `with edited as (
        select id, replace(header, 'raid_item.updated', 'gate.approved') as header
        from audit.events where organisation_id = $1 order by seq limit 1)
      update audit.events e set action = 'gate.approved', header = edited.header,
        event_hash = sha256('\\x00'::bytea || convert_to(edited.header, 'UTF8'))
      from edited where e.organisation_id = $1 and e.id = edited.id`,
    found: ['seal_root'],
  },
  {
    name: 'an edited header',
    sql: `update audit.events set header = replace(header, 'request-1', 'request-2')
      where organisation_id = $1`,
    found: ['event_hash', 'header_mismatch'],
  },
  {
    name: 'an edited time',
    sql: `update audit.events set occurred_at = occurred_at - interval '1 microsecond'
      where organisation_id = $1`,
    found: ['header_mismatch'],
  },
  {
    name: 'edited facts',
    sql: `update audit.events set facts = '{"ref": "ATLAS-R2"}' where organisation_id = $1`,
    found: ['header_mismatch'],
  },
  {
    name: 'a deleted event',
    sql: `with gone as (delete from audit.events where id = (
        select id from audit.events where organisation_id = $1 limit 1) returning id)
      delete from audit.event_values
      where organisation_id = $1 and event_id in (select id from gone)`,
    found: ['seal_count', 'seal_root'],
  },
  {
    name: 'a deleted event whose values stayed',
    sql: `delete from audit.events where id = (
      select id from audit.events where organisation_id = $1 limit 1)`,
    found: ['event_missing', 'seal_count', 'seal_root'],
  },
  {
    name: 'an edited value',
    sql: `update audit.event_values set value = '{"after": "All well"}' where organisation_id = $1`,
    found: ['value_mismatch'],
  },
  {
    name: 'a value tagged with another person to dodge erasure',
    sql: `update audit.event_values set subject_ref = gen_random_uuid() where organisation_id = $1`,
    found: ['value_mismatch'],
  },
  {
    name: 'a deleted value',
    sql: `delete from audit.event_values where organisation_id = $1 and ctid = (
      select min(ctid) from audit.event_values where organisation_id = $1)`,
    found: ['value_missing'],
  },
  {
    name: 'an added value',
    sql: `insert into audit.event_values (organisation_id, event_id, path, salt, value)
      select organisation_id, id, 'note', 'x', '{}' from audit.events
      where organisation_id = $1 limit 1`,
    found: ['value_unpromised'],
  },
  {
    name: 'values swapped between two events',
    sql: `update audit.event_values v set value = o.value, salt = o.salt from audit.event_values o
      where v.organisation_id = $1 and o.organisation_id = $1 and o.event_id <> v.event_id`,
    found: ['value_mismatch'],
  },
  {
    name: 'a value blanked without a redaction event',
    sql: `update audit.event_values set value = null, salt = null, redacted_at = now()
      where organisation_id = $1`,
    found: ['unlawful_redaction'],
  },
  {
    name: 'an event forged beneath the last seal',
    sql: `insert into audit.events (id, organisation_id, txid, occurred_at, actor_kind, action,
        entity_type, entity_id, facts, header, event_hash)
      select id, $1, txid, at, 'system', 'gate.approved', 'gate', id, '{}', header,
        sha256('\\x00'::bytea || convert_to(header, 'UTF8'))
      from (select *, audit.header($1, id, txid, at, null, 'system', null, 'gate.approved', 'gate',
          id, null, '{}', '{}') as header
        from (select gen_random_uuid() as id, min(txid) as txid, min(occurred_at) as at
          from audit.events where organisation_id = $1) earliest) forged`,
    found: ['seal_count', 'seal_root'],
  },
  {
    name: 'an event forged beneath the whole chain',
    sql: `insert into audit.events (id, organisation_id, txid, occurred_at, actor_kind, action,
        entity_type, entity_id, facts, header, event_hash)
      select id, $1, 0, at, 'system', 'gate.approved', 'gate', id, '{}', header,
        sha256('\\x00'::bytea || convert_to(header, 'UTF8'))
      from (select *, audit.header($1, id, 0, at, null, 'system', null, 'gate.approved', 'gate',
          id, null, '{}', '{}') as header
        from (select gen_random_uuid() as id, now() - interval '1 year' as at) oldest) forged`,
    found: ['event_outside_seal'],
  },
  {
    name: 'an event moved to another transaction',
    sql: `update audit.events set txid = txid + 1 where organisation_id = $1 and seq = (
      select max(seq) from audit.events where organisation_id = $1)`,
    found: ['header_mismatch', 'seal_count', 'seal_root'],
  },
  {
    name: 'an edited seal',
    sql: `update audit.seals set root = sha256('x') where organisation_id = $1`,
    found: ['seal_hash', 'seal_root', 'signature_bad'],
  },
  {
    name: 'a deleted seal',
    sql: `delete from audit.seals where organisation_id = $1 and number = 1`,
    found: ['event_outside_seal', 'seal_count', 'seal_link'],
  },
  {
    name: 'a removed signature',
    sql: `delete from audit.checkpoints where organisation_id = $1 and seal_number = 1`,
    found: ['signature_missing'],
  },
  {
    name: 'a false signature',
    sql: `update audit.checkpoints set signature = sha512('x') where organisation_id = $1`,
    found: ['signature_bad'],
  },
]

test.group('Audit attacks', (group) => {
  let lab: AuditLab
  group.each.setup(() => {
    lab = new AuditLab()
    return () => lab.close()
  })

  async function twoSeals() {
    await lab.append({ values: { title: { v: { after: 'First pump' } } } })
    await lab.append({ values: { title: { v: { after: 'Second pump' } } } })
    await lab.seal()
    await lab.append({ values: { title: { v: { after: 'Third pump' } } } })
    await lab.seal()
  }

  test('the application can neither insert, change, remove nor redact: {$self}')
    .with([
      `update audit.events set action = 'x.y'`,
      `delete from audit.events`,
      `truncate audit.events`,
      `insert into audit.events default values`,
      `insert into audit.event_values (path) values ('x')`,
      `update audit.event_values set value = null`,
      `delete from audit.seals`,
      `insert into audit.checkpoints default values`,
      `select audit.redact_subject(gen_random_uuid(), gen_random_uuid())`,
      `select audit.redact_values('[]', gen_random_uuid())`,
      `select audit.redact(app_organisation(), '[]', gen_random_uuid())`,
      `select audit.record(gen_random_uuid(), null, 'system', null, 'a.b', 'c', gen_random_uuid(),
         null, '{}', '{}')`,
      `select audit.seal(app_organisation(), 9)`,
      `select audit.sign(app_organisation(), 1, '0123456789abcdef', sha512('x'))`,
      `select audit.resume_after_restore()`,
      `update audit.clock set lead = 0`,
    ])
    .run(async ({ assert }, sql) => {
      const app = await lab.app()
      await assert.rejects(() => lab.bound(app, () => app.query(sql)), /permission denied/)
    })

  test('the sealer and the privacy role do only their own work')
    .with([
      ['sealer', `update audit.seals set root = sha256('x')`],
      ['sealer', `select audit.redact_subject(gen_random_uuid(), gen_random_uuid())`],
      ['sealer', `select audit.append_many('[]')`],
      ['privacy', `select from audit.event_values`],
      ['privacy', `update audit.event_values set value = null`],
      ['privacy', `select audit.append_many('[]')`],
      ['privacy', `select audit.seal(app_organisation(), 9)`],
    ] as ['sealer' | 'privacy', string][])
    .run(async ({ assert }, [role, sql]) => {
      const client = await lab[role]()
      await assert.rejects(() => lab.bound(client, () => client.query(sql)), /permission denied/)
    })

  test('even a superuser is refused while triggers are on: {$self}')
    .with([
      'update audit.events set seq = default',
      'delete from audit.events',
      'update audit.seals set root = root',
      'delete from audit.checkpoints',
      'delete from audit.event_values',
      'update audit.event_values set value = null, salt = null, redacted_at = now()',
      'truncate audit.events',
      'truncate audit.event_values',
      'truncate audit.seals, audit.checkpoints',
    ])
    .run(async ({ assert }, sql) => {
      await twoSeals()
      const admin = await lab.admin()
      await assert.rejects(() => admin.query(sql), /append-only|lawful redaction/)
    })

  test('pretending to be a replica opens nothing in events and seals', async ({ assert }) => {
    await twoSeals()
    const admin = await lab.admin()
    const replica = (sql: string) =>
      lab.bound(admin, async () => {
        await admin.query('set local session_replication_role = replica')
        await admin.query(sql)
      })
    await assert.rejects(() => replica('update audit.events set action = action'), /append-only/)
    await assert.rejects(() => replica('delete from audit.event_values'), /append-only/)
    await assert.rejects(() => replica('truncate audit.seals'), /append-only/)
  })

  test('a redaction event of another value opens nothing', async ({ assert }) => {
    const [first, second] = [await lab.append(), await lab.append()]
    await lab.redactValues([[first, 'title']])
    const admin = await lab.admin()
    const { rows } = await admin.query(
      `select id from audit.events where organisation_id = $1 and action = 'audit.redacted'`,
      [lab.organisation]
    )
    await assert.rejects(
      () =>
        lab.bound(admin, async () => {
          await admin.query(`select set_config('audit.redaction', $1, true)`, [rows[0].id])
          await admin.query(
            `update audit.event_values set value = null, salt = null, redacted_at = now()
             where event_id = $1`,
            [second]
          )
        }),
      /lawful redaction/
    )
  })

  test('an untouched chain is clean', async ({ assert }) => {
    await twoSeals()
    assert.deepEqual(await lab.problems(), [])
  })

  test('finds {name}')
    .with(TAMPERINGS)
    .run(async ({ assert }, { sql, found }) => {
      await twoSeals()
      const changed = await lab.tamper(sql)
      assert.isAbove(changed, 0)
      assert.deepEqual(await lab.problems(), found)
    })

  test('finds seals rewritten with all their hashes, and then signed with another key', async ({
    assert,
  }) => {
    await twoSeals()
    await lab.tamper(
      `update audit.events set header = replace(header, 'raid_item', 'gate_item'),
        action = replace(action, 'raid_item', 'gate_item'), entity_type = 'gate_item'
       where organisation_id = $1`
    )
    await lab.tamper(`update audit.events set ${REHASH} where organisation_id = $1`)
    const seals = await rebuiltSeals(lab)
    for (const seal of seals) await rewriteSeal(lab, seal)
    assert.deepEqual(await lab.problems(), ['signature_bad'])

    const forger = new SigningKey(Buffer.alloc(32, 9).toString('base64'))
    for (const seal of seals) {
      const signature = forger.sign(statement(seal)).toString('hex')
      await lab.tamper(
        `update audit.checkpoints set key_id = '${forger.id}', signature = '\\x${signature}'
         where organisation_id = $1 and seal_number = ${seal.number}`
      )
    }
    assert.deepEqual(await lab.problems(), ['signature_unknown_key'])
  })

  test('finds a chain cut short, given a seal noted elsewhere', async ({ assert }) => {
    await twoSeals()
    const { lastSeal } = await lab.report()
    const anchors = new Map([[lastSeal!.number, lastSeal!.hash]])
    assert.deepEqual(await lab.problems({ anchors }), [])
    await lab.tamper(
      `with cut as (delete from audit.seals where organisation_id = $1 and number = 2 returning *),
         unsigned as (delete from audit.checkpoints where organisation_id = $1 and seal_number = 2),
         events as (delete from audit.events e using cut
           where e.organisation_id = $1 and e.txid > cut.from_txid returning e.id)
       delete from audit.event_values
       where organisation_id = $1 and event_id in (select id from events)`
    )
    assert.deepEqual(await lab.problems(), [])
    assert.deepEqual(await lab.problems({ anchors }), ['anchor_mismatch'])
  })

  test('finds an event that claims a time after its seal', async ({ assert }) => {
    await twoSeals()
    await lab.tamper(
      `update audit.events set occurred_at = now() + interval '1 day' where organisation_id = $1`
    )
    assert.deepEqual(await lab.problems(), ['event_postdates_seal', 'header_mismatch'])
  })
})

/** The seals as a forger would compute them over what the tables now say. */
async function rebuiltSeals(lab: AuditLab): Promise<SealRow[]> {
  const admin = await lab.admin()
  const seals: SealRow[] = []
  for await (const row of readChain(asSql(admin), lab.organisation)) {
    if (row.kind !== 'seal') continue
    const { rows } = await admin.query(
      `select encode(audit.merkle_root(
         string_agg(event_hash, ''::bytea order by txid, seq)), 'hex') as root
       from audit.events where organisation_id = $1 and txid > $2 and txid <= $3`,
      [lab.organisation, row.from, row.to]
    )
    const seal = { ...row, root: rows[0].root, previous: seals.at(-1)?.hash ?? null }
    seals.push({ ...seal, hash: createHash('sha256').update(statement(seal)).digest('hex') })
  }
  return seals
}

function rewriteSeal(lab: AuditLab, { number, root, previous, hash }: SealRow) {
  const before = previous ? `'\\x${previous}'` : 'null'
  return lab.tamper(
    `update audit.seals set root = '\\x${root}', prev_hash = ${before}, seal_hash = '\\x${hash}'
     where organisation_id = $1 and number = ${number}`
  )
}
