import { test } from '@japa/runner'
import { cookies } from '#registries/cookies'
import { personalData } from '#registries/personal_data'
import { inventory } from '#registries/personal_data_inventory'
import { processors } from '#registries/processors'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'

const WHERE = 'app/registries/personal_data_inventory.ts'

test.group('Privacy: the inventory of personal data', () => {
  test('names every column of the database, and no other', async ({ assert }) => {
    const rows = await sql(
      admin(),
      `select table_schema || '.' || table_name || '.' || column_name as name
         from information_schema.columns
        where table_schema in ('public', 'audit', 'directory')`
    )
    const present = new Set(rows.map(({ name }) => name))
    const unclassified = [...present].filter((name) => !personalData.has(name))
    const stale = [...personalData.keys()].filter((name) => !present.has(name))
    assert.deepEqual(unclassified, [], `classify these in ${WHERE}`)
    assert.deepEqual(stale, [], `these are gone: remove them from ${WHERE}`)
  })

  test('names each column once, and excepts only columns it names', ({ assert }) => {
    for (const [table, { columns, except = {} }] of Object.entries(inventory)) {
      const names = Object.values(columns).flatMap((list) => list.split(/\s+/))
      assert.lengthOf(names, new Set(names).size, `${table} names a column twice`)
      assert.includeMembers(names, Object.keys(except), table)
    }
  })

  test('says whose every personal column is', ({ assert }) => {
    for (const [name, column] of personalData) {
      if (column.class === 'none') continue
      assert.isNotNull(
        column.subject,
        `${name} is personal, so its table names a subject in ${WHERE}`
      )
    }
  })

  test('names and addresses never reach logs or the assistant, and do not outlive an erasure', ({
    assert,
  }) => {
    for (const [name, column] of personalData) {
      if (column.class !== 'identity' && column.class !== 'contact') continue
      assert.isFalse(column.log, name)
      assert.equal(column.ai, 'never', name)
      assert.notEqual(column.erase, 'keep', name)
    }
  })

  test('every reference to a person is known as one', async ({ assert }) => {
    const rows = await sql(
      admin(),
      `select c.conrelid::regclass::text as table, a.attname as column
         from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid
          and a.attnum = any (c.conkey) and a.attname <> 'organisation_id'
        where c.contype = 'f' and c.confrelid in
            ('users'::regclass, 'memberships'::regclass, 'external_resources'::regclass)`
    )
    for (const { table, column } of rows) {
      assert.equal(
        personalData.get(`public.${table}.${column}`)?.class,
        'pseudonym',
        `${table}.${column}`
      )
    }
  })
})

test.group('Privacy: the register of processors', () => {
  test('{name} is fully described')
    .with(processors)
    .run(({ assert }, processor) => {
      for (const [field, value] of Object.entries(processor)) {
        if (['transfer', 'setting', 'needsConsent'].includes(field)) continue
        assert.isNotEmpty(value, field)
      }
      assert.isTrue(processor.transfer !== null || processor.region === 'European Union')
    })

  test('whoever sets analytics cookies waits for consent', ({ assert }) => {
    const analytics = new Set(
      cookies.filter(({ category }) => category === 'analytics').map(({ provider }) => provider)
    )
    for (const { name, needsConsent } of processors) {
      assert.equal(needsConsent, analytics.has(name), name)
    }
  })
})
