import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import Gate from '#models/gate'
import GateBoard from '#models/gate_board'
import GateCriterion from '#models/gate_criterion'
import Membership from '#models/membership'
import type Project from '#models/project'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Walk } from '#tests/support/walk'
import { World, type Person } from '#tests/support/world'
import type { Role } from '#policies/permissions'

let world: World
let project: Project
let gate: Gate
let criterion: GateCriterion
let page: string

async function setUp() {
  world = await World.create()
  project = await world.project()
  await world.inside(async () => {
    const [first] = await Gate.of(project)
    gate = first.refersTo(project)
    ;[criterion] = await GateCriterion.of(gate)
  })
  page = `/projects/${project.id}/gates/${gate.id}/criteria/${criterion.id}`
}

async function walk(client: any, role: Role | 'stranger' = 'manager') {
  return Walk.begin(client, await world.person(role))
}

function present(id = criterion.id) {
  return world.inside(() => GateCriterion.findOrFail(id))
}

function write(changes: Partial<GateCriterion>) {
  return world.inside(async () => {
    const row = (await GateCriterion.findOrFail(criterion.id)).refersTo(gate)
    await row.merge(changes as any).save()
  })
}

function setStatus(status: Gate['status']) {
  return world.inside(async () => {
    const row = await Gate.findIn(project, gate.id)
    await row.merge({ status }).save()
  })
}

async function nameChair(person: Person) {
  await world.inside(async () => {
    const board = await GateBoard.of(gate)
    const terms = { decisionRule: 'sole_decider', quorum: 1, isPolled: false } as const
    const { membershipId } = person
    await board.set(project, gate, terms, [{ membershipId, role: 'chair', required: true }])
  })
}

async function actions() {
  const rows = await sql(
    admin(),
    `select action from audit.events where project_id = ? and entity_type = 'gate_criterion'
      and action <> 'gate_criterion.updated' order by seq`,
    [project.id]
  )
  return rows.map(({ action }) => action)
}

async function noticesOf(person: Person) {
  const rows = await sql(admin(), 'select title from notifications where membership_id = ?', [
    person.membershipId,
  ])
  return rows.map(({ title }) => title)
}

