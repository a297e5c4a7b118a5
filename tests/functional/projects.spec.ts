import { test } from '@japa/runner'
import Gate from '#models/gate'
import Project, { projectStatuses, projectTransitions, type ProjectStatus } from '#models/project'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Log } from '#tests/support/log'
import { Walk } from '#tests/support/walk'
import { type World } from '#tests/support/world'

const NEW = { name: 'Harbour lights', visibility: 'members', status: 'proposed' }

function code() {
  return `P${Math.random().toString(36).slice(2, 9).toUpperCase()}`
}

async function row(id: string) {
  const [project] = await sql(admin(), 'select * from projects where id = ?', [id])
  return project
}

const idOf = (response: any) => response.header('location').split('/').at(-1)

test.group('Projects: creating', (group) => {
  let log: Log
  let pmo: Walk
  let base: Record<string, unknown>
  group.each.setup(async ({ context }) => {
    log ??= await Log.create()
    pmo = await Walk.begin(context.client, log.people.pmo)
    base = { ...NEW, code: code(), manager_id: log.people.manager.membershipId }
  })

  test('begins with the stages of the Light lifecycle, in one event', async ({ assert }) => {
    const answer = await pmo.submit('/projects', {
      ...base,
      code: base.code!.toString().toLowerCase(),
    })
    const project = await row(idOf(answer))
    assert.deepEqual(
      [project.code, project.status, project.lock_version],
      [base.code, 'proposed', 1]
    )
    const [first] = await sql(
      admin(),
      'select id from stages where project_id = ? order by position',
      [project.id]
    )
    assert.equal(project.stage_id, first.id)
    const [told, ...rest] = await log.events(project.id)
    assert.equal(told.action, 'project.created')
    assert.deepEqual(told.values.name, { after: 'Harbour lights' })
    assert.lengthOf(rest, 0)
    const page = await pmo.follow(answer)
    assert.include(page.text(), `${base.code} was created.`)
  })

  const refusals: [string, Record<string, unknown>, string, string][] = [
    ['no code', { code: '' }, 'code', 'Enter a code'],
    [
      'a code that begins with a digit',
      { code: '1AB' },
      'code',
      'Use two to ten letters and digits',
    ],
    ['a code of one letter', { code: 'A' }, 'code', 'Use two to ten letters and digits'],
    ['a long code', { code: 'ABCDEFGHIJK' }, 'code', 'Use two to ten letters and digits'],
    ['a code with a dash', { code: 'AB-C' }, 'code', 'Use two to ten letters and digits'],
    ['no name', { name: '' }, 'name', 'Enter the name of the project'],
    ['a long name', { name: 'x'.repeat(201) }, 'name', 'Keep the name to 200 characters'],
    ['no manager', { manager_id: '' }, 'manager_id', 'Choose the project manager'],
    [
      'an unknown manager',
      { manager_id: '01a20937-0113-7359-b9e9-56564462bab5' },
      'manager_id',
      'Choose an active member',
    ],
    [
      'an unknown sponsor',
      { sponsor_id: '01a20937-0113-7359-b9e9-56564462bab5' },
      'sponsor_id',
      'Choose an active member',
    ],
    [
      'an end before the start',
      { baseline_start_on: '2026-02-01', baseline_end_on: '2026-01-31' },
      'baseline_end_on',
      'The end comes before the start',
    ],
    [
      'a forecast that ends before it starts',
      { forecast_start_on: '2026-02-01', forecast_end_on: '2026-01-31' },
      'forecast_end_on',
      'The end comes before the start',
    ],
    [
      'a day that does not exist',
      { baseline_end_on: '2026-02-30' },
      'baseline_end_on',
      'Enter a real date',
    ],
    ['an unknown status', { status: 'sleeping' }, 'status', 'Choose one of the options'],
    [
      'a status it cannot begin in',
      { status: 'closed' },
      'status',
      'A new project is proposed or active',
    ],
    ['an unknown visibility', { visibility: 'world' }, 'visibility', 'Choose one of the options'],
  ]
  for (const [name, fields, field, message] of refusals) {
    test(`${name} is refused beside the field, and what was typed stays`, async ({ assert }) => {
      const [projects, events] = [await log.count('projects'), await log.count('audit.events')]
      await pmo.open('/projects/create')
      const page = await pmo.submitAndFollow('/projects', {
        ...base,
        description: 'Typed with care',
        ...fields,
      })
      assert.include(page.text(), message)
      assert.include(page.text(), `href="#${field}"`)
      assert.include(page.text(), `id="${field}-error"`)
      assert.include(page.text(), 'Typed with care')
      assert.equal(await log.count('projects'), projects)
      assert.equal(await log.count('audit.events'), events)
    })
  }

  test('a code is used once in an organisation, and freely in another', async ({
    assert,
    client,
  }) => {
    await pmo.submit('/projects', base)
    await pmo.open('/projects/create')
    const page = await pmo.submitAndFollow('/projects', base)
    assert.include(page.text(), 'Another project already uses this code')
    const other = await Log.create()
    const theirs = await Walk.begin(client, other.people.pmo)
    const free = await theirs.submit('/projects', {
      ...base,
      manager_id: other.people.manager.membershipId,
    })
    assert.match(free.header('location')!, /^\/projects\/[0-9a-f-]{36}$/)
  })

  test('of many given one code at one moment exactly one is created', async ({
    assert,
    client,
  }) => {
    const walks = await Promise.all(
      Array.from({ length: 4 }, () => Walk.begin(client, log.people.pmo))
    )
    for (const walk of walks) await walk.open('/projects/create')
    const answers = await Promise.all(walks.map((walk) => walk.submit('/projects', base)))
    assert.deepEqual(
      answers.map((answer) => answer.status()),
      [303, 303, 303, 303]
    )
    const rows = await sql(
      admin(),
      'select id from projects where organisation_id = ? and code = ?',
      [log.world.organisationId, base.code]
    )
    assert.lengthOf(rows, 1)
    assert.lengthOf(await log.events(rows[0].id), 1)
    const loser = answers.findIndex((answer) => !/[0-9a-f-]{36}$/.test(answer.header('location')!))
    const page = await walks[loser].follow(answers[loser])
    assert.include(page.text(), 'Another project already uses this code')
  })

  const may = {
    owner: 303,
    admin: 303,
    pmo: 303,
    auditor: 403,
    manager: 403,
    team: 403,
    viewer: 403,
    stranger: 403,
  }
  for (const [role, status] of Object.entries(may)) {
    test(`a ${role} ${status === 303 ? 'may' : 'may not'}`, async ({ assert, client }) => {
      const walk = await Walk.begin(client, await log.world.person(role as never))
      const projects = await log.count('projects')
      const form = await walk.open('/projects/create')
      form.assertStatus(status === 303 ? 200 : 403)
      const answer = await walk.submit('/projects', base)
      answer.assertStatus(status)
      assert.equal(await log.count('projects'), projects + (status === 303 ? 1 : 0))
    })
  }
})

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

  test('tells before and after in one event', async ({ assert }) => {
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

  test('saving what the form showed tells nothing', async ({ assert }) => {
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
        const allowed = from !== to && projectTransitions[from].includes(to)
        assert.equal((await row(project.id)).status, allowed ? to : from, `${from} to ${to}`)
        if (allowed) version++
      }
    }
  })

  test('an illegal status says what may follow', async ({ assert }) => {
    await manager.open(`/projects/${project.id}/edit`)
    const page = await manager.follow(await save({ status: 'closed' }))
    assert.include(page.text(), 'From active a project can become on hold or closing or cancelled')
  })

  test('a stage of another project is refused', async ({ assert }) => {
    const other = await world.project()
    await manager.open(`/projects/${project.id}/edit`)
    const page = await manager.follow(await save({ stage_id: other.stageId }))
    assert.include(page.text(), 'Choose one of the project’s stages')
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

  const may = {
    pmo: 303,
    manager: 303,
    owner: 403,
    admin: 403,
    auditor: 403,
    sponsor: 403,
    team: 403,
    viewer: 403,
    stranger: 404,
  }
  for (const [role, status] of Object.entries(may)) {
    test(`a ${role} ${status === 303 ? 'may' : 'may not'}`, async ({ assert, client }) => {
      const walk = await Walk.begin(client, await world.person(role as never))
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

test.group('Projects: the list', (group) => {
  let log: Log
  group.each.setup(async () => {
    log ??= await Log.create()
  })

  test('shows what one may see', async ({ assert, client }) => {
    const open = await log.world.project({ name: 'Open quay', visibility: 'organisation' })
    const shut = await log.world.inside(() =>
      Project.begin({ code: code(), name: 'Shut quay', visibility: 'members', managerId: null })
    )
    const seen = async (role: any) => {
      const walk = await Walk.begin(client, await log.world.person(role))
      return (await walk.open('/projects')).text()
    }
    const stranger = await seen('stranger')
    assert.include(stranger, open.code)
    assert.notInclude(stranger, log.project.code)
    assert.notInclude(stranger, shut.code)
    assert.notInclude(await seen('manager'), shut.code)
    assert.include(await seen('pmo'), shut.code)
  })

  test('filters, searches, sorts and pages by its address', async ({ assert, client }) => {
    const wide = await Log.create()
    await wide.world.inside(async () => {
      for (let index = 0; index < 60; index++) {
        const name = index === 7 ? '100% _odd_ name' : `Quay ${index % 3}`
        await Project.begin({
          code: `Q${String(index).padStart(3, '0')}`,
          name,
          status: index % 2 ? 'active' : 'proposed',
        })
      }
    })
    const pmo = await Walk.begin(client, wide.people.pmo)
    const codesOf = (html: string) =>
      [...html.matchAll(/<td class="ref">(\w+)<\/td>/g)].map(([, ref]) => ref)
    const all = (await pmo.open('/projects')).text()
    assert.lengthOf(codesOf(all), 50)
    for (const sort of ['code', 'name']) {
      for (const direction of ['asc', 'desc']) {
        const pages: string[][] = []
        let href: string | undefined = `/projects?sort=${sort}&direction=${direction}`
        let back: string | undefined
        while (href) {
          const html = (await pmo.open(href)).text()
          pages.push(codesOf(html))
          href = /href="([^"]+)" rel="next"/.exec(html)?.[1].replaceAll('&amp;', '&')
          back = /href="([^"]+)" rel="prev"/.exec(html)?.[1].replaceAll('&amp;', '&')
        }
        assert.lengthOf(new Set(pages.flat()), 61, `${sort} ${direction}`)
        assert.deepEqual(codesOf((await pmo.open(back!)).text()), pages.at(-2))
        if (sort === 'code')
          assert.deepEqual(
            pages.flat(),
            pages.flat().sort((a, b) => (direction === 'asc' ? 1 : -1) * (a < b ? -1 : 1))
          )
      }
    }
    assert.deepEqual(codesOf((await pmo.open('/projects?q=100%25')).text()), ['Q007'])
    assert.deepEqual(codesOf((await pmo.open('/projects?q=_odd_')).text()), ['Q007'])
    assert.deepEqual(codesOf((await pmo.open('/projects?q=q012')).text()), ['Q012'])
    assert.lengthOf(codesOf((await pmo.open('/projects?status=proposed')).text()), 30)
    for (const query of [
      'q=%00',
      'status=constructor',
      'sort=owner',
      'after=%00',
      'after=WyJcdTAwMDAiLCJhIl0',
      'before=bm9uc2Vuc2U',
      'after[]=1',
      'q[]=x',
    ]) {
      const page = await pmo.open(`/projects?${query}`)
      page.assertStatus(200)
    }
  })
})
