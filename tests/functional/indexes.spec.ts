import { test } from '@japa/runner'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'

/** Pairs of indexes of one table of which the second also serves whatever the first could be used for. */
const TOLD_TWICE = `
  with indexes as (
    select indexrelid::regclass::text as name, indrelid, indisunique, indnkeyatts as length,
           indnatts > indnkeyatts as has_more,
           coalesce(pg_get_expr(indpred, indrelid), '') as rows,
           array(select pg_get_indexdef(indexrelid, place, true)
                   from generate_series(1, indnkeyatts) place) as columns
      from pg_index
      join pg_class on pg_class.oid = indexrelid
      join pg_am on pg_am.oid = relam and amname = 'btree'
      join pg_namespace on pg_namespace.oid = relnamespace and nspname in ('public', 'audit')
  )
  select one.name || ' begins ' || other.name as pair from indexes one
    join indexes other on other.indrelid = one.indrelid and other.name <> one.name
     and other.columns[1:one.length] = one.columns and other.rows = one.rows
   where not one.indisunique and not one.has_more order by 1`

test.group('Indexes', () => {
  test('are never a prefix of another', async ({ assert }) => {
    assert.deepEqual(await sql(admin(), TOLD_TWICE), [])
  })
})
