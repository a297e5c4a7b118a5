import { test } from '@japa/runner'
import { scoring } from '#models/raid/scoring'
import RaidScoring from '#models/raid_scoring'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { actionsOf, asSeen, scoringForm } from '#tests/support/settings'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

const PATH = '/settings/scoring'

test.group('Settings: RAID scoring', () => {
  test('every organisation begins with the usual bands', async ({ assert, client }) => {
    const world = await World.create()
    const { mediumFrom, highFrom, severeFrom, appetite } = await world.inside(() =>
      RaidScoring.current()
    )
    assert.deepEqual([mediumFrom, highFrom, severeFrom, appetite], [5, 10, 20, 9])
    const { bands, appetite: usual } = scoring()
    const without = [bands.medium.from, bands.high.from, bands.severe.from, usual]
    assert.deepEqual(without, [5, 10, 20, 9], 'also where there is no organisation yet')
    const page = await client.get(PATH).as(await world.person('pmo'))
    for (const text of ['Low, 1 to 4', 'Medium, 5 to 9', 'High, 10 to 16', 'Severe, 20 to 25']) {
      assert.include(page.text(), text)
    }
  })

  test('{role} changes bands, appetite and stops, once in the trail')
    .with((['owner', 'admin', 'pmo'] as const).map((role) => ({ role })))
    .run(async ({ client, assert }, { role }) => {
      const world = await World.create()
      const person = await Walk.begin(client, await world.person(role))
      await person.open(PATH)
      const fields = {
        medium_from: 4,
        high_from: 8,
        severe_from: 15,
        appetite: 6,
        likelihood_label_4: 'Likely',
        likelihood_meaning_4: 'More often than not',
      }
      for (const version of [1, 2]) {
        const page = await person.submitAndFollow(
          PATH,
          scoringForm({ ...fields, lock_version: version }),
          'PUT'
        )
        assert.include(page.text(), 'The settings were saved.')
        for (const text of ['Low, 1 to 3', 'Medium, 4 to 6', 'High, 8 to 12', 'Severe, 15 to 25']) {
          assert.include(page.text(), text)
        }
        assert.include(page.text(), 'accept threats scored above 6')
      }
      assert.containSubset(await asSeen('raid_scoring', world.organisationId), {
        severe_from: 15,
        lock_version: 2,
        likelihood_labels: ['Very low', 'Low', 'Medium', 'Likely', 'Very high'],
        likelihood_meanings: ['', '', '', 'More often than not', ''],
      })
      assert.deepEqual(await actionsOf(world.organisationId), ['raid_scoring.updated'])
      const jobs = await sql(
        admin(),
        `select 1 from graphile_worker._private_jobs jobs
           join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id
          where tasks.identifier = 'rate_issues' and payload->>'organisationId' = ?`,
        [world.organisationId]
      )
      assert.lengthOf(jobs, 1, 'issues are rated anew')
    })

  test('an auditor reads what the stops mean and changes nothing; others see neither', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const pmo = await world.person('pmo')
    const meaning = 'Over half of the budget'
    await client
      .put(PATH)
      .as(pmo)
      .form(scoringForm({ impact_meaning_5: meaning }))
    const auditor = await world.person('auditor')
    const read = await client.get(PATH).as(auditor)
    read.assertStatus(200)
    assert.include(read.text(), meaning)
    assert.notInclude(read.text(), 'Save settings')
    const refused = await client
      .put(PATH)
      .as(auditor)
      .form(scoringForm({ lock_version: 2 }))
    refused.assertStatus(403)
    for (const role of ['manager', 'sponsor', 'team', 'stranger'] as const) {
      const response = await client.get(PATH).as(await world.person(role))
      response.assertStatus(403)
    }
    assert.equal((await asSeen('raid_scoring', world.organisationId)).lock_version, 2)
  })

  test('what is wrong is said beside the field, and what was typed is kept', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const pmo = await Walk.begin(client, await world.person('pmo'))
    await pmo.open(PATH)
    const wrong: [Record<string, unknown>, string][] = [
      [{ medium_from: 1 }, 'Enter a number from 2 to 23'],
      [{ severe_from: 26 }, 'Enter a number from 4 to 25'],
      [{ high_from: '9.5' }, 'Enter a whole number'],
      [{ appetite: 'all' }, 'Enter a whole number'],
      [{ high_from: 5 }, 'High begins above Medium: enter more than 5'],
      [{ severe_from: 8 }, 'Severe begins above High: enter more than 10'],
      [
        { high_from: 17, severe_from: 19 },
        'No likelihood times impact makes a score from 17 to 18: High would stay empty',
      ],
      [{ likelihood_label_2: ' very LOW ' }, 'Another stop is called this already'],
      [{ impact_label_1: '' }, 'Enter a name'],
      [{ impact_label_1: 'x'.repeat(25) }, 'Keep this to 24 characters'],
      [{ impact_meaning_1: 'x'.repeat(201) }, 'Keep this to 200 characters'],
    ]
    for (const [fields, message] of wrong) {
      const page = await pmo.submitAndFollow(
        PATH,
        scoringForm({ impact_meaning_3: 'As typed', ...fields }),
        'PUT'
      )
      assert.include(page.text(), message)
      assert.include(page.text(), 'value="As typed"')
    }
    assert.equal((await asSeen('raid_scoring', world.organisationId)).lock_version, 1)
  })

  test('two tabs: the later one sees both versions and what it wrote', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const [pmo, owner] = [await world.person('pmo'), await world.person('owner')]
    await client
      .put(PATH)
      .as(pmo)
      .form(scoringForm({ appetite: 12 }))
    const stale = await client
      .put(PATH)
      .as(owner)
      .form(scoringForm({ impact_label_5: 'Ruinous' }))
    stale.assertStatus(409)
    for (const text of ['Appetite', 'Impact 5, name', 'Ruinous', 'pmo person saved']) {
      assert.include(stale.text(), text)
    }
    assert.equal((await asSeen('raid_scoring', world.organisationId)).lock_version, 2)
  })
})
