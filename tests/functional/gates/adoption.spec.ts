import { test } from '@japa/runner'
import Round from '#models/deciding/round'
import { withdraw } from '#models/deciding/withdrawal'
import Gate from '#models/gate'
import GateBoard from '#models/gate_board'
import GateCriterion from '#models/gate_criterion'
import GateEvidence from '#models/gate_evidence'
import { lifecycleOf } from '#models/lifecycle/adoption'
import { addStage, setGate } from '#models/lifecycle/editing'
import LifecycleTemplate from '#models/lifecycle_template'
import Project from '#models/project'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { EvidenceScene } from '#tests/support/evidence'
import { Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

test.group('Taking up another lifecycle', (group) => {
  let world: World
  let project: Project
  let uk: LifecycleTemplate
  let address: string

  group.each.setup(async () => {
    world = await World.create()
    project = await world.project()
    uk = await world.inside(() =>
      LifecycleTemplate.offered().where('name', 'UK Gate 0-5').firstOrFail()
    )
    address = `/projects/${project.id}/lifecycle`
  })

  const manager = async (client: any) => Walk.begin(client, await world.person('manager'))
  const followed = () => world.inside(async () => (await lifecycleOf(project))!.name)

  test('replaces stages and gates, and the project stays at its place', async ({
    assert,
    client,
  }) => {
    await world.inside(async () => {
      const stages = await project.related('stages').query()
      await project.merge({ stageId: stages[2].id }).save()
    })
    const walk = await manager(client)
    const form = await walk.open(`${address}/edit`)
    assert.include(form.text(), 'The project follows Light, version 1')
    const page = await walk.submitAndFollow(
      address,
      { lifecycle_id: uk.id, lock_version: 1 },
      'PUT'
    )
    assert.include(page.text(), 'now follows UK Gate 0-5, version 1')
    await world.inside(async () => {
      const present = await Project.findOrFail(project.id)
      const stages = await present.related('stages').query()
      assert.lengthOf(stages, 6)
      assert.equal(present.stageId, stages[2].id)
      const gates = await Gate.of(present)
      assert.deepEqual(
        gates.map(({ number }) => number),
        [4, 5, 6, 7, 8, 9]
      )
      assert.lengthOf(await GateCriterion.of(gates[0]), 5)
    })
    const told = await sql(
      admin(),
      `select v.path, v.value::jsonb->>'before' as before, v.value::jsonb->>'after' as after
         from audit.events e join audit.event_values v on v.event_id = e.id
        where e.project_id = ? and e.action = 'project.lifecycle_adopted' order by v.path`,
      [project.id]
    )
    assert.deepEqual(
      told.map(({ path }) => path),
      ['lifecycle_id', 'stage_id']
    )
    assert.equal(told[0].after, uk.id)
    assert.deepEqual([told[1].before, told[1].after], ['Delivery', 'Delivery strategy'])
  })

  test('warns of what is lost, and the trail keeps it', async ({ assert, client }) => {
    await world.inside(async () => {
      const gate = (await Gate.of(project).firstOrFail()).refersTo(project)
      const [criterion] = await GateCriterion.of(gate)
      criterion.refersTo(gate).merge({ assessment: 'met', note: 'Seen on site' })
      await criterion.saveRevision()
      await new GateEvidence()
        .merge({
          projectId: project.id,
          criterionId: criterion.id,
          kind: 'link',
          name: 'Minutes',
          url: 'https://example.org/minutes',
        })
        .shows(criterion)
        .save()
    })
    const walk = await manager(client)
    const form = await walk.open(`${address}/edit`)
    assert.include(
      form.text(),
      '1 assessment and 1 piece of evidence will be removed with their gates'
    )
    await walk.submit(address, { lifecycle_id: uk.id, lock_version: 1 }, 'PUT')
    assert.equal(await followed(), 'UK Gate 0-5')
    const kept = await sql(
      admin(),
      `select v.value::jsonb->>'before' as before from audit.events e
         join audit.event_values v on v.event_id = e.id
        where e.project_id = ? and e.action like '%.deleted' and v.path in ('note', 'url')`,
      [project.id]
    )
    assert.sameMembers(
      kept.map(({ before }) => before),
      ['Seen on site', 'https://example.org/minutes']
    )
  })

  test('deletes the files of the evidence from the store', async ({ assert, client }) => {
    const scene = await EvidenceScene.create()
    const minutes = await scene.minutes(client)
    await scene.store(minutes)
    const other = await scene.world.inside(() =>
      LifecycleTemplate.offered().where('name', 'UK Gate 0-5').firstOrFail()
    )
    const walk = await Walk.begin(client, scene.manager)
    const path = `/projects/${scene.at.project.id}/lifecycle`
    await walk.open(`${path}/edit`)
    await walk.submit(path, { lifecycle_id: other.id, lock_version: 1 }, 'PUT')
    const queued = await sql(
      admin(),
      `select task_identifier from graphile_worker.jobs j
         join graphile_worker._private_jobs p using (id) where p.payload->>'evidenceId' = ?`,
      [minutes.id]
    )
    assert.include(
      queued.map(({ task_identifier: name }) => name),
      'discard_evidence'
    )
  })

  test('removes the boards of the gates, and records it', async ({ assert, client }) => {
    const sponsor = await world.person('sponsor')
    await world.inside(async () => {
      const gate = (await Gate.of(project).firstOrFail()).refersTo(project)
      const board = await GateBoard.of(gate)
      const terms = { decisionRule: 'sole_decider', quorum: 1, isPolled: false } as const
      const chair = { membershipId: sponsor.membershipId, role: 'chair', required: true } as const
      await board.set(project, gate, terms, [chair])
    })
    const walk = await manager(client)
    await walk.submit(address, { lifecycle_id: uk.id, lock_version: 1 }, 'PUT')
    assert.equal(await followed(), 'UK Gate 0-5')
    const told = await sql(
      admin(),
      `select action from audit.events where project_id = ? and entity_type = 'gate_board' order by seq`,
      [project.id]
    )
    assert.equal(told.at(-1)!.action, 'gate_board.deleted')
  })

  for (const status of ['submitted', 'in_review', 'decided', 'withdrawn'] as const) {
    test(`is refused once a gate is ${status}`, async ({ assert, client }) => {
      await world.inside(async () => {
        const gate = (await Gate.of(project).firstOrFail()).refersTo(project)
        await gate.merge({ status }).save()
      })
      const walk = await manager(client)
      const form = await walk.open(`${address}/edit`)
      assert.include(form.text(), 'You cannot change the lifecycle')
      await walk.submit(address, { lifecycle_id: uk.id, lock_version: 1 }, 'PUT')
      assert.equal(await followed(), 'Light')
    })
  }

  test('is refused for one that is not on offer, and for the present one', async ({
    assert,
    client,
  }) => {
    const [light, draft] = await world.inside(async () => {
      const present = await LifecycleTemplate.offered().firstOrFail()
      return [present, await present.nextDraft()]
    })
    const walk = await manager(client)
    await walk.open(`${address}/edit`)
    const gates = async () =>
      (await world.inside(() => Gate.of(project).exec())).map(({ id }) => id)
    const before = await gates()
    for (const { id } of [light, draft]) {
      await walk.submit(address, { lifecycle_id: id, lock_version: 1 }, 'PUT')
      assert.deepEqual(await gates(), before)
    }
  })

  test('is refused once a gate was before its deciders, though it was taken back', async ({
    assert,
    client,
  }) => {
    const table = await Table.create()
    const review = await table.open({ chair: 'chair', one: 'decider' })
    await table.world.inside(async () => {
      const round = await Round.locked(await table.present(), review.gateId, review.id)
      await withdraw(round, 'Too soon')
    }, table.people.manager)
    await table.ready()
    const other = await table.world.inside(() =>
      LifecycleTemplate.offered().where('name', 'UK Gate 0-5').firstOrFail()
    )
    const walk = await Walk.begin(client, table.people.manager)
    await walk.open(`${table.base}/lifecycle/edit`)
    const page = await walk.submitAndFollow(
      `${table.base}/lifecycle`,
      { lifecycle_id: other.id, lock_version: 1 },
      'PUT'
    )
    assert.include(page.text(), 'You cannot change the lifecycle')
    assert.lengthOf(await table.rows('gates'), 3)
  })

  test('leads to the last stage where the new one has fewer', async ({ assert, client }) => {
    const short = await world.inside(async () => {
      const draft = await LifecycleTemplate.begin({ name: 'Short' })
      await addStage(draft, 'Only one')
      const { stages } = await draft.parts()
      await setGate(draft, stages[0], { name: 'Done' }, 0)
      await draft.publish(draft.lockVersion)
      const present = await project.related('stages').query()
      await project.merge({ stageId: present.at(-1)!.id }).save()
      return draft
    })
    const walk = await manager(client)
    await walk.submit(address, { lifecycle_id: short.id, lock_version: 1 }, 'PUT')
    assert.equal(await followed(), 'Short')
    await world.inside(async () => {
      const present = await Project.findOrFail(project.id)
      const [only] = await present.related('stages').query()
      assert.equal(present.stageId, only.id)
    })
  })

  test('of two at one moment one wins', async ({ assert, client }) => {
    const person = await world.person('manager')
    const others = await world.inside(() => LifecycleTemplate.offered().exec())
    const answers = await Promise.all(
      others
        .slice(1)
        .map(({ id }) => client.put(address).form({ lifecycle_id: id, lock_version: 1 }).as(person))
    )
    assert.sameMembers(
      answers.map((answer) => answer.status()),
      [303, 409]
    )
    const gates = await world.inside(() => Gate.of(project).exec())
    assert.lengthOf([...new Set(gates.map(({ templateId }) => templateId))], 1)
  })

  for (const role of ['sponsor', 'team', 'viewer', 'owner', 'auditor'] as const) {
    test(`is refused to a ${role}`, async ({ assert, client }) => {
      const person = await world.person(role)
      const answer = await client
        .put(address)
        .form({ lifecycle_id: uk.id, lock_version: 1 })
        .as(person)
      answer.assertStatus(403)
      assert.equal(await followed(), 'Light')
    })
  }

  test('does not exist for a stranger', async ({ client }) => {
    const answer = await client.get(`${address}/edit`).as(await world.person('stranger'))
    answer.assertStatus(404)
  })
})
