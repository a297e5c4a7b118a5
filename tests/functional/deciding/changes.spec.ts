import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import type RaidItem from '#models/raid_item'
import { withdraw } from '#models/deciding/withdrawal'
import Round from '#models/deciding/round'
import type GateReview from '#models/gate_review'
import { packOf } from '#models/review/reading'
import { inDays, Table } from '#tests/support/table'
import type { Person } from '#tests/support/world'

test.group('What has changed since a pack was last read', (group) => {
  let table: Table
  let client: ApiClient

  group.each.setup(async ({ context }) => {
    client = context.client
    table = await Table.create()
  })

  /** The cards that tell of changes, by their titles. */
  async function changes(review: GateReview, name = 'one') {
    const page = await client.get(table.urlOfReview(review)).as(table.sitting[name])
    const cards = page
      .text()
      .matchAll(/<section class="card" aria-label="(Changed[^"]*)">(.*?)<\/section>/gs)
    return new Map([...cards].map(([, title, body]) => [title.replace(/ \(.*/, ''), body]))
  }

  const retitle = (item: RaidItem, title: string) =>
    table.quietly('update raid_items set title = ? where id = ?', [title, item.id])

  async function takenBack(review: GateReview) {
    await table.world.inside(async () => {
      await withdraw(
        await Round.locked(await table.present(), review.gateId, review.id),
        'Too soon'
      )
    }, table.people.manager)
  }

  test('is listed between rounds: what came, went and moved', async ({ assert }) => {
    const quay = await table.raise('risk', { nature: 'threat', title: 'The quay sinks' })
    const first = await table.open({ chair: 'chair', one: 'decider' })
    await takenBack(first)
    await retitle(quay, 'The quay sinks at spring tide')
    await table.raise('issue', { title: 'The crane is late' })
    await table.ready()
    const second = await table.submit()
    const told = await changes(second)
    assert.sameMembers([...told.keys()], ['Changed since submission', 'Changed since round 1'])
    assert.include(told.get('Changed since round 1')!, 'The quay sinks at spring tide')
    assert.include(told.get('Changed since round 1')!, 'The crane is late')
    assert.include(told.get('Changed since submission')!, 'Nothing has changed since')
    await retitle(quay, 'The quay is gone')
    const later = await changes(second)
    assert.include(later.get('Changed since submission')!, 'The quay is gone')
    assert.notInclude(later.get('Changed since round 1')!, 'The quay is gone')
    assert.notInclude([...(await changes(first)).keys()], 'Changed since submission')
  })

  test('reaches factors, targets, proximity and the dates of gates to come', async ({ assert }) => {
    const quay = await table.raise('risk', {
      nature: 'threat',
      title: 'The quay sinks',
      currentLikelihood: 3,
      currentImpact: 4,
      targetLikelihood: 1,
      targetImpact: 4,
      proximity: 'beyond',
    })
    await table.dates(inDays(40), inDays(40), table.gates[1])
    const review = await table.open({ chair: 'chair', one: 'decider' })
    await table.quietly(
      `update raid_items set current_likelihood = 4, current_impact = 3, target_likelihood = 2,
         proximity = 'imminent', trigger_on = '2027-03-04' where id = ?`,
      [quay.id]
    )
    await table.dates(inDays(40), '2031-05-06', table.gates[1])
    const told = (await changes(review)).get('Changed since submission')!
    for (const words of [
      'Likelihood',
      'Impact',
      'Target score',
      'Proximity',
      'Imminent',
      'Trigger date',
      '4 Mar 2027',
      'Gate, forecast',
      '6 May 2031',
    ]) {
      assert.include(told, words)
    }
    assert.notInclude(told, 'Band')
  })

  test('is listed between gates, for each decider since they last approved', async ({ assert }) => {
    const quay = await table.raise('risk', { nature: 'threat', title: 'The quay sinks' })
    const first = await table.open({ chair: 'chair', one: 'decider', two: 'decider' })
    await table.vote(first, 'one', 'approved')
    await table.vote(first, 'two', 'rejected')
    await table.decide(first, 'approved')
    await retitle(quay, 'The quay sinks at spring tide')
    const seats = { chair: 'chair', one: 'decider', two: 'decider' } as const
    const second = await table.open(seats, {}, table.gates[1])
    const own = await changes(second)
    assert.include(own.get('Changed since you last approved')!, 'The quay sinks at spring tide')
    const others = await changes(second, 'two')
    assert.isFalse(others.has('Changed since you last approved'))
    assert.include(others.get('Changed since the last approval')!, 'The quay sinks at spring tide')
    assert.notInclude(own.get('Changed since you last approved')!, 'Criterion')
  })

  test('skips what the reader may not see', async ({ assert }) => {
    const first = await table.open({ chair: 'chair', one: 'decider' })
    await takenBack(first)
    await table.raise('risk', {
      nature: 'threat',
      title: 'The supplier is sold',
      sensitivity: 'project_leads',
    })
    await table.ready()
    const second = await table.submit()
    const read = async (person: Person) =>
      (await client.get(`${table.urlOfReview(second)}/pack`).as(person)).text()
    const page = await client.get(table.urlOfReview(second)).as(table.people.viewer)
    assert.notInclude(page.text(), 'The supplier is sold')
    await table.quietly('delete from raid_items where project_id = ?', [table.project.id])
    assert.notInclude(
      await read(table.people.viewer),
      'The supplier is sold',
      'nor once it is gone'
    )
    assert.include(await read(table.people.manager), 'The supplier is sold')
  })

  test('leaves out conditions that were settled', async ({ assert }) => {
    const first = await table.open({ chair: 'chair', one: 'decider' })
    await table.vote(first, 'one', 'approved')
    for (const text of ['Permit', 'Budget']) await table.propose(first, { text })
    await table.decide(first, 'approved_with_conditions')
    await table.quietly(
      `update gate_conditions set state = 'verified', claim = 'x', claimed_by = owner_id, claimed_on = now(),
         answered_by = owner_id, answered_on = now() where project_id = ? and text = 'Budget'`,
      [table.project.id]
    )
    const second = await table.open({ chair: 'chair', one: 'decider' }, {}, table.gates[1])
    const { conditions } = await table.world.inside(() => packOf(second))
    assert.deepEqual(
      conditions.lists.conditions.map(({ text }) => text),
      ['Permit']
    )
  })
})
