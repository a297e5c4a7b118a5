import { test } from '@japa/runner'
import Gate from '#models/gate'
import GateCriterion from '#models/gate_criterion'
import LifecycleTemplate from '#models/lifecycle_template'
import LifecycleTemplateStage from '#models/lifecycle_template_stage'
import Project from '#models/project'
import { StaleRecord } from '#models/saving/stale_record'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

test.group('Lifecycles', (group) => {
  let world: World

  group.each.setup(async () => {
    world = await World.create()
  })

  test('every organisation begins with three, published', async ({ assert }) => {
    const offered = await world.inside(() => LifecycleTemplate.offered().exec())
    assert.deepEqual(
      offered.map(({ title }) => title),
      ['Light, version 1', 'UK Gate 0-5, version 1', 'PM², version 1']
    )
    const gates = await world.inside(() => Promise.all(offered.map(async (one) => one.parts())))
    assert.deepEqual(
      gates.map((parts) => parts.gates.map(({ name }) => name.split(':')[0])),
      [
        ['Start', 'Go', 'Finish'],
        ['Gate 0', 'Gate 1', 'Gate 2', 'Gate 3', 'Gate 4', 'Gate 5'],
        ['RfP', 'RfE', 'RfC'],
      ]
    )
    for (const { criteria } of gates) {
      assert.includeMembers(
        criteria.map(({ weight }) => weight),
        ['must_meet', 'should_meet']
      )
    }
  })

  test('a new version is a draft with the same parts, and there is one at a time', async ({
    assert,
  }) => {
    await world.inside(async () => {
      const light = await LifecycleTemplate.offered().firstOrFail()
      const draft = await light.nextDraft()
      assert.deepInclude(draft.$attributes, { version: 2, status: 'draft', name: 'Light' })
      assert.equal((await light.nextDraft()).id, draft.id)
      const [old, copy] = [await light.parts(), await draft.parts()]
      for (const part of ['stages', 'gates', 'criteria'] as const) {
        assert.deepEqual(copy[part].map(essence), old[part].map(essence))
      }
      assert.equal(copy.gates[1].stageId, copy.stages[1].id)
      assert.equal(copy.criteria.at(-1)!.gateId, copy.gates[2].id)
    })
  })

  test('publishing a version puts the one before out of use', async ({ assert }) => {
    await world.inside(async () => {
      const light = await LifecycleTemplate.offered().firstOrFail()
      const draft = await light.nextDraft()
      await draft.publish(1)
      const titles = (await LifecycleTemplate.offered()).map(({ title }) => title)
      assert.deepEqual(titles, ['Light, version 2', 'UK Gate 0-5, version 1', 'PM², version 1'])
      assert.equal((await LifecycleTemplate.findById(light.id)).status, 'superseded')
    })
  })

  test('a draft without a gate is not published', async ({ assert }) => {
    await world.inside(async () => {
      const empty = await LifecycleTemplate.begin({ name: 'Ours' })
      await assert.rejects(() => empty.publish(1), 'Validation failure')
      const templateId = empty.id
      await LifecycleTemplateStage.create({ templateId, position: 1, name: 'All of it' })
      const error = await empty.publish(1).catch((refused) => refused)
      assert.equal(error.messages[0].message, 'Add a gate before you publish')
    })
  })

  test('a draft changed meanwhile is not published', async ({ assert }) => {
    await world.inside(async () => {
      const light = await LifecycleTemplate.offered().firstOrFail()
      const draft = await light.nextDraft()
      const error = await draft.publish(7).catch((refused) => refused)
      assert.instanceOf(error, StaleRecord)
    })
  })

  test('a retired lifecycle is no longer offered, and can be taken up by a new version', async ({
    assert,
  }) => {
    await world.inside(async () => {
      const light = await LifecycleTemplate.offered().firstOrFail()
      await light.retire(light.lockVersion)
      assert.lengthOf(await LifecycleTemplate.offered(), 2)
      const draft = await light.nextDraft()
      await draft.publish(1)
      assert.lengthOf(await LifecycleTemplate.offered(), 3)
    })
  })

  test('a draft is thrown away with its parts, a published version never', async ({ assert }) => {
    await world.inside(async () => {
      const light = await LifecycleTemplate.offered().firstOrFail()
      await assert.rejects(() => light.discard(light.lockVersion), 'Validation failure')
      const draft = await light.nextDraft()
      await draft.discard(1)
      assert.isEmpty((await draft.parts()).criteria)
    })
  })

  for (const [name, statement] of [
    ['a criterion', `update lifecycle_template_criteria set title = 'Easier'`],
    ['a stage', 'delete from lifecycle_template_stages'],
    ['its name', `update lifecycle_templates set name = 'Other'`],
    ['itself', `update lifecycle_templates set status = 'draft', published_at = null`],
  ]) {
    test(`the database keeps what is published: ${name}`, async ({ assert }) => {
      await assert.rejects(
        () => sql(admin(), `${statement} where organisation_id = ?`, [world.organisationId]),
        /published/
      )
    })
  }

  test('eight people beginning a version at once begin one', async ({ assert }) => {
    const light = await world.inside(() => LifecycleTemplate.offered().firstOrFail())
    const drafts = await Promise.all(
      Array.from({ length: 8 }, () => world.inside(() => light.nextDraft()))
    )
    assert.lengthOf([...new Set(drafts.map(({ id }) => id))], 1)
  })
})