test.group('Assessing a criterion', (group) => {
  group.each.setup(setUp)

  test('says how far it is met, by whom, in one event', async ({ assert, client }) => {
    const manager = await walk(client)
    await manager.open(page)
    const answer = await manager.submitAndFollow(
      page,
      { assessment: 'partly_met', note: 'The **map** is missing', owner_id: '', lock_version: 1 },
      'PUT'
    )
    assert.include(answer.text(), 'The criterion was saved')
    assert.include(answer.text(), 'assessed a criterion of')
    const row = await present()
    const { membershipId } = await world.person('manager')
    assert.deepInclude(row.$attributes, {
      assessment: 'partly_met',
      note: 'The **map** is missing',
      assessedBy: membershipId,
      lockVersion: 2,
    })
    assert.deepEqual(await actions(), ['gate_criterion.assessed'])
  })

  test('saving what the form showed tells nothing', async ({ assert, client }) => {
    const manager = await walk(client)
    const same = { assessment: 'not_assessed', note: '', owner_id: '', lock_version: 1 }
    await manager.submit(page, same, 'PUT')
    assert.isEmpty(await actions())
    assert.equal((await present()).lockVersion, 1)
  })

  for (const assessment of ['waived', 'not_applicable', 'excellent']) {
    test(`is refused as ${assessment}`, async ({ assert, client }) => {
      const manager = await walk(client)
      await manager.open(page)
      const answer = await manager.submitAndFollow(
        page,
        { assessment, note: 'Kept text', lock_version: 1 },
        'PUT'
      )
      assert.include(answer.text(), 'Choose one of the options')
      assert.include(answer.text(), 'Kept text')
      assert.equal((await present()).assessment, 'not_assessed')
    })
  }

  test('is not for people where a rule checks', async ({ assert, client }) => {
    const [ruled, address] = await world.inside(async () => {
      const [, go] = await Gate.of(project)
      const one = await GateCriterion.of(go).whereNotNull('rule').firstOrFail()
      return [one, `/projects/${project.id}/gates/${go.id}/criteria/${one.id}`] as const
    })
    const manager = await walk(client)
    const form = await manager.open(address)
    assert.include(form.text(), 'What the rule finds')
    assert.notInclude(form.text(), 'How far is it met?')
    const answer = await manager.submitAndFollow(
      address,
      { assessment: 'met', lock_version: 1 },
      'PUT'
    )
    assert.include(answer.text(), 'A rule checks this criterion')
    assert.equal((await present(ruled.id)).assessment, 'not_assessed')
    await manager.submit(address, { note: 'Looked at', lock_version: 1 }, 'PUT')
    assert.equal((await present(ruled.id)).note, 'Looked at')
  })

  test('is given to an owner, who is told and may assess it', async ({ assert, client }) => {
    const viewer = await world.person('viewer')
    const manager = await walk(client)
    await manager.submit(page, { owner_id: viewer.membershipId, lock_version: 1 }, 'PUT')
    assert.lengthOf(await noticesOf(viewer), 1)
    const owner = await walk(client, 'viewer')
    const other = await world.person('team')
    await owner.submit(
      page,
      { assessment: 'met', owner_id: other.membershipId, lock_version: 2 },
      'PUT'
    )
    const row = await present()
    assert.equal(row.assessment, 'met')
    assert.equal(row.ownerId, viewer.membershipId, 'an owner does not hand it on')
  })

  test('is given to nobody who cannot see the project', async ({ assert, client }) => {
    const elsewhere = await (await World.create()).person('member')
    const stranger = await world.person('stranger')
    const manager = await walk(client)
    for (const { membershipId } of [stranger, elsewhere]) {
      await manager.open(page)
      const answer = await manager.submitAndFollow(
        page,
        { owner_id: membershipId, lock_version: 1 },
        'PUT'
      )
      assert.include(answer.text(), 'Choose a member who can see this project')
    }
    assert.isNull((await present()).ownerId)
  })

  test('shows both versions to the later of two', async ({ assert, client }) => {
    const [first, second] = [await walk(client), await walk(client, 'pmo')]
    await first.submit(page, { assessment: 'met', lock_version: 1 }, 'PUT')
    const answer = await second.submit(
      page,
      { assessment: 'not_met', note: 'My long note', lock_version: 1 },
      'PUT'
    )
    answer.assertStatus(409)
    assert.include(answer.text(), 'My long note')
    assert.equal((await present()).assessment, 'met')
  })

  for (const status of ['submitted', 'in_review', 'decided', 'withdrawn'] as const) {
    test(`is over while the gate is ${status}`, async ({ assert, client }) => {
      await setStatus(status)
      const manager = await walk(client)
      const shown = await manager.open(page)
      assert.notInclude(shown.text(), 'How far is it met?')
      const answer = await manager.submitAndFollow(
        page,
        { assessment: 'met', lock_version: 1 },
        'PUT'
      )
      assert.include(answer.text(), 'The gate was submitted')
      assert.equal((await present()).assessment, 'not_assessed')
    })
  }

  for (const role of ['sponsor', 'team', 'viewer', 'owner', 'auditor', 'gate_decider'] as const) {
    test(`is not for a ${role} who does not own it`, async ({ assert, client }) => {
      const person = await world.person(role)
      const read = await client.get(page).as(person)
      read.assertStatus(200)
      const answer = await client.put(page).form({ assessment: 'met', lock_version: 1 }).as(person)
      answer.assertStatus(403)
      assert.equal((await present()).assessment, 'not_assessed')
    })
  }

  test('is out of reach for strangers, other organisations and other gates', async ({ client }) => {
    const elsewhere = await (await World.create()).person('owner')
    const fields = { assessment: 'met', lock_version: 1 }
    for (const person of [await world.person('stranger'), elsewhere]) {
      for (const answer of [client.get(page), client.put(page).form(fields)]) {
        const response = await answer.as(person)
        response.assertStatus(404)
      }
    }
    const [, go] = await world.inside(() => Gate.of(project).exec())
    const wrong = page.replace(gate.id, go.id)
    const answer = await client.get(wrong).as(await world.person('manager'))
    answer.assertStatus(404)
  })
})

