import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import type RaidItem from '#models/raid_item'
import { Log } from '#tests/support/raid_log'
import { World, type Person } from '#tests/support/world'

const ASKED = { level: 'organisation', ask: 'A second rig', reason: 'The budget ends in May' }

test.group('API: escalations', (group) => {
  let log: Log
  let item: RaidItem
  let path: string
  group.each.setup(async () => {
    log = await Log.create()
    item = await log.raise('risk', { nature: 'threat', title: 'No rig in May' })
    path = `/api/v1/projects/${log.project.id}/raid/${item.id}/escalations`
  })

  const ask = (client: ApiClient, person: Person, given: object = {}) =>
    client
      .post(path)
      .withTokenOf(person)
      .json({ ...ASKED, lock_version: item.lockVersion, ...given })
  const put = (client: ApiClient, person: Person, at: string, given: object) =>
    client
      .put(`${path}/${at}`)
      .withTokenOf(person)
      .json({ lock_version: 1, ...given })

  test('are asked, taken on and given back', async ({ assert, client }) => {
    const { manager, pmo } = log.people
    const asked = await ask(client, manager)
    asked.assertStatus(201)
    const { id, state } = asked.body()
    assert.equal(state, 'open')
    assert.equal(asked.header('location'), `${path}/${id}`)
    assert.equal((await log.fresh(item)).escalation, 'organisation')
    const taken = await put(client, pmo, `${id}/answer`, { decision: 'accepted' })
    taken.assertStatus(200)
    assert.containSubset(taken.body(), { state: 'accepted', answered_by: pmo.membershipId })
    const given = { decision: 'returned', answer: 'Hire one', lock_version: 2 }
    const back = await put(client, pmo, `${id}/answer`, given)
    assert.containSubset(back.body(), { state: 'returned', answer: 'Hire one' })
    assert.equal((await log.fresh(item)).escalation, 'project')
    const all = await client.get(path).withTokenOf(manager)
    assert.deepEqual(
      all.body().data.map((one: { id: string }) => one.id),
      [id]
    )
    assert.deepEqual(
      (await log.events(id)).map(({ action }) => action),
      ['raid_escalation.created', 'raid_escalation.accepted', 'raid_escalation.returned']
    )
  })

  test('are taken back by the project', async ({ assert, client }) => {
    const { id } = (await ask(client, log.people.manager)).body()
    const given = { take_back_reason: 'The rig came' }
    const done = await put(client, log.people.manager, `${id}/withdrawal`, given)
    assert.containSubset(done.body(), { state: 'taken_back', answer: 'The rig came' })
  })

  test('point at what is missing, and change nothing', async ({ assert, client }) => {
    const { manager, pmo } = log.people
    const refused = await ask(client, manager, { ask: ' ', level: 'world' })
    refused.assertStatus(422)
    const pointers = refused.body().errors.map(({ pointer }: { pointer: string }) => pointer)
    assert.sameMembers(pointers, ['#/ask', '#/level'])
    const noProgramme = await ask(client, manager, { level: 'programme' })
    noProgramme.assertStatus(422)
    assert.equal(await log.count('raid_escalations'), 0)
    const { id } = (await ask(client, manager)).body()
    const silent = await put(client, pmo, `${id}/answer`, { decision: 'returned' })
    silent.assertStatus(422)
    const stale = await put(client, pmo, `${id}/answer`, { decision: 'accepted', lock_version: 7 })
    stale.assertStatus(409)
    const unversioned = await client
      .put(`${path}/${id}/answer`)
      .withTokenOf(pmo)
      .json({ decision: 'accepted' })
    unversioned.assertStatus(428)
  })

  test('are asked and answered by nobody else', async ({ assert, client }) => {
    const { manager, viewer, stranger } = log.people
    const elsewhere = await (await World.create()).person('owner')
    for (const [person, status] of [
      [viewer, 403],
      [stranger, 404],
      [elsewhere, 404],
    ] as const) {
      ;(await ask(client, person)).assertStatus(status)
    }
    assert.equal(await log.count('raid_escalations'), 0)
    const { id } = (await ask(client, manager)).body()
    for (const [person, status] of [
      [manager, 403],
      [viewer, 403],
      [stranger, 404],
      [elsewhere, 404],
    ] as const) {
      const answered = await put(client, person, `${id}/answer`, { decision: 'accepted' })
      answered.assertStatus(status)
    }
    const withdrawn = await put(client, viewer, `${id}/withdrawal`, { take_back_reason: 'No' })
    withdrawn.assertStatus(403)
    const other = await log.raise('risk', { nature: 'threat', title: 'Another' })
    const astray = path.replace(item.id, other.id)
    ;(await client.get(`${astray}/${id}`).withTokenOf(manager)).assertStatus(404)
  })
})
