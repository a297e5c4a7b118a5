import { test } from '@japa/runner'
import Programme from '#models/programme'
import Project from '#models/project'
import { Log } from '#tests/support/raid_log'
import { beginProgramme } from '#tests/support/populated/portfolio'
import { send } from '#tests/support/sending'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

const NAMED = { code: 'HARBOUR', name: 'Harbour renewal' }

test.group('Programmes', (group) => {
  let log: Log
  let pmo: Walk
  group.each.setup(async ({ context }) => {
    log = await Log.create()
    pmo = await Walk.begin(context.client, log.people.pmo)
  })

  const inside = <T>(work: () => Promise<T>) => log.world.inside(work)
  const begun = (fields = {}) => inside(() => beginProgramme(fields))

  test('are begun, changed, filled, emptied and deleted, each told once', async ({ assert }) => {
    assert.include((await pmo.open('/programmes')).text(), 'No programmes yet')
    const page = await pmo.submitAndFollow('/programmes', { ...NAMED, code: 'harbour' })
    assert.include(page.text(), 'HARBOUR was created')
    const { id } = await inside(() => Programme.findByOrFail('code', 'HARBOUR'))
    const url = `/programmes/${id}`
    await pmo.submit(url, { ...NAMED, name: 'Harbour wall', lock_version: 1 }, 'PUT')
    const filled = await pmo.submitAndFollow(`${url}/projects`, { project_id: log.project.id })
    assert.include(filled.text(), `${log.project.code} was added to HARBOUR.`)
    assert.include(filled.text(), 'Harbour wall')
    await pmo.open(url)
    const kept = await pmo.submitAndFollow(url, { lock_version: 2 }, 'DELETE')
    assert.include(kept.text(), 'You can delete only an empty programme')
    await pmo.submit(`${url}/projects/${log.project.id}`, {}, 'DELETE')
    const gone = await pmo.submitAndFollow(url, { lock_version: 2 }, 'DELETE')
    assert.include(gone.text(), 'HARBOUR was deleted.')
    assert.deepEqual(
      (await log.events(id)).map(({ action }) => action),
      ['programme.created', 'programme.updated', 'programme.deleted']
    )
    const [, taken, released] = await log.events(log.project.id)
    assert.deepEqual(taken.values.programme_id, { after: id })
    assert.deepEqual(released.values.programme_id, { before: id })
  })

  test('a project is in one programme: another takes it over', async ({ assert }) => {
    const [one, other] = [await begun(), await begun()]
    await pmo.submit(`/programmes/${one.id}/projects`, { project_id: log.project.id })
    assert.include((await pmo.open(`/programmes/${other.id}`)).text(), `(now in ${one.code})`)
    await pmo.submit(`/programmes/${other.id}/projects`, { project_id: log.project.id })
    await pmo.submit(`/programmes/${one.id}/projects/${log.project.id}`, {}, 'DELETE')
    const { programmeId } = await inside(() => Project.findOrFail(log.project.id))
    assert.equal(programmeId, other.id)
  })

  test('deleted while a project joins it, it keeps the project or is gone', async ({
    assert,
    client,
  }) => {
    for (let time = 0; time < 5; time++) {
      const { id } = await begun()
      const url = `/programmes/${id}`
      const answers = await Promise.all([
        send(client, 'DELETE', url, log.people.pmo, { lock_version: 1 }),
        send(client, 'POST', `${url}/projects`, log.people.pmo, { project_id: log.project.id }),
      ])
      for (const answer of answers) assert.include([303, 404, 409], answer.status())
    }
  })

  test('{name} is refused beside the field, and what was typed stays')
    .with([
      { name: 'no code', fields: { code: '' }, message: 'Enter a code' },
      {
        name: 'a code with a dash',
        fields: { code: 'A-B' },
        message: 'Enter a code of 2 to 10 letters',
      },
      { name: 'no name', fields: { name: '' }, message: 'Enter the name of the programme' },
      {
        name: 'an unknown manager',
        fields: { manager_id: '01a20937-0113-7359-b9e9-56564462bab5' },
        message: 'Choose an active member of the organisation',
      },
    ])
    .run(async ({ assert }, { fields, message }) => {
      await pmo.open('/programmes/create')
      const page = await pmo.submitAndFollow('/programmes', {
        ...NAMED,
        description: 'Typed with care',
        ...fields,
      })
      assert.include(page.text(), message)
      assert.include(page.text(), 'Typed with care')
      assert.equal(await log.count('programmes'), 0)
    })

  test('a code is used once in an organisation', async ({ assert }) => {
    await begun({ code: 'HARBOUR' })
    await pmo.open('/programmes/create')
    const page = await pmo.submitAndFollow('/programmes', NAMED)
    assert.include(page.text(), 'Another programme already uses this code')
    assert.equal(await log.count('programmes'), 1)
  })

  test('two who edit at once are shown both versions', async ({ assert }) => {
    const { id, code } = await begun()
    const save = (name: string) =>
      pmo.submit(`/programmes/${id}`, { code, name, lock_version: 1 }, 'PUT')
    await save('First')
    const second = await save('Second')
    second.assertStatus(409)
    assert.include(second.text(), 'First')
    assert.include(second.text(), 'Second')
  })

  const MANAGERS = ['owner', 'admin', 'pmo'] as const
  for (const role of [...MANAGERS, 'auditor', 'manager', 'stranger'] as const) {
    const may = (MANAGERS as readonly string[]).includes(role)
    test(`a ${role} ${may ? 'may' : 'may only read'}`, async ({ assert, client }) => {
      const { id, code } = await begun()
      const walk = await Walk.begin(client, await log.world.person(role))
      ;(await walk.open('/programmes')).assertStatus(200)
      ;(await walk.open(`/programmes/${id}`)).assertStatus(200)
      const status = may ? 303 : 403
      ;(await walk.open('/programmes/create')).assertStatus(may ? 200 : 403)
      const changed = { code, name: 'Changed', lock_version: 1 }
      ;(await walk.submit('/programmes', NAMED)).assertStatus(status)
      ;(await walk.submit(`/programmes/${id}`, changed, 'PUT')).assertStatus(status)
      const answer = await walk.submit(`/programmes/${id}`, { lock_version: 2 }, 'DELETE')
      answer.assertStatus(status)
      assert.equal(await log.count('programmes'), 1)
    })
  }

  test('show only the projects that their reader may see', async ({ assert, client }) => {
    const programme = await begun()
    const open = await log.world.project({ visibility: 'organisation' })
    await inside(async () => {
      for (const { id } of [log.project, open]) await programme.take(await Project.findOrFail(id))
    })
    const stranger = await Walk.begin(client, log.people.stranger)
    const page = (await stranger.open(`/programmes/${programme.id}`)).text()
    assert.include(page, open.code)
    assert.notInclude(page, log.project.code)
    assert.match((await stranger.open('/programmes')).text(), /in the portfolio:<\/span>1</)
    assert.match((await pmo.open('/programmes')).text(), /in the portfolio:<\/span>2</)
  })

  test('those of another organisation do not exist', async ({ client }) => {
    const { id, code } = await begun()
    const theirs = await Walk.begin(client, await (await World.create()).person('pmo'))
    ;(await theirs.open(`/programmes/${id}`)).assertStatus(404)
    const changed = { code, name: 'Taken', lock_version: 1 }
    ;(await theirs.submit(`/programmes/${id}`, changed, 'PUT')).assertStatus(404)
    ;(await theirs.submit(`/programmes/${id}`, { lock_version: 1 }, 'DELETE')).assertStatus(404)
    const taken = { project_id: log.project.id }
    ;(await theirs.submit(`/programmes/${id}/projects`, taken)).assertStatus(404)
    ;(await theirs.open('/programmes/nonsense')).assertStatus(404)
  })
})
