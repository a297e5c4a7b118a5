import { test } from '@japa/runner'
import RaidItem from '#models/raid_item'
import RaidReader from '#models/raid_reader'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { ASKED, Escalations } from '#tests/support/escalations'
import { unescaped } from '#tests/support/html'
import type { Log } from '#tests/support/raid_log'
import { Walk } from '#tests/support/walk'
import type { Person } from '#tests/support/world'

test.group('Escalations', (group) => {
  let here: Escalations
  let log: Log
  group.each.setup(async ({ context }) => {
    here = await Escalations.create(context.client)
    log = here.log
  })

  test('are taken on, and then given back with a reason', async ({ assert, client }) => {
    const item = await log.raise('risk', { nature: 'threat' })
    await here.escalate(item)
    const walk = await Walk.begin(client, here.programmeManager)
    const taken = await here.answer(walk, item, {
      decision: 'accepted',
      answer: 'We ask the board',
    })
    taken.assertStatus(303)
    assert.equal((await here.live(item)).state, 'accepted')
    const silent = await here.answer(walk, item, { decision: 'returned' })
    assert.include(unescaped((await walk.follow(silent)).text()), 'Enter why you are returning it')
    await here.answer(walk, item, { decision: 'returned', answer: 'A rig was found' })
    const row = await here.live(item)
    assert.deepEqual([row.state, row.answer], ['returned', 'A rig was found'])
    assert.equal((await log.fresh(item)).escalation, 'project')
    const page = unescaped((await here.manager.open(log.urlOf(item))).text())
    assert.include(page, 'A rig was found')
    assert.deepEqual(
      (await log.events(row.id)).map(({ action }) => action),
      ['raid_escalation.created', 'raid_escalation.accepted', 'raid_escalation.returned']
    )
  })

  test('are lowered by the project, and escalated again', async ({ assert }) => {
    const item = await log.raise('issue', { issueKind: 'problem_concern' })
    await here.escalate(item)
    const back = await here.answer(here.manager, item, { take_back_reason: 'It rained' }, 'DELETE')
    back.assertStatus(303)
    assert.equal((await here.live(item)).state, 'taken_back')
    await here.escalate(item, { ...ASKED, level: 'organisation' })
    await here.escalate(item)
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
        `select detail from notifications where membership_id = ? and title like 'The escalation of %was withdrawn'`,
        [membershipId]
      )
      return rows.map(({ detail }) => detail.split('\n')[0])
    }
    const item = await log.raise('risk', { nature: 'threat' })
    await here.escalate(item)
    await here.answer(await Walk.begin(client, here.programmeManager), item, {
      decision: 'accepted',
    })
    await here.answer(here.manager, item, { take_back_reason: 'It rained' }, 'DELETE')
    assert.deepEqual(
      [await told(here.programmeManager), await told(office), await told(taker)],
      [['It rained'], ['It rained'], []]
    )
    await here.escalate(item, { ...ASKED, asked_of_id: sponsor.membershipId })
    await here.escalate(item)
    assert.deepEqual(await told(sponsor), ['Escalated again.'])
    await here.escalate(item, { ...ASKED, ask: 'Two rigs' })
    assert.deepEqual(await told(here.programmeManager), ['It rained'])
    await log.world.inside(async () => {
      const present = (await RaidItem.findOrFail(item.id)).refersTo(log.project)
      await present.revise({ escalation: 'project' }, present.lockVersion)
    })
    assert.deepEqual(await told(here.programmeManager), ['It rained', 'The level was changed.'])
  })

  test('when refused, say so in their own form alone', async ({ assert }) => {
    const item = await log.raise('issue')
    const refused = await here.escalate(item, { ...ASKED, reason: '', _form: 'escalate' })
    const html = unescaped((await here.manager.follow(refused)).text())
    assert.equal(html.split('Enter why the project cannot resolve it alone').length, 2)
    assert.include(html, 'id="escalate-reason-error"')
    assert.notInclude(html, 'Why it proved false')
  })

  test('refuse what lacks its reason, and keep what was typed', async ({ assert }) => {
    const item = await log.raise('risk', { nature: 'threat' })
    for (const [given, says] of [
      [{ ...ASKED, reason: '' }, 'Enter why the project cannot resolve it alone'],
      [{ ...ASKED, ask: '' }, 'Enter what you need'],
      [{ ...ASKED, level: '' }, 'Choose a level'],
      [{ ...ASKED, level: 'planet' }, 'Choose one of the levels'],
    ] as const) {
      const refused = await here.escalate(item, given)
      assert.include(unescaped((await here.manager.follow(refused)).text()), says)
    }
    const closed = await log.raise('risk', { nature: 'threat', status: 'closed' })
    const late = await here.manager.follow(await here.escalate(closed))
    assert.include(
      unescaped(late.text()),
      'This entry is settled. Reopen it before you escalate it.'
    )
    assert.equal(await log.count('raid_escalations'), 0)
  })

  test('answered or withdrawn too late say so, and keep what was typed', async ({
    assert,
    client,
  }) => {
    const item = await log.raise('risk', { nature: 'threat' })
    await here.escalate(item)
    const page = log.urlOf(item)
    const pmo = await Walk.begin(client, log.people.pmo)
    const { id } = await here.live(item)
    const send = (walk: Walk, fields: Record<string, unknown>, method: string) =>
      walk.submitAndFollow(`${page}/escalations/${id}`, { lock_version: 1, ...fields }, method)
    const answer = { decision: 'returned', answer: 'Ask the <harbour> board' }
    await here.manager.open(page)
    await send(here.manager, { take_back_reason: 'It rained' }, 'DELETE')
    const before = await here.live(item)
    await pmo.open(page)
    const late = unescaped((await send(pmo, { ...answer, _form: 'escalation' }, 'PUT')).text())
    assert.include(late, 'This escalation has been withdrawn, so nothing was saved')
    assert.include(late, 'Ask the <harbour> board')
    const again = await send(here.manager, { take_back_reason: 'We solved it' }, 'DELETE')
    assert.include(again.text(), 'We solved it')
    assert.deepEqual(await here.live(item), before)
  })

  test('are asked of nobody who may not see the entry', async ({ assert }) => {
    const { viewer, team, pmo: office } = log.people
    const item = await log.raise('risk', { nature: 'threat', sensitivity: 'project_leads' })
    const form = async () =>
      /<select[^>]*name="asked_of_id"[^]*?<\/select>/.exec(
        (await here.manager.open(log.urlOf(item))).text()
      )![0]
    const offered = await form()
    assert.include(offered, office.membershipId)
    assert.notInclude(offered, viewer.membershipId)
    const refused = await here.escalate(item, { ...ASKED, asked_of_id: viewer.membershipId })
    const page = unescaped((await here.manager.follow(refused)).text())
    assert.include(page, 'This person cannot see the entry')
    assert.include(page, ASKED.ask)
    assert.equal(await log.count('raid_escalations'), 0)
    await here.escalate(item, { ...ASKED, asked_of_id: log.people.sponsor.membershipId })
    assert.equal(await log.count('raid_escalations'), 1)
    const kept = await log.raise('risk', { nature: 'threat', sensitivity: 'named_people' })
    const unheard = await here.escalate(kept)
    assert.include(
      unescaped((await here.manager.follow(unheard)).text()),
      'No one responsible at this level can see the entry'
    )
    await log.world.inside(() =>
      RaidReader.create({ raidItemId: kept.id, membershipId: team.membershipId })
    )
    await here.escalate(kept, { ...ASKED, asked_of_id: team.membershipId })
    assert.equal((await here.live(kept)).state, 'open')
  })

  test('are raised and answered by those who may', async ({ assert, client }) => {
    const item = await log.raise('risk', { nature: 'threat' })
    const { team, viewer, stranger } = log.people
    for (const person of [team, viewer]) {
      const refused = await here.escalate(item, ASKED, await Walk.begin(client, person))
      refused.assertStatus(403)
    }
    const own = await log.raise('risk', { nature: 'threat' }, team)
    const raised = await here.escalate(own, ASKED, await Walk.begin(client, team))
    raised.assertStatus(303)
    await here.escalate(item)
    for (const person of [team, viewer, log.people.manager]) {
      const refused = await here.answer(await Walk.begin(client, person), item, {
        decision: 'accepted',
      })
      refused.assertStatus(403)
    }
    await log.world.inside(() => log.project.merge({ visibility: 'members' }).save())
    const lost = await here.answer(await Walk.begin(client, stranger), item, {
      decision: 'accepted',
    })
    lost.assertStatus(404)
    assert.equal((await here.live(item)).state, 'open')
    assert.notInclude(
      (await (await Walk.begin(client, stranger)).open('/escalations')).text(),
      item.ref
    )
  })

  test('end when a program changes the level', async ({ assert }) => {
    const item = await log.raise('risk', { nature: 'threat' })
    await here.escalate(item)
    await log.world.inside(async () => {
      const present = await RaidItem.findOrFail(item.id)
      await present.revise({ escalation: 'project' }, present.lockVersion)
    })
    assert.equal((await here.live(item)).state, 'taken_back')
  })

  test('of a settled entry are not answered, and say so, until it is open again', async ({
    assert,
    client,
  }) => {
    const item = await log.raise('risk', { nature: 'threat' })
    await here.escalate(item)
    const settle = (status: string) =>
      sql(admin(), 'update raid_items set status = ? where id = ?', [status, item.id])
    const walk = await Walk.begin(client, here.programmeManager)
    const seen = async () => unescaped((await walk.open(log.urlOf(item))).text())
    assert.include(await seen(), 'Take on')
    await settle('closed')
    assert.notInclude(await seen(), 'Take on')
    assert.include(await seen(), 'On hold while the entry is settled')
    assert.notInclude(await seen(), 'Awaiting an answer')
    for (const given of [{ decision: 'accepted' }, { decision: 'returned', answer: 'No rig' }]) {
      const refused = await here.answer(walk, item, given)
      assert.include(unescaped((await walk.follow(refused)).text()), 'Reopen it before you answer')
    }
    assert.equal((await here.live(item)).state, 'open')
    await settle('open')
    await here.answer(walk, item, { decision: 'accepted' })
    assert.equal((await here.live(item)).state, 'accepted')
    await settle('closed')
    assert.notInclude(await seen(), 'Return to the project')
  })

  test('go on about the issue that a risk became, with what was asked and answered', async ({
    assert,
    client,
  }) => {
    const risk = await log.raise('risk', { nature: 'threat', title: 'No rig in May' })
    await here.escalate(risk)
    const walk = await Walk.begin(client, here.programmeManager)
    await here.answer(walk, risk, { decision: 'accepted', answer: 'We ask the board' })
    await here.manager.open(log.urlOf(risk))
    const given = { lock_version: await here.version(risk) }
    const page = await here.manager.submitAndFollow(`${log.urlOf(risk)}/conversion`, given)
    for (const text of ['A second piling rig', 'We ask the board']) {
      assert.include(unescaped(page.text()), text)
    }
    assert.equal((await here.live(risk)).state, 'taken_back')
    const [issue] = await sql(
      admin(),
      `select * from raid_items where project_id = ? and type = 'issue'`,
      [log.project.id]
    )
    const passedOn = await here.live(issue as RaidItem)
    assert.deepEqual(
      [passedOn.state, passedOn.answer, passedOn.answered_by],
      ['accepted', 'We ask the board', here.programmeManager.membershipId]
    )
    assert.include((await log.events(passedOn.id))[0].action, 'raid_escalation.created')
    const told = await sql(admin(), `select title from notifications where membership_id = ?`, [
      here.programmeManager.membershipId,
    ])
    assert.isTrue(told.some(({ title }) => title.includes(`${log.project.code}-I1`)))
    assert.notInclude((await walk.open('/work')).text(), '#escalation')
  })
})
