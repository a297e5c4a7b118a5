import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { jobKinds } from '#jobs/kinds'
import { checkRegistries } from '#privacy/checks/registries'
import { checkSchema, liveSchema } from '#privacy/checks/schema'
import { checkWork } from '#privacy/checks/work'
import type { Finding } from '#privacy/finding'
import { activities } from '#registries/activities'
import { personalData } from '#registries/personal_data'
import { inventory } from '#registries/personal_data_inventory'
import { processors } from '#registries/processors'
import { retentionRules } from '#registries/retention'
import { settings } from '#start/env'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'

test.group('Privacy: the registries', () => {
  test('name every column of the database, no other, and whose it is', async ({ assert }) => {
    const live = await liveSchema(db.connection())
    const [{ count }] = await sql(
      admin(),
      `select count(*)::int as count from information_schema.columns
        where table_schema not in ('information_schema', 'graphile_worker')
          and table_schema not like 'pg\\_%'`
    )
    assert.lengthOf(live.columns, count, 'the application sees as much as the administrator')
    assert.include(live.references, 'public.memberships.user_id')
    assert.deepEqual(checkSchema(live), [])
  })

  test('agree with each other and with the jobs', ({ assert }) => {
    assert.deepEqual(checkRegistries(), [])
    assert.deepEqual(checkWork(), [])
  })

  test('are caught when they leave something out, or keep what is gone', async ({ assert }) => {
    const live = await liveSchema(db.connection())
    const grown = { ...live, columns: [...live.columns, 'public.users.telephone'] }
    assert.include(texts(checkSchema(grown)), 'public.users.telephone is not classified')
    const shrunk = { ...live, columns: live.columns.filter((name) => !name.endsWith('users.name')) }
    assert.include(texts(checkSchema(shrunk)), 'public.users.name is gone')
    const referring = { ...live, references: ['public.users.email'] }
    assert.include(texts(checkSchema(referring)), 'public.users.email refers to a person')
  })

  test('are caught when a table stands where nobody looks', async ({ assert, cleanup }) => {
    const trx = await admin().transaction()
    cleanup(() => trx.rollback())
    await trx.rawQuery('create schema elsewhere create table visitors (email text)')
    assert.include(
      texts(checkSchema(await liveSchema(trx))),
      'elsewhere.visitors.email is not classified'
    )
  })

  test('are caught when a column could hold a password', ({ assert }) => {
    const column = 'public.users.password_hash'
    const known = new Map([[column, personalData.get('public.users.subject')!]])
    assert.deepEqual(texts(checkSchema({ columns: [column], references: [] }, known)), [
      `${column}: the product keeps no passwords`,
    ])
  })

  test('are caught when a job or a rule has no counterpart', ({ assert }) => {
    const { sweep_sessions: gone, ...others } = jobKinds
    const found = texts(checkWork({ ...others, mine_data: { ...gone, schedule: undefined } }))
    assert.include(found, 'the job mine_data belongs to no activity')
    assert.include(found, 'the job sweep_sessions is gone')
    assert.include(found, 'nothing sees to the rule session')
  })

  test('are caught when what is kept for hours is looked at once a day', ({ assert }) => {
    const daily = { ...jobKinds.sweep_replies, schedule: '29 3 * * *' }
    assert.deepEqual(texts(checkWork({ ...jobKinds, sweep_replies: daily })), [
      'the rule reply speaks of hours, and nothing sees to it every hour',
    ])
  })

  test('are caught when a processor receives nothing, or a stranger receives something', ({
    assert,
  }) => {
    const [first, ...rest] = processors
    const renamed = [{ ...first, name: 'Somebody' }, ...rest]
    const found = texts(
      checkRegistries({ activities, inventory, processors: renamed, retentionRules })
    )
    assert.include(found, 'Somebody is a processor and receives nothing')
    assert.include(found, `${first.name} receives data and is no registered processor`)
  })

  test('are caught when data leaves the UK and the EEA without a safeguard', ({ assert }) => {
    const bare = processors.map((one) => ({ ...one, transfer: null }))
    const found = texts(
      checkRegistries({ activities, inventory, processors: bare, retentionRules })
    )
    const abroad = processors.filter(({ region }) => region !== 'European Union')
    assert.isNotEmpty(abroad)
    for (const { name } of abroad) {
      assert.include(found, `${name} takes data out of the UK and the EEA without a safeguard`)
    }
  })
})

test.group('Privacy: the register of processors', () => {
  test('{name} is fully described')
    .with(processors)
    .run(({ assert }, processor) => {
      for (const [field, value] of Object.entries(processor)) {
        if (['transfer', 'setting', 'needsConsent', 'trains'].includes(field)) continue
        assert.isNotEmpty(value, field)
      }
      for (const setting of [processor.setting, processor.hostSetting, processor.agreement]) {
        if (setting) assert.property(settings, setting, 'read it in start/env.ts')
      }
      assert.isTrue(processor.transfer !== null || processor.region === 'European Union')
      assert.isFalse(processor.trains)
    })
})

function texts(findings: Finding[]) {
  return findings.map(({ text }) => text)
}
