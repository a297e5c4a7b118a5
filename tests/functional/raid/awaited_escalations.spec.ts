import { test } from '@japa/runner'
import { readEscalationFilters } from '#models/raid/escalation_filters'
import { listEscalations } from '#models/raid/escalation_list'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { ASKED, Escalations } from '#tests/support/escalations'
import { unescaped } from '#tests/support/html'
import { countQueries } from '#tests/support/query_count'
import type { Log } from '#tests/support/raid_log'
import { Walk } from '#tests/support/walk'
import type { Person } from '#tests/support/world'

test.group('Whom escalations wait for', (group) => {
  let here: Escalations
  let log: Log
  group.each.setup(async ({ context }) => {
    here = await Escalations.create(context.client)
    log = here.log
  })

  test('reach those who answer for the level: list, My work and notices', async ({
    assert,
    client,
  }) => {
    const item = await log.raise('risk', { nature: 'threat', title: 'No rig in May' })
    const done = await here.escalate(item)
    done.assertStatus(303)
    assert.equal((await log.fresh(item)).escalation, 'programme')
    const walk = await Walk.begin(client, here.programmeManager)
    const page = unescaped((await walk.open('/escalations?asked=me')).text())
    assert.include(page, 'No rig in May')
    assert.include(page, 'A second piling rig')
    assert.include((await walk.open('/work')).text(), `${log.urlOf(item)}#escalation`)
    const told = await sql(admin(), `select title from notifications where membership_id = ?`, [
      here.programmeManager.membershipId,
    ])
    assert.include(told[0].title, 'was escalated to the programme')
    assert.include((await here.pmo.open('/portfolio')).text(), 'Escalations (1)')
    const [{ id }] = await sql(admin(), 'select programme_id as id from projects where id = ?', [
      log.project.id,
    ])
    assert.include((await here.pmo.open(`/programmes/${id}`)).text(), 'A second piling rig')
  })

  test('of a restricted entry are shown to those who may read it', async ({ assert, client }) => {
    const item = await log.raise('risk', {
      nature: 'threat',
      title: 'A secret strike',
      sensitivity: 'project_leads',
    })
    await here.escalate(item)
    const walk = await Walk.begin(client, here.programmeManager)
    assert.notInclude((await walk.open('/escalations')).text(), 'A secret strike')
    assert.include((await here.pmo.open('/escalations')).text(), 'A secret strike')
    assert.notInclude((await walk.open('/escalations.csv')).text(), 'A secret strike')
  })

  test('page by keyset, filter by address and cost as many queries for many', async ({
    assert,
  }) => {
    for (const title of ['One', 'Two', 'Three']) {
      await here.escalate(
        await log.raise('risk', { nature: 'threat', title: `Escalated ${title}` })
      )
    }
    const first = unescaped((await here.pmo.open('/escalations?per_page=2')).text())
    const next = /href="(\/escalations\?[^"]*after=[^"]*)"/.exec(first)![1]
    const second = unescaped((await here.pmo.open(next)).text())
    const titles = ['One', 'Two', 'Three'].map((title) => `Escalated ${title}`)
    const on = (page: string) => titles.filter((title) => page.includes(title))
    assert.lengthOf(on(first), 2)
    assert.sameMembers([...on(first), ...on(second)], titles)
    assert.lengthOf(
      on(unescaped((await here.pmo.open('/escalations?level=organisation')).text())),
      0
    )
    const viewer = await log.world.viewer(log.people.pmo)
    const count = await log.world.inside(() =>
      countQueries(() => listEscalations(viewer, readEscalationFilters({})))
    )
    assert.equal(count, 1)
  })

  test('wait for nobody while the entry is settled or its project over, and again after', async ({
    assert,
  }) => {
    const item = await log.raise('risk', { nature: 'threat', title: 'No rig in May' })
    await here.escalate(item)
    const waits = async () => [
      (await here.pmo.open('/work')).text().includes(`${log.urlOf(item)}#escalation`),
      unescaped((await here.pmo.open('/escalations')).text()).includes('No rig in May'),
      (await here.pmo.open('/portfolio')).text().includes('Escalations (1)'),
    ]
    const move = async (status: string) => {
      await here.manager.open(log.urlOf(item))
      const given = { status, lock_version: await here.version(item) }
      const moved = await here.manager.submit(`${log.urlOf(item)}/status`, given, 'PUT')
      moved.assertStatus(303)
    }
    assert.deepEqual(await waits(), [true, true, true])
    await move('closed')
    assert.deepEqual(await waits(), [false, false, false])
    await move('open')
    assert.deepEqual(await waits(), [true, true, true])
    await sql(admin(), `update projects set status = 'cancelled' where id = ?`, [log.project.id])
    assert.deepEqual(await waits(), [false, false, false])
  })

  test('wait for who answers for the level once the one who was asked is gone', async ({
    assert,
    client,
  }) => {
    const asked = log.people.viewer
    const item = await log.raise('risk', { nature: 'threat' })
    await here.escalate(item, { ...ASKED, asked_of_id: asked.membershipId })
    const isInWork = (person: Person) => here.waitsFor(item, person)
    assert.deepEqual([await isInWork(asked), await isInWork(here.programmeManager)], [true, false])
    await sql(admin(), `update memberships set status = 'left' where id = ?`, [asked.membershipId])
    assert.isTrue(await isInWork(here.programmeManager))
    assert.isTrue(await isInWork(log.people.pmo))
    const taken = await here.answer(await Walk.begin(client, here.programmeManager), item, {
      decision: 'accepted',
    })
    taken.assertStatus(303)
    assert.isFalse(await isInWork(here.programmeManager))
  })

  test('wait for the PMO once the entry is kept from the one who was asked', async ({ assert }) => {
    const asked = log.people.viewer
    const item = await log.raise('risk', { nature: 'threat' })
    await here.escalate(item, { ...ASKED, asked_of_id: asked.membershipId })
    const isInWork = (person: Person) => here.waitsFor(item, person)
    assert.deepEqual([await isInWork(asked), await isInWork(log.people.pmo)], [true, false])
    const keep = `update raid_items set sensitivity = 'project_leads' where id = ?`
    await sql(admin(), keep, [item.id])
    assert.deepEqual([await isInWork(asked), await isInWork(log.people.pmo)], [false, true])
  })
})
