import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import Membership from '#models/membership'
import type { Role } from '#policies/permissions'
import { type Person } from '#tests/support/world'
import { CriterionScene, noticesOf } from '#tests/support/criterion_scene'

test.group('Setting a criterion aside', (group) => {
  let here: CriterionScene
  let sponsor: Person

  group.each.setup(async () => {
    here = await CriterionScene.create()
    sponsor = await here.world.person('sponsor')
    await here.nameChair(sponsor)
  })

  const ask = {
    waiver_as: 'not_applicable',
    reason: 'No building is touched',
    lock_version: 1,
  }

  test('notifies the PMO too, and the PMO alone while nobody chairs', async ({
    assert,
    client,
  }) => {
    const office = await here.world.person('pmo')
    const manager = await here.walk(client)
    await manager.open(here.page)
    await manager.submit(`${here.page}/waiver`, ask)
    assert.match((await noticesOf(office))[0], /.* is asked to consent to a waiver/)
    assert.lengthOf(await noticesOf(office), 1)
    assert.lengthOf(await noticesOf(await here.world.person('viewer')), 0)
    await manager.submit(`${here.page}/waiver`, { lock_version: 2 }, 'DELETE')
    await here.world.inside(async () => here.project.merge({ sponsorId: null }).save())
    await manager.submit(`${here.page}/waiver`, { ...ask, lock_version: 3 })
    assert.match((await noticesOf(office)).join(' '), /the chair \(not yet named\)/)
    assert.lengthOf(await noticesOf(sponsor), 1)
  })

  test('comes first for the chair while it waits, and last for everyone else', async ({
    assert,
    client,
  }) => {
    const manager = await here.walk(client)
    await manager.open(here.page)
    await manager.submit(`${here.page}/waiver`, ask)
    const comesFirst = async (role: Role) => {
      const page = (await (await here.walk(client, role)).open(here.page)).text()
      return page.indexOf('>Waiver<') < page.indexOf('>Evidence (0)<')
    }
    assert.isTrue(await comesFirst('sponsor'))
    assert.isFalse(await comesFirst('manager'))
    assert.isFalse(await comesFirst('viewer'))
  })

  test('lists what is missing in the order of the form, a choice that was not made included', async ({
    assert,
    client,
  }) => {
    const manager = await here.walk(client)
    await manager.open(here.page)
    const sent = { lock_version: 1, reason: '' }
    const page = (await manager.submitAndFollow(`${here.page}/waiver`, sent)).text()
    const linked = [...page.matchAll(/<li><a href="#([\w-]+)">/g)].map(([, id]) => id)
    assert.deepEqual(linked, ['waiver_as', 'reason'])
  })

  test('tells only those who may ask how to ask for it', async ({ assert, client }) => {
    for (const [role, says] of [
      ['manager', true],
      ['viewer', false],
    ] as const) {
      const page = (await (await here.walk(client, role)).open(here.page)).text()
      assert.equal(page.includes('ask the chair to waive it'), says, role)
    }
  })

  test('takes a reason and then the consent of the chair, who is told', async ({
    assert,
    client,
  }) => {
    const manager = await here.walk(client)
    await manager.open(here.page)
    const silent = await manager.submitAndFollow(`${here.page}/waiver`, {
      ...ask,
      reason: ' ',
    })
    assert.include(silent.text(), 'Enter a reason for the waiver')
    const asked = await manager.submitAndFollow(`${here.page}/waiver`, ask)
    assert.include(asked.text(), 'sent to the chair')
    assert.deepInclude((await here.present()).$attributes, {
      assessment: 'not_assessed',
      waiverState: 'requested',
      waiverAs: 'not_applicable',
      waiverReason: 'No building is touched',
    })
    assert.match((await noticesOf(sponsor))[0], /you are asked to consent/)

    const chair = await here.walk(client, 'sponsor')
    await chair.open(here.page)
    const answer = await chair.submitAndFollow(
      `${here.page}/waiver`,
      { answer: 'consent', comment: '', lock_version: 2 },
      'PUT'
    )
    assert.include(answer.text(), 'with the chair’s consent')
    assert.deepInclude((await here.present()).$attributes, {
      assessment: 'not_applicable',
      waiverState: 'consented',
      waiverAnsweredBy: sponsor.membershipId,
      assessedBy: sponsor.membershipId,
    })
    assert.match(
      (await noticesOf(await here.world.person('manager')))[0],
      /marked as not applicable/
    )
    assert.deepEqual(await here.actions(), [
      'gate_criterion.waiver_requested',
      'gate_criterion.waiver_answered',
    ])
  })

  test('waits in the chair’s work, or the PMO’s where nobody chairs', async ({
    assert,
    client,
  }) => {
    const waits = async (role: Role, path = here.page) =>
      (await (await here.walk(client, role)).open('/work')).text().includes(`href="${path}"`)
    const board = `/projects/${here.project.id}/gates/${here.gate.id}/board`
    await here.world.members(['pmo', 'owner'])
    const manager = await here.walk(client)
    await manager.submit(`${here.page}/waiver`, ask)
    assert.deepEqual(
      [await waits('sponsor'), await waits('gate_decider'), await waits('pmo', board)],
      [true, false, false]
    )
    const leave = (role: Role) =>
      here.world.inside(async () => {
        const { membershipId } = await here.world.person(role)
        await (await Membership.findOrFail(membershipId)).merge({ status: 'left' }).save()
      })
    await leave('sponsor')
    assert.deepEqual([await waits('pmo', board), await waits('owner', board)], [true, false])
    await leave('pmo')
    assert.isTrue(await waits('owner', board))
    await manager.submit(`${here.page}/waiver`, { lock_version: 2 }, 'DELETE')
    assert.isFalse(await waits('owner', board))
  })

  test('waits for its chair no longer once it is answered, or the gate submitted', async ({
    assert,
    client,
  }) => {
    const chair = await here.walk(client, 'sponsor')
    const waits = async () => (await chair.open('/work')).text().includes(`href="${here.page}"`)
    const manager = await here.walk(client)
    await manager.submit(`${here.page}/waiver`, ask)
    await here.setStatus('submitted')
    assert.isFalse(await waits())
    await here.setStatus('preparing')
    assert.isTrue(await waits())
    await chair.submit(`${here.page}/waiver`, { answer: 'consent', lock_version: 2 }, 'PUT')
    assert.isFalse(await waits())
  })

  test('is refused for a reason, and may be asked for again', async ({ assert, client }) => {
    const manager = await here.walk(client)
    await manager.submit(`${here.page}/waiver`, ask)
    const chair = await here.walk(client, 'sponsor')
    await chair.open(here.page)
    const refusal = { answer: 'refuse', comment: '', lock_version: 2 }
    const silent = await chair.submitAndFollow(`${here.page}/waiver`, refusal, 'PUT')
    assert.include(silent.text(), 'Enter why you refuse')
    const given = { ...refusal, comment: 'The hall is one' }
    const answer = await chair.submitAndFollow(`${here.page}/waiver`, given, 'PUT')
    assert.include(answer.text(), 'The hall is one')
    assert.deepInclude((await here.present()).$attributes, {
      assessment: 'not_assessed',
      waiverState: 'refused',
    })
    await manager.submit(`${here.page}/waiver`, { ...ask, lock_version: 3 })
    assert.deepInclude((await here.present()).$attributes, {
      waiverState: 'requested',
      waiverAnswer: null,
      waiverAnsweredBy: null,
    })
  })

  test('taken back, the criterion is to be assessed again', async ({ assert, client }) => {
    const manager = await here.walk(client)
    await manager.submit(`${here.page}/waiver`, ask)
    const chair = await here.walk(client, 'sponsor')
    await chair.submit(`${here.page}/waiver`, { answer: 'consent', lock_version: 2 }, 'PUT')
    await manager.open(here.page)
    const refused = await manager.submitAndFollow(
      here.page,
      { assessment: 'met', lock_version: 3 },
      'PUT'
    )
    assert.include(refused.text(), 'Withdraw the waiver before')
    await manager.submit(`${here.page}/waiver`, { lock_version: 3 }, 'DELETE')
    assert.deepInclude((await here.present()).$attributes, {
      assessment: 'not_assessed',
      waiverState: null,
      waiverReason: null,
      assessedBy: null,
    })
  })

  test('of two answers at one moment one counts', async ({ assert, client }) => {
    await (await here.walk(client)).submit(`${here.page}/waiver`, ask)
    const answers = await Promise.all(
      ['consent', 'refuse'].map((answer) =>
        client
          .put(`${here.page}/waiver`)
          .form({ answer, comment: 'Said', lock_version: 2 })
          .as(sponsor)
      )
    )
    assert.sameMembers(
      answers.map((answer) => answer.status()),
      [303, 409]
    )
    assert.lengthOf(
      (await here.actions()).filter((action) => action.endsWith('answered')),
      1
    )
  })

  test('an answer without a request is refused', async ({ assert, client }) => {
    const chair = await here.walk(client, 'sponsor')
    await chair.open(here.page)
    await chair.submit(`${here.page}/waiver`, { answer: 'consent', lock_version: 1 }, 'PUT')
    assert.isNull((await here.present()).waiverState)
  })

  for (const role of ['manager', 'pmo', 'owner', 'gate_decider', 'team'] as const) {
    test(`a ${role} who does not chair the gate consents to nothing`, async ({
      assert,
      client,
    }) => {
      await here.write({
        waiverState: 'requested',
        waiverAs: 'waived',
        waiverReason: 'Small',
        waiverRequestedAt: DateTime.utc(),
      })
      const answer = await client
        .put(`${here.page}/waiver`)
        .form({ answer: 'consent', lock_version: 1 })
        .as(await here.world.person(role))
      answer.assertStatus(403)
      assert.equal((await here.present()).waiverState, 'requested')
    })
  }

  test('while nobody chairs the gate, nobody consents', async ({ assert, client }) => {
    await here.world.inside(async () => {
      const row = await Membership.findOrFail(sponsor.membershipId)
      await row.deactivate()
    })
    const manager = await here.walk(client)
    const asked = await manager.submitAndFollow(`${here.page}/waiver`, ask)
    assert.include(asked.text(), 'This gate has no chair yet')
    assert.include(asked.text(), `/gates/${here.gate.id}/board`)
  })

  for (const role of ['team', 'viewer', 'sponsor', 'auditor'] as const) {
    test(`a ${role} who does not own it asks for nothing`, async ({ assert, client }) => {
      const person = await here.world.person(role)
      const answer = await client.post(`${here.page}/waiver`).form(ask).as(person)
      answer.assertStatus(403)
      assert.isNull((await here.present()).waiverState)
    })
  }

  test('is over once the gate was submitted', async ({ assert, client }) => {
    await here.write({
      waiverState: 'requested',
      waiverAs: 'waived',
      waiverReason: 'Small',
      waiverRequestedAt: DateTime.utc(),
    })
    await here.setStatus('submitted')
    const chair = await here.walk(client, 'sponsor')
    await chair.submit(`${here.page}/waiver`, { answer: 'consent', lock_version: 1 }, 'PUT')
    const manager = await here.walk(client)
    await manager.submit(`${here.page}/waiver`, { lock_version: 1 }, 'DELETE')
    assert.equal((await here.present()).waiverState, 'requested')
  })
})
