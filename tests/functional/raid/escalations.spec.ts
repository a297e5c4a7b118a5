import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import Programme from '#models/programme'
import RaidItem from '#models/raid_item'
import RaidReader from '#models/raid_reader'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { unescaped } from '#tests/support/html'
import { Log } from '#tests/support/raid_log'
import { countQueries } from '#tests/support/query_count'
import { Walk } from '#tests/support/walk'
import { listEscalations } from '#models/raid/escalation_list'
import { readEscalationFilters } from '#models/raid/escalation_filters'
import { register, type Person } from '#tests/support/world'

const ASKED = {
  level: 'programme',
  ask: 'A second piling rig',
  reason: 'The budget ends in May',
}

test.group('Escalations', (group) => {
  let log: Log
  let manager: Walk
  let pmo: Walk
  let programmeManager: Person
  let requests: ApiClient
  group.each.setup(async ({ context }) => {
    requests = context.client
    log = await Log.create()
    programmeManager = await log.world.join(await register('programme'))
    await log.world.inside(async () => {
      const programme = await Programme.begin({
        code: 'HARBOUR',
        name: 'Harbour',
        description: null,
        managerId: programmeManager.membershipId,
      })
      await log.project.merge({ visibility: 'organisation' }).save()
      await programme.take(log.project)
    })
    manager = await Walk.begin(context.client, log.people.manager)
    pmo = await Walk.begin(context.client, log.people.pmo)
  })

  const version = async (item: RaidItem) => (await log.fresh(item)).lock_version
  const escalate = async (item: RaidItem, given: object = ASKED, walk = manager) => {
    await walk.open(log.urlOf(item))
    return walk.submit(`${log.urlOf(item)}/escalations`, {
      lock_version: await version(item),
      ...given,
    })
  }
  const live = async (item: RaidItem) => {
    const [row] = await sql(
      admin(),
      'select * from raid_escalations where raid_item_id = ? order by id desc limit 1',
      [item.id]
    )
    return row
  }
  const answer = async (walk: Walk, item: RaidItem, given: object, method = 'PUT') => {
    const { id, lock_version: lockVersion } = await live(item)
    await walk.open(log.urlOf(item))
    const path = `${log.urlOf(item)}/escalations/${id}`
    return walk.submit(path, { lock_version: lockVersion, ...given }, method)
  }
  const waitsFor = async (item: RaidItem, person: Person) => {
    const page = await (await Walk.begin(requests, person)).open('/work')
    return page.text().includes(`${log.urlOf(item)}#escalation`)
  }

  test('reach who answers for the level, in their list, their work and their notices', async ({
    assert,
    client,
  }) => {
    const item = await log.raise('risk', { nature: 'threat', title: 'No rig in May' })
    const done = await escalate(item)
    done.assertStatus(303)
    assert.equal((await log.fresh(item)).escalation, 'programme')
    const walk = await Walk.begin(client, programmeManager)
    const page = unescaped((await walk.open('/escalations?asked=me')).text())
    assert.include(page, 'No rig in May')
    assert.include(page, 'A second piling rig')
    assert.include((await walk.open('/work')).text(), `${log.urlOf(item)}#escalation`)
    const told = await sql(admin(), `select title from notifications where membership_id = ?`, [
      programmeManager.membershipId,
    ])
    assert.include(told[0].title, 'was escalated to the programme')
    assert.include((await pmo.open('/portfolio')).text(), 'Escalations (1)')
    const [{ id }] = await sql(admin(), 'select programme_id as id from projects where id = ?', [
      log.project.id,
    ])
    assert.include((await pmo.open(`/programmes/${id}`)).text(), 'A second piling rig')
  })

  test('are taken on, and then given back with a reason', async ({ assert, client }) => {
    const item = await log.raise('risk', { nature: 'threat' })
    await escalate(item)
    const walk = await Walk.begin(client, programmeManager)
    const taken = await answer(walk, item, { decision: 'accepted', answer: 'We ask the board' })
    taken.assertStatus(303)
    assert.equal((await live(item)).state, 'accepted')
    const silent = await answer(walk, item, { decision: 'returned' })
    assert.include(unescaped((await walk.follow(silent)).text()), 'Say why it is given back')
    await answer(walk, item, { decision: 'returned', answer: 'A rig was found' })
    const row = await live(item)
    assert.deepEqual([row.state, row.answer], ['returned', 'A rig was found'])
    assert.equal((await log.fresh(item)).escalation, 'project')
    const page = unescaped((await manager.open(log.urlOf(item))).text())
    assert.include(page, 'A rig was found')
    assert.deepEqual(
      (await log.events(row.id)).map(({ action }) => action),
      ['raid_escalation.created', 'raid_escalation.accepted', 'raid_escalation.returned']
    )
  })

  test('are taken back down by the project, and escalated anew', async ({ assert }) => {
    const item = await log.raise('issue', { issueKind: 'problem_concern' })
    await escalate(item)
    const back = await answer(manager, item, { take_back_reason: 'It rained' }, 'DELETE')
    back.assertStatus(303)
    assert.equal((await live(item)).state, 'taken_back')
    await escalate(item, { ...ASKED, level: 'organisation' })
    await escalate(item)
    const rows = await sql(
      admin(),
      'select level, state from raid_escalations where raid_item_id = ? order by id',
      [item.id]
    )
    assert.deepEqual(
      rows.map(({ level, state }) => `${level} ${state}`),
      ['programme taken_back', 'organisation taken_back', 'programme open']
    )
  })

  test('that are taken back are told to those who were asked, and to who took them on', async ({
    assert,
    client,
  }) => {
    const { pmo: office, sponsor, manager: taker } = log.people
    const told = async ({ membershipId }: Person) => {
      const rows = await sql(
        admin(),
        `select detail from notifications where membership_id = ? and title like 'What %was taken back'`,
        [membershipId]
      )
      return rows.map(({ detail }) => detail.split('\n')[0])
    }
    const item = await log.raise('risk', { nature: 'threat' })
    await escalate(item)
    await answer(await Walk.begin(client, programmeManager), item, { decision: 'accepted' })
    await answer(manager, item, { take_back_reason: 'It rained' }, 'DELETE')
    assert.deepEqual(
      [await told(programmeManager), await told(office), await told(taker)],
      [['It rained'], ['It rained'], []]
    )
    await escalate(item, { ...ASKED, asked_of_id: sponsor.membershipId })
    await escalate(item)
    assert.deepEqual(await told(sponsor), ['Escalated anew.'])
    await escalate(item, { ...ASKED, ask: 'Two rigs' })
    assert.deepEqual(await told(programmeManager), ['It rained'])
    await log.world.inside(async () => {
      const present = (await RaidItem.findOrFail(item.id)).refersTo(log.project)
      await present.revise({ escalation: 'project' }, present.lockVersion)
    })
    assert.deepEqual(await told(programmeManager), ['It rained', 'The level was changed.'])
  })

  test('refuse what lacks its reason, and keep what was typed', async ({ assert }) => {
    const item = await log.raise('risk', { nature: 'threat' })
    for (const [given, says] of [
      [{ ...ASKED, reason: '' }, 'Say why the project cannot deal with it alone'],
      [{ ...ASKED, ask: '' }, 'Say what you ask for'],
      [{ ...ASKED, level: '' }, 'Choose a level'],
      [{ ...ASKED, level: 'planet' }, 'Choose one of the levels'],
    ] as const) {
      const refused = await escalate(item, given)
      assert.include(unescaped((await manager.follow(refused)).text()), says)
    }
    const closed = await log.raise('risk', { nature: 'threat', status: 'closed' })
    const late = await manager.follow(await escalate(closed))
    assert.include(unescaped(late.text()), 'A settled entry is not escalated')
    assert.equal(await log.count('raid_escalations'), 0)
  })

  test('are asked of nobody who may not see the entry', async ({ assert }) => {
    const { viewer, team, pmo: office } = log.people
    const item = await log.raise('risk', { nature: 'threat', sensitivity: 'project_leads' })
    const form = async () =>
      /<select[^>]*name="asked_of_id"[^]*?<\/select>/.exec(
        (await manager.open(log.urlOf(item))).text()
      )![0]
    const offered = await form()
    assert.include(offered, office.membershipId)
    assert.notInclude(offered, viewer.membershipId)
    const refused = await escalate(item, { ...ASKED, asked_of_id: viewer.membershipId })
    const page = unescaped((await manager.follow(refused)).text())
    assert.include(page, 'This person may not see the entry')
    assert.include(page, ASKED.ask)
    assert.equal(await log.count('raid_escalations'), 0)
    await escalate(item, { ...ASKED, asked_of_id: log.people.sponsor.membershipId })
    assert.equal(await log.count('raid_escalations'), 1)
    const kept = await log.raise('risk', { nature: 'threat', sensitivity: 'named_people' })
    const unheard = await escalate(kept)
    assert.include(
      unescaped((await manager.follow(unheard)).text()),
      'Nobody answers for this level who may see the entry'
    )
    await log.world.inside(() =>
      RaidReader.create({ raidItemId: kept.id, membershipId: team.membershipId })
    )
    await escalate(kept, { ...ASKED, asked_of_id: team.membershipId })
    assert.equal((await live(kept)).state, 'open')
  })

  test('are raised and answered by those who may', async ({ assert, client }) => {
    const item = await log.raise('risk', { nature: 'threat' })
    const { team, viewer, stranger } = log.people
    for (const person of [team, viewer]) {
      const refused = await escalate(item, ASKED, await Walk.begin(client, person))
      refused.assertStatus(403)
    }
    const own = await log.raise('risk', { nature: 'threat' }, team)
    const raised = await escalate(own, ASKED, await Walk.begin(client, team))
    raised.assertStatus(303)
    await escalate(item)
    for (const person of [team, viewer, log.people.manager]) {
      const refused = await answer(await Walk.begin(client, person), item, { decision: 'accepted' })
      refused.assertStatus(403)
    }
    await log.world.inside(() => log.project.merge({ visibility: 'members' }).save())
    const lost = await answer(await Walk.begin(client, stranger), item, { decision: 'accepted' })
    lost.assertStatus(404)
    assert.equal((await live(item)).state, 'open')
    assert.notInclude(
      (await (await Walk.begin(client, stranger)).open('/escalations')).text(),
      item.ref
    )
  })

  test('of a restricted entry are shown to those who may read it', async ({ assert, client }) => {
    const item = await log.raise('risk', {
      nature: 'threat',
      title: 'A secret strike',
      sensitivity: 'project_leads',
    })
    await escalate(item)
    const walk = await Walk.begin(client, programmeManager)
    assert.notInclude((await walk.open('/escalations')).text(), 'A secret strike')
    assert.include((await pmo.open('/escalations')).text(), 'A secret strike')
    assert.notInclude((await walk.open('/escalations.csv')).text(), 'A secret strike')
  })

  test('page by keyset, filter by address and cost as many queries for many', async ({
    assert,
  }) => {
    for (const title of ['One', 'Two', 'Three']) {
      await escalate(await log.raise('risk', { nature: 'threat', title: `Escalated ${title}` }))
    }
    const first = unescaped((await pmo.open('/escalations?per_page=2')).text())
    const next = /href="(\/escalations\?[^"]*after=[^"]*)"/.exec(first)![1]
    const second = unescaped((await pmo.open(next)).text())
    const titles = ['One', 'Two', 'Three'].map((title) => `Escalated ${title}`)
    const on = (page: string) => titles.filter((title) => page.includes(title))
    assert.lengthOf(on(first), 2)
    assert.sameMembers([...on(first), ...on(second)], titles)
    assert.lengthOf(on(unescaped((await pmo.open('/escalations?level=organisation')).text())), 0)
    const viewer = await log.world.viewer(log.people.pmo)
    const count = await log.world.inside(() =>
      countQueries(() => listEscalations(viewer, readEscalationFilters({})))
    )
    assert.equal(count, 1)
  })

  test('end when a program changes the level without a word', async ({ assert }) => {
    const item = await log.raise('risk', { nature: 'threat' })
    await escalate(item)
    await log.world.inside(async () => {
      const present = await RaidItem.findOrFail(item.id)
      await present.revise({ escalation: 'project' }, present.lockVersion)
    })
    assert.equal((await live(item)).state, 'taken_back')
  })

  test('wait for nobody while the entry is settled or its project over, and again after', async ({
    assert,
  }) => {
    const item = await log.raise('risk', { nature: 'threat', title: 'No rig in May' })
    await escalate(item)
    const waits = async () => [
      (await pmo.open('/work')).text().includes(`${log.urlOf(item)}#escalation`),
      unescaped((await pmo.open('/escalations')).text()).includes('No rig in May'),
      (await pmo.open('/portfolio')).text().includes('Escalations (1)'),
    ]
    const move = async (status: string) => {
      await manager.open(log.urlOf(item))
      const given = { status, lock_version: await version(item) }
      const moved = await manager.submit(`${log.urlOf(item)}/status`, given, 'PUT')
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

  test('of a settled entry are not answered, and say so, until it is open again', async ({
    assert,
    client,
  }) => {
    const item = await log.raise('risk', { nature: 'threat' })
    await escalate(item)
    const settle = (status: string) =>
      sql(admin(), 'update raid_items set status = ? where id = ?', [status, item.id])
    const walk = await Walk.begin(client, programmeManager)
    const seen = async () => unescaped((await walk.open(log.urlOf(item))).text())
    assert.include(await seen(), 'Take it on')
    await settle('closed')
    assert.notInclude(await seen(), 'Take it on')
    assert.include(await seen(), 'it asks nothing until it is open again')
    assert.notInclude(await seen(), 'Waits for an answer')
    for (const given of [{ decision: 'accepted' }, { decision: 'returned', answer: 'No rig' }]) {
      const refused = await answer(walk, item, given)
      assert.include(
        unescaped((await walk.follow(refused)).text()),
        'nothing is asked until it is open again'
      )
    }
    assert.equal((await live(item)).state, 'open')
    await settle('open')
    await answer(walk, item, { decision: 'accepted' })
    assert.equal((await live(item)).state, 'accepted')
    await settle('closed')
    assert.notInclude(await seen(), 'Give it back')
  })

  test('wait for who answers for the level once the one who was asked is gone', async ({
    assert,
    client,
  }) => {
    const asked = log.people.viewer
    const item = await log.raise('risk', { nature: 'threat' })
    await escalate(item, { ...ASKED, asked_of_id: asked.membershipId })
    const isInWork = (person: Person) => waitsFor(item, person)
    assert.deepEqual([await isInWork(asked), await isInWork(programmeManager)], [true, false])
    await sql(admin(), `update memberships set status = 'left' where id = ?`, [asked.membershipId])
    assert.isTrue(await isInWork(programmeManager))
    assert.isTrue(await isInWork(log.people.pmo))
    const taken = await answer(await Walk.begin(client, programmeManager), item, {
      decision: 'accepted',
    })
    taken.assertStatus(303)
    assert.isFalse(await isInWork(programmeManager))
  })

  test('wait for the PMO once the entry is kept from the one who was asked', async ({ assert }) => {
    const asked = log.people.viewer
    const item = await log.raise('risk', { nature: 'threat' })
    await escalate(item, { ...ASKED, asked_of_id: asked.membershipId })
    const isInWork = (person: Person) => waitsFor(item, person)
    assert.deepEqual([await isInWork(asked), await isInWork(log.people.pmo)], [true, false])
    const keep = `update raid_items set sensitivity = 'project_leads' where id = ?`
    await sql(admin(), keep, [item.id])
    assert.deepEqual([await isInWork(asked), await isInWork(log.people.pmo)], [false, true])
  })

  test('go on about the issue that a risk became, with what was asked and answered', async ({
    assert,
    client,
  }) => {
    const risk = await log.raise('risk', { nature: 'threat', title: 'No rig in May' })
    await escalate(risk)
    const walk = await Walk.begin(client, programmeManager)
    await answer(walk, risk, { decision: 'accepted', answer: 'We ask the board' })
    await manager.open(log.urlOf(risk))
    const given = { lock_version: await version(risk) }
    const page = await manager.submitAndFollow(`${log.urlOf(risk)}/conversion`, given)
    for (const text of ['A second piling rig', 'We ask the board']) {
      assert.include(unescaped(page.text()), text)
    }
    assert.equal((await live(risk)).state, 'taken_back')
    const [issue] = await sql(
      admin(),
      `select * from raid_items where project_id = ? and type = 'issue'`,
      [log.project.id]
    )
    const passedOn = await live(issue as RaidItem)
    assert.deepEqual(
      [passedOn.state, passedOn.answer, passedOn.answered_by],
      ['accepted', 'We ask the board', programmeManager.membershipId]
    )
    assert.include((await log.events(passedOn.id))[0].action, 'raid_escalation.created')
    const told = await sql(admin(), `select title from notifications where membership_id = ?`, [
      programmeManager.membershipId,
    ])
    assert.isTrue(told.some(({ title }) => title.includes(`${log.project.code}-I1`)))
    assert.notInclude((await walk.open('/work')).text(), '#escalation')
  })
})
