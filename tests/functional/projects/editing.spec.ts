import { test } from '@japa/runner'
import Gate from '#models/gate'
import Project from '#models/project'
import { projectStatuses, type ProjectStatus } from '#models/project/states'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { choicesOf } from '#tests/support/html'
import { Log } from '#tests/support/raid_log'
import { casesOf } from '#tests/support/rights'
import { Walk } from '#tests/support/walk'
import { type World } from '#tests/support/world'

async function row(id: string) {
  const [project] = await sql(admin(), 'select * from projects where id = ?', [id])
  return project
}

/** What may follow each status: said here once more, so that a way too many is noticed. */
const FOLLOW: Record<ProjectStatus, ProjectStatus[]> = {
  proposed: ['active', 'cancelled'],
  active: ['on_hold', 'closing', 'cancelled'],
  on_hold: ['active', 'cancelled'],
  closing: ['closed', 'active'],
  closed: ['active'],
  cancelled: ['proposed'],
}

test.group('Projects: editing', (group) => {
  let world: World
  let project: Project
  let manager: Walk
  let log: Log
  let base: Record<string, unknown>
  group.each.setup(async ({ context }) => {
    log ??= await Log.create()
    world = log.world
    project = await world.project()
    manager = await Walk.begin(context.client, log.people.manager)
    base = {
      code: project.code,
      name: project.name,
      visibility: 'members',
      status: 'active',
      manager_id: project.managerId,
      sponsor_id: project.sponsorId,
      lock_version: 1,
    }
  })

  const save = (fields: Record<string, unknown>, walk = manager) =>
    walk.submit(`/projects/${project.id}`, { ...base, ...fields }, 'PUT')

  test('records before and after in one event', async ({ assert }) => {
    const page = await manager.follow(
      await save({ name: 'Renamed', forecast_end_on: '2027-01-31' })
    )
    assert.include(page.text(), 'was saved')
    const told = (await log.events(project.id)).at(-1)!
    assert.equal(told.action, 'project.updated')
    assert.deepEqual(told.values.name, { before: 'Testing project', after: 'Renamed' })
    assert.deepEqual(told.values.forecast_end_on, { after: '2027-01-31' })
    assert.lengthOf(await log.events(project.id), 2)
    assert.equal((await row(project.id)).lock_version, 2)
  })

  test('saved unchanged records nothing', async ({ assert }) => {
    await save({})
    assert.lengthOf(await log.events(project.id), 1)
    assert.equal((await row(project.id)).lock_version, 1)
  })

  test('the sponsor may be taken off, the manager not', async ({ assert }) => {
    await save({ sponsor_id: '' })
    assert.isNull((await row(project.id)).sponsor_id)
    await manager.open(`/projects/${project.id}/edit`)
    const page = await manager.follow(await save({ manager_id: '', lock_version: 2 }))
    assert.include(page.text(), 'Choose the project manager')
  })

  test('every legal status follows once its gates are decided, and no other', async ({
    assert,
  }) => {
    await world.inside(async () => {
      for (const gate of await Gate.of(project)) {
        await gate.refersTo(project).merge({ status: 'decided' }).save()
      }
    })
    let version = 1
    for (const from of Object.keys(projectStatuses) as ProjectStatus[]) {
      for (const to of Object.keys(projectStatuses) as ProjectStatus[]) {
        await world.inside(async () => {
          const present = await Project.findOrFail(project.id)
          await present.merge({ status: from }).save()
        })
        await save({ status: to, lock_version: version })
        const allowed = FOLLOW[from].includes(to)
        assert.equal((await row(project.id)).status, allowed ? to : from, `${from} to ${to}`)
        if (allowed) version++
      }
    }
  })

  test('an illegal status says what may follow', async ({ assert }) => {
    await manager.open(`/projects/${project.id}/edit`)
    const page = await manager.follow(await save({ status: 'closed' }))
    assert.include(
      page.text(),
      'A project that is active can only become on hold or closing or cancelled'
    )
  })

  test('the form offers what may follow, and what the project is', async ({ assert }) => {
    const form = (await manager.open(`/projects/${project.id}/edit`)).text()
    assert.sameMembers(choicesOf(form, 'status'), ['active', 'on_hold', 'closing', 'cancelled'])
  })

  test('a stage of another project is refused', async ({ assert }) => {
    const other = await world.project()
    await manager.open(`/projects/${project.id}/edit`)
    const page = await manager.follow(await save({ stage_id: other.stageId }))
    assert.include(page.text(), 'Choose a stage of this project')
  })

  test('of two saves at one moment one wins, and the other loses nothing', async ({
    assert,
    client,
  }) => {
    const pmo = await Walk.begin(client, log.people.pmo)
    const answers = await Promise.all([
      save({ name: 'First name', description: 'First purpose' }),
      save({ name: 'Second name', description: 'Second purpose' }, pmo),
    ])
    assert.deepEqual(answers.map((answer) => answer.status()).sort(), [303, 409])
    const loser = answers[0].status() === 409 ? 0 : 1
    const page = answers[loser].text()
    for (const text of ['First name', 'Second name', 'First purpose', 'Second purpose'])
      assert.include(page, text)
    const walk = [manager, pmo][loser]
    const chosen = await save({ name: 'Chosen name', lock_version: 2 }, walk)
    chosen.assertStatus(303)
    assert.equal((await row(project.id)).name, 'Chosen name')
    assert.lengthOf(await log.events(project.id), 3)
  })

  test('of two versions names who changed the other, not who took a copy since', async ({
    assert,
    client,
  }) => {
    await save({ name: 'First name' })
    const pmo = await Walk.begin(client, log.people.pmo)
    ;(await pmo.open(`/projects/${project.id}/archive`)).assertStatus(200)
    const answer = await save({ name: 'Second name' }, pmo)
    answer.assertStatus(409)
    assert.include(answer.text(), 'Saved by manager person')
  })

  for (const { role, status, name } of casesOf({
    pmo: 303,
    manager: 303,
    owner: 403,
    admin: 403,
    auditor: 403,
    sponsor: 403,
    team: 403,
    viewer: 403,
    stranger: 404,
  })) {
    test(name, async ({ assert, client }) => {
      const walk = await Walk.begin(client, await world.person(role))
      const form = await walk.open(`/projects/${project.id}/edit`)
      form.assertStatus(status === 303 ? 200 : status)
      const answer = await save({ name: 'Renamed' }, walk)
      answer.assertStatus(status)
      assert.lengthOf(await log.events(project.id), status === 303 ? 2 : 1)
    })
  }

  test('nobody reaches a project of another organisation', async ({ client }) => {
    const other = await Log.create()
    const walk = await Walk.begin(client, other.people.pmo)
    for (const path of ['', '/edit', '/raid']) {
      const read = await walk.open(`/projects/${project.id}${path}`)
      read.assertStatus(404)
    }
    const answer = await save({ name: 'Taken' }, walk)
    answer.assertStatus(404)
  })

  test('signed-out people are led to the sign-in', async ({ client }) => {
    for (const path of [
      '/projects',
      '/projects/create',
      `/projects/${project.id}`,
      `/projects/${project.id}/edit`,
    ]) {
      const response = await client.get(path)
      response.assertStatus(303)
      response.assertHeader('location', '/sign-in')
    }
  })
})
