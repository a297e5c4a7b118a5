import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import Invitation from '#models/invitation'
import { invitationBehind } from '#models/invitation/lookup'
import RetentionSettings from '#models/retention_settings'
import { retain } from '#privacy/retention/round'
import { inventory } from '#registries/personal_data_inventory'
import {
  daysOf,
  retentionRules,
  ruleVersion,
  timedRules,
  type RetentionName,
  type TimedRule,
} from '#registries/retention'
import { sql } from '#tenancy/sql'
import { admin, checksums } from '#tests/support/admin'
import { receive } from '#tests/support/exercises/privacy'
import { populated } from '#tests/support/populated'
import { register, World } from '#tests/support/world'
import { cases, grow, invited, runsOf } from '#tests/support/retention_cases'

test.group('Retention', () => {
  for (const name of timedRules) {
    test(`${name}: what is older than ${daysOf(name)} days goes, what is younger stays`, async ({
      assert,
    }) => {
      const { add, ages, isKept } = cases[name]
      const world = await World.create()
      const [old, young] = [await add(world), await add(world)]
      await grow(ages, old, daysOf(name))
      // A session ends by its use: an hour ago is enough to see that it goes on.
      await grow(ages, young, name === 'session' ? 0 : daysOf(name) - 1 / 24)

      const [counted] = await retain({ rules: [name], dryRun: true })
      assert.isAtLeast(counted.affected, 1)
      assert.isTrue(await isKept(old), 'a dry run changes nothing')
      const [done] = await retain({ rules: [name] })
      assert.equal(done.affected, counted.affected)
      assert.isFalse(await isKept(old))
      assert.isTrue(await isKept(young))

      const [run] = await runsOf(name)
      assert.containsSubset(run, { error: null, rule_version: ruleVersion(name) })
      assert.equal(Number(run.affected), done.affected)
      assert.isAtLeast(run.finished_at.getTime(), run.started_at.getTime())
      assert.closeTo((Date.now() - run.cutoff.getTime()) / 86_400_000, daysOf(name), 0.1)
    })
  }

  test('goes by what an organisation chose, and by the policy elsewhere', async ({ assert }) => {
    const [chose, other] = [await World.create(), await World.create()]
    await chose.inside(() => RetentionSettings.revise({ mailDays: 10, notificationDays: 10 }, 1))
    const kept: Record<string, boolean[]> = {}
    for (const name of ['mail', 'notification'] as const) {
      const { add, ages, isKept } = cases[name]
      const ids = [await add(chose), await add(other)]
      for (const id of ids) await grow(ages, id, 11)
      await retain({ rules: [name] })
      kept[name] = await Promise.all(ids.map(isKept))
    }
    assert.deepEqual(kept, { mail: [false, true], notification: [false, true] })
  })
})

test.group('Retention of what no time ends', (group) => {
  let before: Record<string, string>
  let after: Record<string, string>

  group.setup(async () => {
    const { world } = await populated()
    before = await checksums(world.organisationId)
    await retain()
    after = await checksums(world.organisationId)
  })

  const others = (Object.keys(retentionRules) as RetentionName[]).filter(
    (name) => !timedRules.includes(name as TimedRule) && retentionRules[name].ends !== 'command'
  )
  for (const name of others) {
    test(`${name}: ends with ${retentionRules[name].ends}, never with time`, ({ assert }) => {
      const tables = Object.keys(inventory).filter((table) => inventory[table].retention === name)
      for (const table of tables) assert.equal(after[table], before[table], table)
    })
  }
})

test.group('A session', () => {
  test('goes with the end of its day, whenever it began', async ({ assert }) => {
    const { add, ages, isKept } = cases.session
    const world = await World.create()
    const [over, living] = [await add(world), await add(world)]
    const end = { ...ages, columns: ['expires_at'] }
    await grow(end, over, 1)
    await grow(end, living, 1 - 1 / 24)
    await retain({ rules: ['session'] })
    assert.deepEqual([await isKept(over), await isKept(living)], [false, true])
  })
})

test.group('A request about personal data', () => {
  test('stays as long as it is open, and tells afterwards that there was one', async ({
    assert,
  }) => {
    const open = await receive(await register('patient'), '2020-01-01')
    const closed = await cases.request.add(await World.create())
    await grow(cases.request.ages, closed, daysOf('request') + 1)
    await retain({ rules: ['request'] })
    const [waiting] = await rowsOf(open.id)
    assert.isNotNull(waiting.contact)
    assert.isNotNull(waiting.details)
    const [over] = await rowsOf(closed)
    assert.containsSubset(over, { status: 'refused', refusal_ground: 'nothing_held' })
    assert.isNotNull(over.completed_at)
  })

  function rowsOf(id: string) {
    return sql(admin(), 'select * from privacy_requests where id = ?', [id])
  }
})

test.group('The address of an invitation', () => {
  test('is deleted a week after it lapsed; the list says so', async ({ client, assert }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    const { id, email, token } = await invited(world)
    const age = (days: number) =>
      world.inside(async () => {
        const invitation = await Invitation.findById(id)
        const expiresAt = DateTime.utc().minus({ days })
        await invitation.merge({ expiresAt }).auditAs('invitation.updated').save()
      })
    await age(6)
    await retain({ rules: ['invitation'] })
    assert.include((await client.get('/invitations').as(owner)).text(), email)
    await age(8)
    await retain({ rules: ['invitation'] })
    const page = (await client.get('/invitations').as(owner)).text()
    assert.notInclude(page, email)
    assert.include(page, 'Address no longer kept')
    assert.notInclude(page, `/invitations/${id}`)
    await client.put(`/invitations/${id}`).as(owner)
    const [{ deliveries }] = await sql(admin(), 'select deliveries from invitations where id = ?', [
      id,
    ])
    assert.equal(deliveries, 1)
    const joining = await client.get(`/join/${token}`)
    assert.notInclude(joining.text(), 'erased.invalid')
    assert.isNull(await invitationBehind(token), 'its link leads nowhere')
  })
})
