import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import ProjectMember from '#models/project_member'
import RaidItem from '#models/raid_item'
import RaidReader from '#models/raid_reader'
import { choicesOf } from '#tests/support/html'
import { Importing } from '#tests/support/imports'
import { Log } from '#tests/support/raid_log'
import { Walk } from '#tests/support/walk'
import type { Person } from '#tests/support/world'

const REFUSED = 'Choose a member who can see this project'

test.group('People of an entry, where few see the project', (group) => {
  let log: Log
  let client: ApiClient
  let manager: Walk
  let stranger: Person
  group.each.setup(async ({ context }) => {
    client = context.client
    log = await Log.create()
    stranger = log.people.stranger
    manager = await Walk.begin(client, log.people.manager)
  })

  const open = (query: string) => manager.open(`${log.url}/create?${query}`)

  test('only those who see it are offered', async ({ assert }) => {
    const { team, pmo } = log.people
    const offered: [query: string, field: string][] = [
      ['type=risk', 'owner_id'],
      ['type=risk', 'actionee_id'],
      ['type=decision', 'decider_id'],
    ]
    for (const [query, field] of offered) {
      const ids = choicesOf((await open(query)).text(), field)
      assert.includeMembers(ids, [team.membershipId, pmo.membershipId], field)
      assert.notInclude(ids, stranger.membershipId, field)
    }
    assert.notInclude((await open('type=risk')).text(), stranger.membershipId, 'nor as a reader')
    const item = await log.raise('risk')
    const row = await manager.open(`${log.url}?type=risk&edit=${item.id}`)
    assert.notInclude(choicesOf(row.text(), 'owner_id'), stranger.membershipId)
  })

  test('people who do not see it are refused, in form, row and API', async ({ assert }) => {
    const { membershipId } = stranger
    const entry = { type: 'risk', nature: 'threat', title: 'Handed to nobody' }
    const cases: Record<string, unknown>[] = [
      { ...entry, owner_id: membershipId },
      { ...entry, actionee_id: membershipId },
      { type: 'decision', title: 'Nobody decides', decider_id: membershipId },
    ]
    for (const fields of cases) {
      await open(`type=${fields.type}`)
      const page = await manager.submitAndFollow(log.url, fields)
      assert.include(page.text(), REFUSED)
      const answer = await client
        .post(`/api/v1${log.url}`)
        .withTokenOf(log.people.manager)
        .json(fields)
      answer.assertStatus(422)
      assert.equal(answer.body().errors[0].detail, REFUSED)
    }
    const readers = { ...entry, 'sensitivity': 'named_people', 'reader_ids[]': membershipId }
    await open('type=risk')
    const page = await manager.submitAndFollow(log.url, readers)
    assert.include(page.text(), 'Choose members who can see this project')
    assert.equal(await log.count('raid_items'), 0)
    const item = await log.raise('risk')
    const row = { status: 'open', owner_id: membershipId, due_on: '', lock_version: 1 }
    await manager.submit(`${log.urlOf(item)}/row`, row, 'PATCH')
    assert.isNull((await log.fresh(item)).owner_id)
  })

  test('someone who no longer sees it stays until somebody else is named', async ({ assert }) => {
    const { team } = log.people
    const named = { ownerId: team.membershipId, sensitivity: 'named_people' }
    const item = await log.raise('risk', named)
    await log.world.inside(async () => {
      await RaidReader.replace(item, [team.membershipId])
      const role = await ProjectMember.findByOrFail('membershipId', team.membershipId)
      await role.delete()
    })
    const edit = `${log.urlOf(item)}/edit`
    const form = (await manager.open(edit)).text()
    assert.include(form, `${team.name} (no longer in the project)`)
    const fields = {
      'nature': 'threat',
      'title': 'Renamed',
      'owner_id': team.membershipId,
      'reader_ids[]': team.membershipId,
      'lock_version': 1,
    }
    await manager.submit(log.urlOf(item), fields, 'PUT')
    const { title, owner_id: owner } = await log.fresh(item)
    assert.deepEqual([title, owner], ['Renamed', team.membershipId])
    assert.deepEqual(await log.world.inside(() => RaidReader.of(item)), [team.membershipId])
  })

  test('a file that names somebody who does not see it keeps the name as it is written', async ({
    assert,
  }) => {
    const here = await Importing.begin()
    const outsider = await here.world.person('stranger')
    const path = await here.upload(client, `ID,Risk,Owner\nR1,The quay sinks,${outsider.name}`)
    assert.include(
      await here.preview(client, path),
      `Owner “${outsider.name}” may not see this project: kept as it is written`
    )
    await here.execute(client, path)
    const [item] = await here.world.inside(() => RaidItem.query().exec())
    assert.deepEqual([item.ownerId, item.ownerLabel], [null, outsider.name])
  })
})
