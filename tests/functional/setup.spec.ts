import { test } from '@japa/runner'
import Gate from '#models/gate'
import GateBoard from '#models/gate_board'
import Project from '#models/project'
import RaidItem from '#models/raid_item'
import { addSample, sampleOf } from '#models/sample/adding'
import StatusReport from '#models/status_report'
import Task from '#models/task'
import { removeSampleProject } from '#privacy/destruction/sample'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

const CARD = 'Set up your organisation'

test.group('Setting up', () => {
  test('what is done follows from the record, and the guide ends with the last step', async ({
    client,
    assert,
  }) => {
    const world = await World.create('Mill Trust')
    const owner = await world.person('owner')
    const told = async () => (await client.get('/work').as(owner)).text()
    assert.include(await told(), '0 of 5 done')
    assert.include(await told(), 'href="/invitations/create"')

    const sponsor = await world.person('sponsor')
    assert.include(await told(), '1 of 5 done')
    const project = await world.project({ visibility: 'organisation' })
    const third = await told()
    assert.include(third, '3 of 5 done')
    assert.include(third, `href="/projects/${project.id}/raid?type=risk"`)
    await world.inside(() => RaidItem.raise(project, { type: 'risk', title: 'Frost' }))
    assert.include(await told(), '4 of 5 done')
    await world.inside(async () => {
      const [gate] = await Gate.of(project)
      const board = await GateBoard.of(gate.refersTo(project))
      const terms = { decisionRule: 'sole_decider', quorum: 1, isPolled: false } as const
      const chair = { membershipId: sponsor.membershipId, role: 'chair', required: true } as const
      await board.set(project, gate, terms, [chair])
    })
    assert.notInclude(await told(), CARD)
    assert.include((await client.get('/setup').as(owner)).text(), '5 of 5 done')
  })

  test('is hidden by one person for themselves, and brought back', async ({ client, assert }) => {
    const world = await World.create('Mill Trust')
    const owner = await Walk.begin(client, await world.person('owner'))
    const admins = await world.person('admin')
    await owner.open('/work')
    const away = await owner.submit('/setup/dismissal', {}, 'PUT')
    assert.equal(away.header('location'), '/work')
    assert.notInclude((await owner.open('/work')).text(), CARD)
    assert.include((await client.get('/work').as(admins)).text(), CARD)
    assert.include((await owner.open('/setup')).text(), 'Show on My work')
    await owner.submit('/setup/dismissal', {}, 'DELETE')
    assert.include((await owner.open('/work')).text(), CARD)
  })

  test('is shown to nobody else', async ({ client, assert }) => {
    const world = await World.create('Mill Trust')
    for (const role of ['pmo', 'auditor', 'member'] as const) {
      const person = await world.person(role)
      assert.notInclude((await client.get('/work').as(person)).text(), CARD)
      ;(await client.get('/setup').as(person)).assertStatus(403)
      ;(await client.put('/setup/dismissal').as(person)).assertStatus(403)
    }
  })
})

