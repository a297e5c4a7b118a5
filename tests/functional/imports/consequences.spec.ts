import { test } from '@japa/runner'
import Programme from '#models/programme'
import RaidEscalation from '#models/raid_escalation'
import RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { eventsOf } from '#tests/support/imports'
import { countQueries } from '#tests/support/query_count'
import type { Edit } from '#tests/support/own_exports'
import { Reimporting } from '#tests/support/reimports'
import { register, type Person } from '#tests/support/world'

test.group('What an import changes of others', (group) => {
  let here: Reimporting
  group.each.setup(async () => {
    here = await Reimporting.begin()
  })

  test('ends the escalation to a level that the entry no longer has', async ({
    assert,
    client,
  }) => {
    const [first, second] = await escalated(here, 2)
    const path = await bring(here, client, 'risk', [
      [first.ref, 'Escalated to', 'Project'],
      [second.ref, 'Title', 'Still asked'],
    ])
    await here.confirm(client, path, await here.preview(client, path))
    assert.deepEqual(await statesOf(here), ['taken_back', 'open'])
    const [told] = await eventsOf(here.world, 'raid_escalation.taken_back')
    assert.equal(told.facts.ref, first.ref)
    const page = await client.get(`/projects/${here.project.id}/raid/${first.id}`).as(here.person)
    assert.notInclude(page.text(), 'Withdraw escalation')
  })

  test('pauses the escalation of an entry that it closes, as a page does', async ({
    assert,
    client,
  }) => {
    const [item] = await escalated(here, 1)
    const pmo = await here.world.person('pmo')
    const waits = async () => (await client.get('/work').as(pmo)).text().includes('#escalation')
    assert.isTrue(await waits())
    const path = await bring(here, client, 'risk', [[item.ref, 'Status', 'Closed']])
    await here.confirm(client, path, await here.preview(client, path))
    assert.isFalse(await waits())
    assert.deepEqual(await statesOf(here), ['open'])
  })

  test('asks the other project again when it changes what was agreed', async ({
    assert,
    client,
  }) => {
    const { manager, items } = await agreed(here, 2)
    const [moved, met] = items
    const theirTrail = () => eventsOf(here.world, 'raid_item.changed_there')
    const answers = await theirTrail()
    const path = await bring(here, client, 'dependency', [
      [moved.ref, 'Needed by', '2027-05-04'],
      [met.ref, 'Status', 'Met'],
    ])
    await here.confirm(client, path, await here.preview(client, path))
    const [first, second] = await here.itemsNow()
    assert.deepEqual(
      [first.status, first.homeAnswer, first.counterpartAnswer, first.awaitedSide],
      ['proposed', 'agreed', null, 'counterpart']
    )
    assert.deepEqual([second.status, second.counterpartAnswer], ['met', 'agreed'])
    const told = await noticesOf(manager)
    assert.isTrue(told.some((title) => title.includes('your agreement no longer applies')))
    assert.isTrue(told.some((title) => title.includes('is now met')))
    assert.sameMembers(
      (await theirTrail()).slice(answers.length).map(({ entity_id: of }) => of),
      [moved.id, met.id]
    )
  })

  test('restores the agreement when it is undone, and tells the other project', async ({
    assert,
    client,
  }) => {
    const { manager, items } = await agreed(here, 2)
    const [before, settled] = await here.itemsNow()
    const path = await bring(here, client, 'dependency', [
      [items[0].ref, 'Needed by', '2027-05-04'],
      [items[1].ref, 'Title', 'Another crane'],
    ])
    await here.confirm(client, path, await here.preview(client, path))
    await here.world.inside(async () => {
      const item = (await RaidItem.findOrFail(settled.id)).seenFromOtherSide()
      await item.answer({ answer: 'agreed' }, item.lockVersion)
    }, manager)
    await client.post(`${path}/reversal`).as(here.person)
    const [undone, kept] = await here.itemsNow()
    const word = ({ dueOn, status, awaitedSide, ...item }: RaidItem) => [
      dueOn,
      status,
      awaitedSide,
      item.counterpartAnswer,
      item.counterpartAnsweredBy,
      item.counterpartAnsweredOn,
    ]
    assert.deepEqual(word(undone), word(before))
    assert.equal(undone.counterpartAnsweredBy, manager.membershipId)
    assert.deepEqual([kept.title, kept.status], ['Another crane', 'agreed'])
    const told = await noticesOf(manager)
    assert.isTrue(told.some((title) => title.includes('Both projects agree on')))
  })

  test('asks the other project when undoing restores what it did not agree to', async ({
    assert,
    client,
  }) => {
    const [item] = (await agreed(here, 1)).items
    await here.world.inside(async () => {
      const present = (await RaidItem.findOrFail(item.id)).refersTo(here.project)
      await present.revise({ dueOn: '2027-03-04' }, present.lockVersion)
    }, here.person)
    const path = await bring(here, client, 'dependency', [[item.ref, 'Needed by', '2027-05-04']])
    await here.confirm(client, path, await here.preview(client, path))
    await client.post(`${path}/reversal`).as(here.person)
    const [undone] = await here.itemsNow()
    assert.deepEqual(
      [undone.dueOn, undone.status, undone.counterpartAnswer, undone.awaitedSide],
      ['2027-03-04', 'proposed', null, 'counterpart']
    )
  })

  test('costs as many queries for many dependencies as for one', async ({ assert }) => {
    const { items } = await agreed(here, 6)
    const counts: number[] = []
    for (const some of [items.slice(0, 1), items.slice(1)]) {
      await here.world.inside(async () => {
        const held = await RaidItem.query().whereIn(
          'id',
          some.map(({ id }) => id)
        )
        for (const item of held) item.refersTo(here.project).merge({ dueOn: '2027-05-04' })
        const count = await countQueries(() => RaidItem.saveMany(held, 'raid_item.updated'))
        counts.push(count)
      }, here.person)
    }
    assert.equal(counts[1], counts[0])
  })
})