test.group('The lifecycle of a project', (group) => {
  let world: World

  group.each.setup(async () => {
    world = await World.create()
  })

  test('is a copy of the first on offer, with numbered gates', async ({ assert }) => {
    const project = await world.project()
    await world.inside(async () => {
      const gates = await Gate.of(project)
      assert.deepEqual(
        gates.map(({ name, number, position, status }) => [name, number, position, status]),
        [
          ['Start', 1, 1, 'planned'],
          ['Go', 2, 2, 'planned'],
          ['Finish', 3, 3, 'planned'],
        ]
      )
      assert.equal(gates[1].refersTo(project).ref, `${project.code}-G2`)
      const stages = await project.related('stages').query()
      assert.deepEqual(
        stages.map(({ name }) => name),
        ['Initiation', 'Planning', 'Delivery', 'Closure']
      )
      assert.equal(gates[0].stageId, stages[0].id)
      const criteria = await GateCriterion.of(gates[1])
      assert.lengthOf(criteria, 6)
      assert.isTrue(criteria.every(({ assessment }) => assessment === 'not_assessed'))
    })
  })

  test('is the one chosen on the form, recorded in the project’s one event', async ({
    assert,
    client,
  }) => {
    const pmo = await Walk.begin(client, await world.person('pmo'))
    const form = await pmo.open('/projects/create')
    const [, uk] = await world.inside(() => LifecycleTemplate.offered().exec())
    assert.include(form.text(), uk.id)
    const page = await pmo.submitAndFollow('/projects', {
      ...(await fields(world)),
      lifecycle_id: uk.id,
    })
    page.assertStatus(200)
    await world.inside(async () => {
      const project = await Project.query().where('code', 'QUAY').firstOrFail()
      assert.lengthOf(await Gate.of(project), 6)
      const events = await sql(
        admin(),
        `select action, v.value::jsonb->>'after' as lifecycle from audit.events e
          left join audit.event_values v on v.event_id = e.id and v.path = 'lifecycle_id'
          where e.project_id = ?`,
        [project.id]
      )
      assert.deepEqual(events, [{ action: 'project.created', lifecycle: uk.id }])
    })
    const history = await pmo.open(page.redirects()[0] ?? '/projects')
    history.assertStatus(200)
  })

  test('is refused where it is not on offer, and what was typed stays', async ({
    assert,
    client,
  }) => {
    const draft = await world.inside(async () => {
      const light = await LifecycleTemplate.offered().firstOrFail()
      return light.nextDraft()
    })
    const theirs = await (await World.create()).inside(() => LifecycleTemplate.offered().first())
    const pmo = await Walk.begin(client, await world.person('pmo'))
    for (const id of [draft.id, theirs!.id]) {
      await pmo.open('/projects/create')
      const given = { ...(await fields(world)), lifecycle_id: id }
      const page = await pmo.submitAndFollow('/projects', given)
      assert.include(page.text(), 'Choose a lifecycle')
      assert.include(page.text(), 'value="New quay"')
    }
    assert.isNull(await world.inside(() => Project.findBy('code', 'QUAY')))
  })

  test('stays as it was when the lifecycle gets a new version', async ({ assert }) => {
    const project = await world.project()
    await world.inside(async () => {
      const before = await snapshot(project)
      const light = await LifecycleTemplate.offered().firstOrFail()
      const draft = await light.nextDraft()
      const { stages } = await draft.parts()
      await stages[0].merge({ name: 'Idea' }).save()
      await stages[3].delete()
      await draft.publish(1)
      assert.deepEqual(await snapshot(project), before)
      const next = await Project.begin({ code: 'NEXT', name: 'Next' })
      assert.deepEqual(
        (await next.related('stages').query()).map(({ name }) => name),
        ['Idea', 'Planning', 'Delivery']
      )
    })
  })

  test('has no gates where the organisation offers no lifecycle', async ({ assert }) => {
    await world.inside(async () => {
      for (const one of await LifecycleTemplate.offered()) await one.retire(one.lockVersion)
      const project = await Project.begin({ code: 'PLAIN', name: 'Plain' })
      assert.lengthOf(await project.related('stages').query(), 4)
      assert.isEmpty(await Gate.of(project))
    })
  })

  test('sets nothing aside without the consent of somebody', async ({ assert }) => {
    const project = await world.project()
    const [gate] = await world.inside(() => Gate.of(project).exec())
    for (const assessment of ['waived', 'not_applicable']) {
      await assert.rejects(
        () =>
          sql(admin(), 'update gate_criteria set assessment = ? where gate_id = ?', [
            assessment,
            gate.id,
          ]),
        /set_aside_by_consent/
      )
    }
  })
})

function essence({ $attributes }: { $attributes: Record<string, unknown> }) {
  const { id, templateId, stageId, gateId, createdAt, updatedAt, ...rest } = $attributes
  return rest
}

async function snapshot(project: Project) {
  const stages = await project.related('stages').query()
  const gates = await Gate.of(project)
  const criteria = await GateCriterion.query().where('project_id', project.id).orderBy('id')
  return [stages, gates, criteria].map((rows) => rows.map(({ $attributes }) => $attributes))
}

async function fields(world: World) {
  const { membershipId } = await world.person('manager')
  return { code: 'QUAY', name: 'New quay', visibility: 'organisation', manager_id: membershipId }
}