test.group('The sample project', () => {
  test('is added with one press, shows everything, and counts nowhere', async ({
    client,
    assert,
  }) => {
    const world = await World.create('Mill Trust')
    const owner = await world.person('owner')
    const answer = await client.post('/sample-project').as(owner)
    answer.assertStatus(303)
    const page = await client.get(answer.header('location')!).as(owner)
    assert.include(page.text(), 'This is a sample project.')
    await world.inside(async () => {
      const project = (await sampleOf())!
      assert.equal(project.code, 'SAMPLE')
      assert.equal(project.managerId, owner.membershipId)
      const of = { project_id: project.id }
      assert.lengthOf(await RaidItem.query().where(of), 7)
      assert.lengthOf(await Task.query().where(of), 4)
      assert.equal((await StatusReport.latest(project))!.state, 'published')
      const [gate] = await Gate.of(project)
      assert.equal(gate.status, 'preparing')
    })

    for (const path of ['/portfolio', '/portfolio/charts']) {
      assert.notInclude((await client.get(path).as(owner)).text(), 'SAMPLE', path)
    }
    assert.include((await client.get('/projects').as(owner)).text(), 'Sample\n')
    const work = (await client.get('/work').as(owner)).text()
    assert.include(work, '0 of 5 done')
    assert.include(work, 'Open the sample project')
  })

  test('is added once by two at the same moment, and the second is told so', async ({
    client,
    assert,
  }) => {
    const world = await World.create('Mill Trust')
    const people = [await world.person('owner'), await world.person('admin')]
    const walks = await Promise.all(people.map((person) => Walk.begin(client, person)))
    for (const walk of walks) await walk.open('/setup')
    const pages = await Promise.all(
      walks.map((walk) => walk.submitAndFollow('/sample-project', {}))
    )
    const told = pages.filter((page) => page.text().includes('already been added'))
    assert.lengthOf(told, 1)
  })

  test('exists once only, and skips a code that is taken', async ({ client, assert }) => {
    const world = await World.create('Mill Trust')
    const owner = await world.person('owner')
    const walk = await Walk.begin(client, owner)
    await world.project({ code: 'SAMPLE', visibility: 'organisation' })
    await world.inside(() => addSample(), owner)
    await walk.open('/setup')
    const again = await walk.submit('/sample-project', {})
    assert.include((await walk.follow(again)).text(), 'The sample project has already been added')
    const codes = await world.inside(async () => Project.query().orderBy('code'))
    assert.deepEqual(
      codes.map(({ code, isSample }) => `${code} ${isSample}`),
      ['SAMPLE false', 'SAMPLE2 true']
    )
  })

  test('is removed as a whole, and nothing else is', async ({ client, assert }) => {
    const world = await World.create('Mill Trust')
    const owner = await world.person('owner')
    const kept = await world.project({ visibility: 'organisation' })
    const { id } = await world.inside(() => addSample(), owner)
    const answer = await client.delete(`/projects/${id}/sample`).as(await world.person('pmo'))
    answer.assertStatus(303)
    const [job] = await sql(
      admin(),
      `select payload from graphile_worker._private_jobs where payload->>'projectId' = ?`,
      [id]
    )
    assert.equal(job.payload.by, (await world.person('pmo')).membershipId)
    const remove = () => removeSampleProject(world.organisationId, id, String(job.payload.by))
    await remove()
    await remove()
    const left = await world.inside(async () => Project.query())
    assert.deepEqual(
      left.map((project) => project.id),
      [kept.id]
    )
    const [{ count }] = await sql(
      admin(),
      'select count(*)::int from raid_items where organisation_id = ?',
      [world.organisationId]
    )
    assert.equal(count, 0)
  })

  test('is removed only by those who may, and only if it is one', async ({ client, assert }) => {
    const world = await World.create('Mill Trust')
    const owner = await world.person('owner')
    const kept = await world.project({ visibility: 'organisation' })
    const { id } = await world.inside(() => addSample(), owner)
    const refused: [string, number][] = [
      ['member', 403],
      ['auditor', 403],
      ['manager', 403],
    ]
    for (const [role, status] of refused) {
      const person = await world.person(role as 'member')
      ;(await client.delete(`/projects/${id}/sample`).as(person)).assertStatus(status)
      ;(await client.post('/sample-project').as(person)).assertStatus(status)
      const page = await client.get(`/projects/${id}`).as(person)
      assert.notInclude(page.text(), 'Remove sample')
    }
    const elsewhere = await World.create('Other Trust')
    const stranger = await elsewhere.person('owner')
    ;(await client.delete(`/projects/${id}/sample`).as(stranger)).assertStatus(404)
    const walk = await Walk.begin(client, owner)
    await walk.open(`/projects/${kept.id}`)
    await walk.submit(`/projects/${kept.id}/sample`, {}, 'DELETE')
    const unchanged = await world.inside(() => Project.findOrFail(kept.id))
    assert.equal(unchanged.status, 'active')
    await removeSampleProject(world.organisationId, kept.id, owner.membershipId)
    await removeSampleProject(world.organisationId, id, owner.membershipId)
    const left = await world.inside(async () => Project.query())
    assert.lengthOf(left, 2)
  })
})