test.group('Setting a criterion aside', (group) => {
  let sponsor: Person

  group.each.setup(async () => {
    await setUp()
    sponsor = await world.person('sponsor')
    await nameChair(sponsor)
  })

  const ask = { waiver_as: 'not_applicable', reason: 'No building is touched', lock_version: 1 }

  test('is told to the PMO too, and to the PMO alone while nobody chairs', async ({
    assert,
    client,
  }) => {
    const office = await world.person('pmo')
    const manager = await walk(client)
    await manager.open(page)
    await manager.submit(`${page}/waiver`, ask)
    assert.match(
      (await noticesOf(office))[0],
      /the consent of .* is asked to set a criterion aside/
    )
    assert.lengthOf(await noticesOf(office), 1)
    assert.lengthOf(await noticesOf(await world.person('viewer')), 0)
    await manager.submit(`${page}/waiver`, { lock_version: 2 }, 'DELETE')
    await world.inside(async () => project.merge({ sponsorId: null }).save())
    await manager.submit(`${page}/waiver`, { ...ask, lock_version: 3 })
    assert.match((await noticesOf(office)).join(' '), /a chair, yet to be named/)
    assert.lengthOf(await noticesOf(sponsor), 1)
  })

  test('takes a reason and then the consent of the chair, who is told', async ({
    assert,
    client,
  }) => {
    const manager = await walk(client)
    await manager.open(page)
    const silent = await manager.submitAndFollow(`${page}/waiver`, { ...ask, reason: ' ' })
    assert.include(silent.text(), 'Say why it should be set aside')
    const asked = await manager.submitAndFollow(`${page}/waiver`, ask)
    assert.include(asked.text(), 'waits for the chair')
    assert.deepInclude((await present()).$attributes, {
      assessment: 'not_assessed',
      waiverState: 'requested',
      waiverAs: 'not_applicable',
      waiverReason: 'No building is touched',
    })
    assert.match((await noticesOf(sponsor))[0], /your consent is asked/)

    const chair = await walk(client, 'sponsor')
    await chair.open(page)
    const answer = await chair.submitAndFollow(
      `${page}/waiver`,
      { answer: 'consent', comment: '', lock_version: 2 },
      'PUT'
    )
    assert.include(answer.text(), 'with the chair’s consent')
    assert.deepInclude((await present()).$attributes, {
      assessment: 'not_applicable',
      waiverState: 'consented',
      waiverAnsweredBy: sponsor.membershipId,
      assessedBy: sponsor.membershipId,
    })
    assert.match((await noticesOf(await world.person('manager')))[0], /set aside as not applicable/)
    assert.deepEqual(await actions(), [
      'gate_criterion.waiver_requested',
      'gate_criterion.waiver_answered',
    ])
  })

  test('is refused for a reason, and may be asked for again', async ({ assert, client }) => {
    const manager = await walk(client)
    await manager.submit(`${page}/waiver`, ask)
    const chair = await walk(client, 'sponsor')
    await chair.open(page)
    const refusal = { answer: 'refuse', comment: '', lock_version: 2 }
    const silent = await chair.submitAndFollow(`${page}/waiver`, refusal, 'PUT')
    assert.include(silent.text(), 'Say why not')
    const given = { ...refusal, comment: 'The hall is one' }
    const answer = await chair.submitAndFollow(`${page}/waiver`, given, 'PUT')
    assert.include(answer.text(), 'The hall is one')
    assert.deepInclude((await present()).$attributes, {
      assessment: 'not_assessed',
      waiverState: 'refused',
    })
    await manager.submit(`${page}/waiver`, { ...ask, lock_version: 3 })
    assert.deepInclude((await present()).$attributes, {
      waiverState: 'requested',
      waiverAnswer: null,
      waiverAnsweredBy: null,
    })
  })

  test('taken back, the criterion is to be assessed again', async ({ assert, client }) => {
    const manager = await walk(client)
    await manager.submit(`${page}/waiver`, ask)
    const chair = await walk(client, 'sponsor')
    await chair.submit(`${page}/waiver`, { answer: 'consent', lock_version: 2 }, 'PUT')
    await manager.open(page)
    const refused = await manager.submitAndFollow(
      page,
      { assessment: 'met', lock_version: 3 },
      'PUT'
    )
    assert.include(refused.text(), 'Take the waiver back')
    await manager.submit(`${page}/waiver`, { lock_version: 3 }, 'DELETE')
    assert.deepInclude((await present()).$attributes, {
      assessment: 'not_assessed',
      waiverState: null,
      waiverReason: null,
      assessedBy: null,
    })
  })

  test('of two answers at one moment one stands', async ({ assert, client }) => {
    await (await walk(client)).submit(`${page}/waiver`, ask)
    const answers = await Promise.all(
      ['consent', 'refuse'].map((answer) =>
        client.put(`${page}/waiver`).form({ answer, comment: 'Said', lock_version: 2 }).as(sponsor)
      )
    )
    assert.sameMembers(
      answers.map((answer) => answer.status()),
      [303, 409]
    )
    assert.lengthOf(
      (await actions()).filter((action) => action.endsWith('answered')),
      1
    )
  })

  test('an answer without a request is refused', async ({ assert, client }) => {
    const chair = await walk(client, 'sponsor')
    await chair.open(page)
    await chair.submit(`${page}/waiver`, { answer: 'consent', lock_version: 1 }, 'PUT')
    assert.isNull((await present()).waiverState)
  })

  for (const role of ['manager', 'pmo', 'owner', 'gate_decider', 'team'] as const) {
    test(`a ${role} who does not chair the gate consents to nothing`, async ({
      assert,
      client,
    }) => {
      await write({
        waiverState: 'requested',
        waiverAs: 'waived',
        waiverReason: 'Small',
        waiverRequestedAt: DateTime.utc(),
      })
      const answer = await client
        .put(`${page}/waiver`)
        .form({ answer: 'consent', lock_version: 1 })
        .as(await world.person(role))
      answer.assertStatus(403)
      assert.equal((await present()).waiverState, 'requested')
    })
  }

  test('while nobody chairs the gate, nobody consents', async ({ assert, client }) => {
    await world.inside(async () => {
      const row = await Membership.findOrFail(sponsor.membershipId)
      await row.deactivate()
    })
    const manager = await walk(client)
    const asked = await manager.submitAndFollow(`${page}/waiver`, ask)
    assert.include(asked.text(), 'Nobody chairs this gate yet')
    assert.include(asked.text(), `/gates/${gate.id}/board`)
  })

  for (const role of ['team', 'viewer', 'sponsor', 'auditor'] as const) {
    test(`a ${role} who does not own it asks for nothing`, async ({ assert, client }) => {
      const person = await world.person(role)
      const answer = await client.post(`${page}/waiver`).form(ask).as(person)
      answer.assertStatus(403)
      assert.isNull((await present()).waiverState)
    })
  }

  test('is over once the gate was submitted', async ({ assert, client }) => {
    await write({
      waiverState: 'requested',
      waiverAs: 'waived',
      waiverReason: 'Small',
      waiverRequestedAt: DateTime.utc(),
    })
    await setStatus('submitted')
    const chair = await walk(client, 'sponsor')
    await chair.submit(`${page}/waiver`, { answer: 'consent', lock_version: 1 }, 'PUT')
    const manager = await walk(client)
    await manager.submit(`${page}/waiver`, { lock_version: 1 }, 'DELETE')
    assert.equal((await present()).waiverState, 'requested')
  })
})
