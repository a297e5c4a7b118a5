import { test } from '@japa/runner'
import { alarmRetention } from '#privacy/retention/alarm'
import { enforcers } from '#privacy/retention/enforcers'
import { retain } from '#privacy/retention/round'
import { retentionRules, ruleVersion, timedRules } from '#registries/retention'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin, quietly } from '#tests/support/admin'
import { registerStaff, World } from '#tests/support/world'
import { cases, grow, runsOf } from '#tests/support/retention_cases'

test.group('A rule of retention that fails', () => {
  test('stops neither the other rules nor the other organisations, and is told to the desk', async ({
    assert,
  }) => {
    const [broken, sound] = [await World.create(), await World.create()]
    const { add, ages, isKept } = cases.mail
    const id = await add(sound)
    await grow(ages, id, 31)
    const by = {
      ...enforcers,
      mail: {
        scope: 'tenant' as const,
        run: async () => {
          const { organisationId } = Tenancy.current()
          if (organisationId === broken.organisationId) throw new Error('Ada Lovelace is broken')
          return enforcers.mail.run(null as never)
        },
      },
    }
    const done = await retain({ by })
    assert.lengthOf(done, timedRules.length)
    assert.deepEqual(
      done.filter(({ error }) => error).map(({ dataset }) => dataset),
      ['mail']
    )
    assert.isFalse(await isKept(id))
    const [run] = await runsOf('mail')
    assert.equal(run.error, 'Error', 'a code, which quotes nothing')
    const mails = await sql(
      admin(),
      `select status from email_outbox where organisation_id = ? and idempotency_key like 'retention:mail:%'`,
      [PLATFORM]
    )
    assert.lengthOf(mails, 1)
    await retain({ rules: ['mail'] })
    assert.equal(await alarmRetention(), 0)
  })

  test('is told as well when it has not run for 36 hours', async ({ assert }) => {
    await retain()
    const hours = (count: number) => new Date(Date.now() + count * 3_600_000)
    assert.equal(await alarmRetention(hours(35)), 0)
    assert.equal(await alarmRetention(hours(37)), timedRules.length)
    await quietly(`delete from retention_runs where dataset = 'limit'`)
    assert.equal(await alarmRetention(hours(35)), 0)
    assert.equal(await alarmRetention(hours(37)), timedRules.length, 'also one that never ran')
  })

  test('is told by a round, and by none that only counts', async ({ assert }) => {
    await retain()
    await quietly(
      `update retention_runs set started_at = started_at - interval '2 days',
          finished_at = finished_at - interval '2 days' where dataset = 'pack'`
    )
    const told = () =>
      sql(admin(), `select from email_outbox where idempotency_key like 'retention:pack:%'`)
    // One mail a day and rule: those of today must not stand in its place.
    await quietly(
      `update email_outbox set idempotency_key = 'earlier:' || id
        where idempotency_key like 'retention:pack:%'`
    )
    await retain({ rules: ['form'], dryRun: true })
    assert.isEmpty(await told())
    await retain({ rules: ['form'] })
    assert.lengthOf(await told(), 1)
  })
})

test.group('The page of retention', () => {
  test('shows each rule with its last run, to staff alone', async ({ client, assert }) => {
    await retain()
    const page = await client.get('/admin/privacy/retention').as(await registerStaff())
    page.assertStatus(200)
    for (const name of timedRules) assert.include(page.text(), retentionRules[name].label)
    assert.include(page.text(), 'In order')
    assert.notMatch(page.text(), /@(if|else|end)\b/)
    assert.include(page.text(), ruleVersion('mail'))
    const member = await (await World.create()).person('owner')
    const refused = await client.get('/admin/privacy/retention').as(member)
    refused.assertStatus(404)
  })
})
