import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { test } from '@japa/runner'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { populated } from '#tests/support/populated'
import type { World } from '#tests/support/world'

type ForeignKey = {
  name: string
  child: string
  parent: string
  /** Child columns and the parent columns they name, in the constraint's order. */
  columns: string[]
  targets: string[]
  key: string[]
}

/** Foreign keys of tenant tables, whatever they point to. */
function foreignKeys(): Promise<ForeignKey[]> {
  return sql(
    admin(),
    `with tenant as (
       select a.attrelid as oid from pg_attribute a join pg_class c on c.oid = a.attrelid
        where a.attname = 'organisation_id' and c.relkind in ('r', 'p')
     )
     select f.conname as name, f.conrelid::regclass::text as child,
       f.confrelid::regclass::text as parent,
       array(select attname::text from unnest(f.conkey) with ordinality k(n, i)
              join pg_attribute on attrelid = f.conrelid and attnum = k.n order by k.i) as columns,
       array(select attname::text from unnest(f.confkey) with ordinality k(n, i)
              join pg_attribute on attrelid = f.confrelid and attnum = k.n order by k.i) as targets,
       array(select attname::text from pg_index join pg_attribute on attrelid = indrelid
              and attnum = any (indkey) where indrelid = f.conrelid and indisprimary) as key
       from pg_constraint f
      where f.contype = 'f' and f.conrelid in (select oid from tenant)
        and f.confrelid in (select oid from tenant) and f.conparentid = 0
      order by 2, 1`
  )
}

test.group('Tenancy: foreign keys alone, as a superuser', () => {
  test('each carries the organisation on both sides', async ({ assert }) => {
    const keys = await foreignKeys()
    assert.isAbove(keys.length, 15)
    for (const { name, columns, targets } of keys) {
      const position = columns.indexOf('organisation_id')
      assert.notEqual(position, -1, `${name} does not contain organisation_id`)
      assert.equal(targets[position], 'organisation_id', `${name} pairs the organisations wrongly`)
    }
  })

  test('each column that names another row has one', async ({ assert }) => {
    const covered = new Set(
      (await foreignKeys()).flatMap(({ child, columns }) => columns.map((c) => `${child}.${c}`))
    )
    const named = await sql(
      admin(),
      `select table_name || '.' || column_name as name from information_schema.columns c
        where table_schema = 'public' and data_type = 'uuid'
          and column_name not in ('id', 'organisation_id') and exists (
            select from information_schema.columns o where o.table_schema = c.table_schema
              and o.table_name = c.table_name and o.column_name = 'organisation_id')`
    )
    const loose = named.map(({ name }) => name).filter((name) => !covered.has(name))
    const accounts = [
      'consent_records.user_id',
      'erasures.user_id',
      'erasures.started_by',
      'erasure_finds.decided_by',
      // A name may be found in any organisation; the find itself stands with the platform.
      'erasure_finds.place_organisation_id',
      'feedback.user_id',
      'memberships.user_id',
      'person_flags.user_id',
      'policy_notices.user_id',
      'privacy_exports.user_id',
      'privacy_request_entries.author_id',
      'privacy_requests.handler_id',
      'privacy_requests.user_id',
      'sent_forms.user_id',
      'staff_accesses.user_id',
      // What an alert is about may be of any kind.
      'system_alerts.target_id',
      // An event goes with an erased project; what was told of it stays in the log until its time is over.
      'webhook_deliveries.event_id',
    ]
    assert.sameMembers(loose, accounts, 'accounts alone stand outside the tenants')
  })

  test('a reference into another organisation is refused', async ({ assert }) => {
    const a = await populated('A')
    const b = await populated('B')
    const keys = await foreignKeys()
    for (const key of keys) {
      await assert.rejects(
        () => pointAcross(key, keys, a.world, b.world),
        new RegExp(`violates foreign key constraint "${key.name}"`)
      )
    }
  })
})

/** Points one of A's rows at one of B's, rolled back in any case. */
async function pointAcross(key: ForeignKey, keys: ForeignKey[], a: World, b: World) {
  const pairs = key.columns
    .map((column, index) => ({ column, target: key.targets[index] }))
    .filter(
      ({ column }) =>
        column !== 'organisation_id' && !isIdentity(key, column) && !isShared(key, keys, column)
    )
  const [column, target] = [
    pairs.map((pair) => pair.column).join(', '),
    pairs.map((pair) => pair.target).join(', '),
  ]
  const trx = await admin().transaction()
  try {
    await sql(trx, 'set constraints all immediate')
    await dropChecks(trx, key.child)
    const changed = await sql(
      trx,
      `update ${key.child} set (${column}) =
         row (${pairs.map(
           (pair) => `(select ${pair.target} from ${key.parent}
            where organisation_id = ? order by id desc limit 1)`
         )})
        where ctid = (select ctid from ${key.child} where organisation_id = ?
                      order by ${key.key.includes('id') ? 'id' : 'ctid'} desc limit 1)
        returning (${column}) is not null as pointed`,
      [...pairs.map(() => b.organisationId), a.organisationId]
    )
    if (!changed[0]?.pointed) {
      throw new Error(`Add rows of ${key.child} and ${key.parent} to tests/support/populated.ts`)
    }
    return target
  } finally {
    await trx.rollback()
  }
}

/**
 * A rule about several columns, a row that never changes, or what points at the row would refuse the change
 * before the key does; the rollback brings them back.
 */
async function dropChecks(trx: TransactionClientContract, table: string) {
  const checks = await sql(
    trx,
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop
       from pg_constraint where (contype = 'c' and conrelid = ?::regclass)
         or (contype = 'f' and confrelid = ?::regclass and conrelid <> confrelid)`,
    [table, table]
  )
  for (const { drop } of checks) await sql(trx, drop)
  await sql(trx, `alter table ${table} disable trigger user`)
}

/** A row's own id may be part of a reference, such as a project's into its own stages; it stays. */
function isIdentity({ key, columns }: ForeignKey, column: string) {
  return key.includes(column) && columns.length > 2
}

/** Part of another key too, such as the project of a parent task: the columns of this one alone are tried. */
function isShared({ name, child, columns }: ForeignKey, keys: ForeignKey[], column: string) {
  return keys.some(
    (other) =>
      other.child === child &&
      other.name !== name &&
      other.columns.length <= columns.length &&
      columns.length > 2 &&
      other.columns.includes(column)
  )
}