/** Risks of the project that were escalated to its programme. */
async function escalated({ world, project, person }: Reimporting, many: number) {
  await world.person('pmo')
  return world.inside(async () => {
    const fields = { description: null, managerId: null }
    const programme = await Programme.begin({ code: 'HARBOUR', name: 'Harbour', ...fields })
    await programme.take(project)
    const items: RaidItem[] = []
    for (let n = 1; n <= many; n++) {
      const item = await RaidItem.raise(project, { type: 'risk', title: `Risk ${n}` })
      const asked = { ask: 'A rig', reason: 'None is left', askedOfId: null }
      await RaidEscalation.raise(item, project, { level: 'programme', ...asked })
      items.push(item)
    }
    return items
  }, person)
}

/** Dependencies on another project, to which its manager agreed. */
async function agreed({ world, project, person }: Reimporting, many: number) {
  const manager = await world.join(await register('other'))
  const other = await world.project({ managerId: manager.membershipId })
  const items = await world.inside(async () => {
    const raised: RaidItem[] = []
    for (let n = 1; n <= many; n++) {
      const fields = { counterpartKind: 'project', counterpartProjectId: other.id } as const
      const title = `Dependency ${n}`
      raised.push(await RaidItem.raise(project, { type: 'dependency', title, ...fields }))
    }
    return raised
  }, person)
  await world.inside(async () => {
    for (const { id, lockVersion } of items) {
      const item = (await RaidItem.findOrFail(id)).seenFromOtherSide()
      await item.answer({ answer: 'agreed' }, lockVersion)
    }
  }, manager)
  return { manager, items }
}

function bring(here: Reimporting, client: any, type: string, edits: Edit[]) {
  return here.bringBack(client, `raid.csv?type=${type}&sort=ref`, 'csv', edits)
}

async function statesOf({ world }: Reimporting) {
  const rows = await sql(
    admin(),
    'select state from raid_escalations where organisation_id = ? order by id',
    [world.organisationId]
  )
  return rows.map(({ state }) => state)
}

async function noticesOf({ membershipId }: Person): Promise<string[]> {
  const rows = await sql(admin(), `select title from notifications where membership_id = ?`, [
    membershipId,
  ])
  return rows.map(({ title }) => title)
}
