import { test } from '@japa/runner'
import { addStage } from '#models/lifecycle/editing'
import { addCriterion } from '#models/lifecycle/editing_criteria'
import LifecycleTemplate from '#models/lifecycle_template'
import type { LifecycleParts } from '#models/lifecycle/parts'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { countQueries } from '#tests/support/query_count'
import { send } from '#tests/support/sending'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

test.group('The editor of lifecycles', (group) => {
  let world: World
  let light: LifecycleTemplate
  let draft: LifecycleTemplate
  let url: string
  let pmo: Walk

  group.each.setup(async ({ context }) => {
    world = await World.create()
    light = await world.inside(() => LifecycleTemplate.offered().firstOrFail())
    draft = await world.inside(() => light.nextDraft())
    url = `/settings/lifecycles/${draft.id}`
    pmo = await Walk.begin(context.client, await world.person('pmo'))
    await pmo.open(url)
  })

  const parts = (): Promise<LifecycleParts> => world.inside(() => draft.parts())
  const present = () => world.inside(() => LifecycleTemplate.findOrFail(draft.id))
  const names = async () => (await parts()).stages.map(({ name }) => name)
  const told = async () => {
    const rows = await sql(
      admin(),
      `select e.action, json_object_agg(v.path, v.value::jsonb) as values from audit.events e
         left join audit.event_values v on v.event_id = e.id
        where e.entity_id = ? group by e.seq, e.action order by e.seq`,
      [draft.id]
    )
    return rows.slice(1)
  }

  test('lists every lifecycle with its versions and who follows them', async ({ assert }) => {
    await world.project()
    const page = await pmo.open('/settings/lifecycles')
    page.assertStatus(200)
    for (const text of ['Light', 'UK Gate 0-5', 'PM²', 'Version 2', 'followed by 1 project']) {
      assert.include(page.text(), text)
    }
  })

  test('shows a published version with what follows it, and offers a new one', async ({
    assert,
  }) => {
    const project = await world.project()
    const page = await pmo.open(`/settings/lifecycles/${light.id}`)
    assert.include(page.text(), project.code)
    assert.include(page.text(), 'Continue draft')
    assert.notInclude(page.text(), 'Add a stage')
  })

  test('has room for twenty stages, and a gate for forty criteria', async ({ assert }) => {
    const { stages, gates, criteria } = await parts()
    const own = criteria.filter(({ gateId }) => gateId === gates[0].id)
    await world.inside(async () => {
      const version = await LifecycleTemplate.findOrFail(draft.id)
      for (let count = stages.length; count < 19; count++) await addStage(version, `Stage ${count}`)
      for (let count = own.length; count < 39; count++) {
        await addCriterion(version, gates[0], { title: `Asks ${count}`, weight: 'should_meet' })
      }
    })
    const add = async (path: string, fields: object) => {
      await pmo.submit(`${url}/${path}`, { ...fields })
      await pmo.open(url)
      return (await pmo.submitAndFollow(`${url}/${path}`, { ...fields })).text()
    }
    assert.include(await add('stages', { name: 'Last' }), 'A lifecycle has at most 20 stages')
    const criterion = { title: 'Last', weight: 'should_meet' }
    const page = await add(`gates/${gates[0].id}/criteria`, criterion)
    assert.include(page, 'A gate has at most 40 criteria')
    assert.lengthOf((await parts()).stages, 20)
  })

  test('begins a lifecycle of one’s own', async ({ assert }) => {
    const page = await pmo.submitAndFollow('/settings/lifecycles', {
      name: 'Harbour works',
      description: 'For quays',
    })
    assert.include(page.text(), 'Harbour works')
    assert.include(page.text(), 'No stages yet')
  })

  test('adds, renames, moves and removes stages', async ({ assert }) => {
    await pmo.submit(`${url}/stages`, { name: 'Aftercare' })
    const { stages } = await parts()
    const [first, second] = stages
    await pmo.submit(`${url}/stages/${first.id}`, { name: 'Idea', lock_version: 1 }, 'PUT')
    await pmo.submit(`${url}/stages/${first.id}/position`, { direction: 'down' }, 'PUT')
    assert.deepEqual(await names(), ['Planning', 'Idea', 'Delivery', 'Closure', 'Aftercare'])
    await pmo.submit(`${url}/stages/${second.id}`, {}, 'DELETE')
    assert.deepEqual(await names(), ['Idea', 'Delivery', 'Closure', 'Aftercare'])
    const { stages: left, gates } = await parts()
    assert.deepEqual(
      left.map(({ position }) => position),
      [1, 2, 3, 4]
    )
    assert.deepEqual(
      gates.map(({ name }) => name),
      ['Start', 'Finish']
    )
    const events = await told()
    assert.deepEqual(
      events.map(({ action, values }) => [action, Object.keys(values)[0]]),
      [
        ['lifecycle.updated', 'stage'],
        ['lifecycle.updated', 'stage'],
        ['lifecycle.updated', 'stage_order'],
        ['lifecycle.updated', 'stage'],
      ]
    )
    assert.deepEqual(events[1].values.stage, { before: 'Initiation', after: 'Idea' })
  })

  test('the first stage cannot move up, and nothing is recorded', async ({ assert }) => {
    const { stages } = await parts()
    await pmo.submit(`${url}/stages/${stages[0].id}/position`, { direction: 'up' }, 'PUT')
    assert.equal((await names())[0], 'Initiation')
    assert.isEmpty(await told())
  })

  test('sets the gate of a stage, changes it and takes it away', async ({ assert }) => {
    const closure = (await parts()).stages[3]
    const action = `${url}/stages/${closure.id}/gate`
    await pmo.submit(action, { name: 'Benefits', purpose: 'Did it pay?', lock_version: 0 }, 'PUT')
    await pmo.submit(action, { name: 'Review', purpose: 'Did it pay?', lock_version: 1 }, 'PUT')
    const gate = (await parts()).gates[3]
    assert.deepInclude(gate.$attributes, { name: 'Review', stageId: closure.id, lockVersion: 2 })
    await pmo.submit(action, {}, 'DELETE')
    assert.lengthOf((await parts()).gates, 3)
  })

  test('of two who set a gate for one stage the later sees both versions', async ({ assert }) => {
    const closure = (await parts()).stages[3]
    const action = `${url}/stages/${closure.id}/gate`
    await pmo.submit(action, { name: 'Benefits', lock_version: 0 }, 'PUT')
    const late = await pmo.submit(action, { name: 'Review', lock_version: 0 }, 'PUT')
    late.assertStatus(409)
    assert.include(late.text(), 'Benefits')
    assert.include(late.text(), 'Review')
  })

  test('adds, changes, moves and removes criteria', async ({ assert }) => {
    const [gate] = (await parts()).gates
    const page = await pmo.submitAndFollow(`${url}/gates/${gate.id}/criteria`, {
      title: 'The neighbours agree',
      guidance: 'In writing',
      weight: 'should_meet',
      evidence_required: '1',
    })
    assert.include(page.text(), 'The neighbours agree')
    const own = async () => (await parts()).criteria.filter(({ gateId }) => gateId === gate.id)
    const added = (await own()).at(-1)!
    assert.deepInclude(added.$attributes, {
      position: 5,
      weight: 'should_meet',
      checkKind: 'manual',
      evidenceRequired: true,
    })
    const action = `${url}/criteria/${added.id}`
    await pmo.submit(`${action}/position`, { direction: 'up' }, 'PUT')
    assert.equal((await own())[3].id, added.id)
    const changed = { title: 'No severe risk is open', weight: 'must_meet' }
    await pmo.submit(
      action,
      { ...changed, rule: 'severe_risks_answered', evidence_required: '1', lock_version: 1 },
      'PUT'
    )
    assert.deepInclude((await own())[3].$attributes, {
      ...changed,
      checkKind: 'rule',
      rule: 'severe_risks_answered',
      evidenceRequired: false,
    })
    await pmo.submit(action, {}, 'DELETE')
    assert.deepEqual(
      (await own()).map(({ position }) => position),
      [1, 2, 3, 4]
    )
    const events = await told()
    assert.equal(
      events[2].values.criterion.after,
      'No severe risk is open (must meet, checked: Every severe risk has an owner and a response)'
    )
  })

  for (const [name, body, says] of [
    ['without a title', { weight: 'must_meet' }, 'Say what must be true'],
    ['of an unknown weight', { title: 'Kept', weight: 'may' }, 'Choose one of the options'],
    [
      'checked by an unknown rule',
      { title: 'Kept', weight: 'must_meet', rule: 'luck' },
      'Choose one of the options',
    ],
  ] as const) {
    test(`a criterion ${name} is refused beside the field`, async ({ assert }) => {
      const [gate] = (await parts()).gates
      await pmo.open(`${url}/gates/${gate.id}/criteria/create`)
      const page = await pmo.submitAndFollow(`${url}/gates/${gate.id}/criteria`, body)
      assert.include(page.text(), says)
      assert.isEmpty(await told())
    })
  }

  test('of two who edit one criterion the later sees both versions', async ({ assert, client }) => {
    const [criterion] = (await parts()).criteria
    const action = `${url}/criteria/${criterion.id}`
    const admins = await Walk.begin(client, await world.person('admin'))
    const body = { weight: 'must_meet', lock_version: 1 }
    await pmo.submit(action, { ...body, title: 'Mine', guidance: 'Long text of mine' }, 'PUT')
    const late = await admins.submit(action, { ...body, title: 'Theirs', guidance: 'X' }, 'PUT')
    late.assertStatus(409)
    assert.include(late.text(), 'Long text of mine')
    assert.equal((await parts()).criteria[0].title, 'Mine')
  })

  test('publishes what its publisher saw, and retires', async ({ assert }) => {
    const seen = (await present()).lockVersion
    await pmo.submit(`${url}/stages`, { name: 'Aftercare' })
    const stale = await pmo.submit(`${url}/publication`, { lock_version: seen })
    stale.assertStatus(409)
    const page = await pmo.submitAndFollow(`${url}/publication`, { lock_version: seen + 1 })
    assert.include(page.text(), 'Light, version 2 is published')
    await pmo.submit(`${url}/retirement`, { lock_version: seen + 2 })
    assert.equal((await present()).status, 'retired')
  })

  test('a draft that is deleted while another version is asked for is gone', async ({
    assert,
    client,
  }) => {
    const person = await world.person('pmo')
    for (let time = 0; time < 5; time++) {
      const { id } = await world.inside(() => LifecycleTemplate.begin({ name: `Empty ${time}` }))
      const address = `/settings/lifecycles/${id}`
      const answers = await Promise.all([
        send(client, 'DELETE', address, person, { lock_version: 1 }),
        send(client, 'POST', `${address}/versions`, person),
      ])
      for (const answer of answers) assert.include([303, 404], answer.status())
    }
  })

  test('offers to publish a draft only once it has a gate, and says why not before', async ({
    assert,
  }) => {
    const empty = await world.inside(() => LifecycleTemplate.begin({ name: 'Empty' }))
    const address = `/settings/lifecycles/${empty.id}`
    const before = await pmo.open(address)
    assert.notInclude(before.text(), 'Publish lifecycle')
    assert.include(before.text(), 'once it has a stage with a gate')
    const filled = await pmo.open(url)
    assert.include(filled.text(), 'Publish lifecycle')
    assert.notInclude(filled.text(), 'once it has a stage with a gate')
    await pmo.open(address)
    const page = await pmo.submitAndFollow(`${address}/publication`, { lock_version: 1 })
    assert.include(page.text(), 'Add a stage before you publish')
  })

  test('discards a draft', async ({ assert }) => {
    await pmo.submitAndFollow(url, { lock_version: 1 }, 'DELETE')
    assert.isNull(await world.inside(() => LifecycleTemplate.find(draft.id)))
  })

  test('a published version is changed by nothing', async ({ assert }) => {
    const { stages, gates, criteria } = await world.inside(() => light.parts())
    const own = `/settings/lifecycles/${light.id}`
    const before = JSON.stringify([stages, gates, criteria])
    for (const [path, body, method] of [
      ['', { name: 'Other', lock_version: light.lockVersion }, 'PUT'],
      ['', { lock_version: light.lockVersion }, 'DELETE'],
      ['/stages', { name: 'More' }, 'POST'],
      [`/stages/${stages[0].id}`, { name: 'Other', lock_version: 1 }, 'PUT'],
      [`/stages/${stages[0].id}`, {}, 'DELETE'],
      [`/stages/${stages[0].id}/position`, { direction: 'down' }, 'PUT'],
      [`/stages/${stages[0].id}/gate`, { name: 'Other', lock_version: 1 }, 'PUT'],
      [`/stages/${stages[0].id}/gate`, {}, 'DELETE'],
      [`/gates/${gates[0].id}/criteria`, { title: 'More', weight: 'must_meet' }, 'POST'],
      [
        `/criteria/${criteria[0].id}`,
        { title: 'Other', weight: 'must_meet', lock_version: 1 },
        'PUT',
      ],
      [`/criteria/${criteria[0].id}`, {}, 'DELETE'],
      [`/criteria/${criteria[0].id}/position`, { direction: 'down' }, 'PUT'],
    ] as const) {
      await pmo.open(own)
      const page = await pmo.submitAndFollow(own + path, body, method)
      page.assertStatus(200)
      assert.match(page.text(), /published|stays/, `${method} ${path}`)
    }
    const after = await world.inside(() => light.parts())
    assert.equal(JSON.stringify([after.stages, after.gates, after.criteria]), before)
  })

  test('a part of one version is not found under another', async ({ client }) => {
    const [stage] = (await world.inside(() => light.parts())).stages
    const answer = await client
      .put(`${url}/stages/${stage.id}`)
      .form({ name: 'Other', lock_version: 1 })
      .as(await world.person('pmo'))
    answer.assertStatus(404)
  })

  test('an auditor reads and changes nothing', async ({ assert, client }) => {
    const auditor = await world.person('auditor')
    const read = await client.get(url).as(auditor)
    read.assertStatus(200)
    assert.notInclude(read.text(), 'Add a stage')
    const written = await client.post(`${url}/stages`).form({ name: 'More' }).as(auditor)
    written.assertStatus(403)
    assert.lengthOf(await names(), 4)
  })

  test('members without the role, and other organisations, are kept out', async ({ client }) => {
    const member = await client.get(url).as(await world.person('manager'))
    member.assertStatus(403)
    const elsewhere = await (await World.create()).person('owner')
    const foreign = await client.get(url).as(elsewhere)
    foreign.assertStatus(404)
  })

  test('takes as many queries for many parts as for few', async ({ assert, client }) => {
    const person = await world.person('pmo')
    const visit = (id: string) => () => client.get(`/settings/lifecycles/${id}`).as(person)
    const uk = await world.inside(() =>
      LifecycleTemplate.offered().where('name', 'UK Gate 0-5').firstOrFail()
    )
    await visit(light.id)()
    assert.equal(await countQueries(visit(uk.id)), await countQueries(visit(light.id)))
  })
})
