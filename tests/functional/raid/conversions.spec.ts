import { test } from '@japa/runner'
import RaidReader from '#models/raid_reader'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Log } from '#tests/support/raid_log'
import { casesOf, MANAGED } from '#tests/support/rights'
import { Walk } from '#tests/support/walk'

test.group('Converting a risk to an issue', (group) => {
  let log: Log
  let manager: Walk
  group.each.setup(async ({ context }) => {
    log ??= await Log.create()
    manager = await Walk.begin(context.client, log.people.manager)
  })

  test('both stay, linked, and the issue inherits what is known and who may know', async ({
    assert,
    client,
  }) => {
    const { team } = log.people
    const risk = await log.raise('risk', {
      title: 'Flooding',
      description: 'Of the *cellar*',
      currentLikelihood: 4,
      currentImpact: 5,
      ownerLabel: 'The caretaker',
      sensitivity: 'named_people',
      escalation: 'programme',
    })
    await log.world.inside(() =>
      RaidReader.create({ raidItemId: risk.id, membershipId: team.membershipId })
    )
    const page = await manager.submitAndFollow(`${log.urlOf(risk)}/conversion`, { lock_version: 1 })
    for (const text of ['came true', 'Flooding', 'Came from', risk.ref, 'The caretaker']) {
      assert.include(page.text(), text)
    }
    assert.equal((await log.fresh(risk)).status, 'realised')
    assert.isNotNull((await log.fresh(risk)).closed_on)
    const [issue] = await sql(
      admin(),
      `select * from raid_items where project_id = ? and title = 'Flooding' and type = 'issue'`,
      [log.project.id]
    )
    assert.deepEqual(
      [issue.status, issue.severity, issue.sensitivity, issue.escalation, issue.description],
      ['open', 5, 'named_people', 'programme', 'Of the *cellar*']
    )
    const back = await manager.open(log.urlOf(risk))
    assert.include(back.text(), 'Realised as')
    const reader = await (await Walk.begin(client, team)).open(`${log.url}/${issue.id}`)
    reader.assertStatus(200)
    const others = await (
      await Walk.begin(client, log.people.viewer)
    ).open(`${log.url}/${issue.id}`)
    others.assertStatus(404)
    assert.deepEqual(
      (await log.events(risk.id)).map(({ action }) => action),
      ['raid_item.created', 'raid_item.realised']
    )
    const [raised, ...rest] = await log.events(issue.id)
    assert.deepEqual(raised.values.reader_ids, { before: [], after: [team.membershipId] })
    assert.lengthOf(rest, 0)
  })

  for (const status of ['draft', 'closed', 'realised', 'rejected']) {
    test(`a risk that is ${status} stays as it is`, async ({ assert }) => {
      const risk = await log.raise('risk', { status })
      const items = await log.count('raid_items')
      const answer = await manager.submit(`${log.urlOf(risk)}/conversion`, { lock_version: 1 })
      answer.assertStatus(303)
      assert.equal(await log.count('raid_items'), items)
      assert.lengthOf(await log.events(risk.id), 1)
    })
  }

  test('an issue cannot be converted', async ({ assert }) => {
    const issue = await log.raise('issue')
    await manager.open(log.urlOf(issue))
    const page = await manager.submitAndFollow(`${log.urlOf(issue)}/conversion`, {
      lock_version: 1,
    })
    assert.include(page.text(), 'A draft or settled risk cannot become an issue')
  })

  test('of two at one moment one converts', async ({ assert }) => {
    const risk = await log.raise('risk', { title: 'Twice' })
    const convert = () => manager.submit(`${log.urlOf(risk)}/conversion`, { lock_version: 1 })
    await Promise.all([convert(), convert()])
    const rows = await sql(
      admin(),
      `select 1 from raid_items where project_id = ? and title = 'Twice'`,
      [log.project.id]
    )
    assert.lengthOf(rows, 2)
  })

  for (const { role, status, name } of casesOf(MANAGED)) {
    test(name, async ({ assert, client }) => {
      const risk = await log.raise('risk')
      const walk = await Walk.begin(client, log.people[role])
      const answer = await walk.submit(`${log.urlOf(risk)}/conversion`, { lock_version: 1 })
      answer.assertStatus(status)
      assert.lengthOf(await log.events(risk.id), status === 303 ? 2 : 1)
    })
  }
})
