import { test } from '@japa/runner'
import LifecycleTemplate from '#models/lifecycle_template'
import Project from '#models/project'
import RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { newCode } from '#tests/support/codes'
import { choicesOf } from '#tests/support/html'
import { Log } from '#tests/support/raid_log'
import { casesOf } from '#tests/support/rights'
import { Walk } from '#tests/support/walk'

const NEW = { name: 'Harbour lights', visibility: 'members', status: 'proposed' }

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
    base = { ...NEW, code: newCode(), manager_id: log.people.manager.membershipId }
  })

  test('asks for no stage before there are any', async ({ assert }) => {
    assert.notInclude((await pmo.open('/projects/create')).text(), 'name="stage_id"')
    const answer = await pmo.submit('/projects', base)
    const edit = await pmo.open(`/projects/${idOf(answer)}/edit`)
    assert.include(edit.text(), 'name="stage_id"')
  })

  test('offers the statuses in which a project may begin, and no others', async ({ assert }) => {
    const form = (await pmo.open('/projects/create')).text()
    assert.sameMembers(choicesOf(form, 'status'), ['proposed', 'active'])
  })

  test('offers to import the log to those who may', async ({ assert, client }) => {
    const id = idOf(await pmo.submit('/projects', { ...base, visibility: 'organisation' }))
    const href = `href="/projects/${id}/imports/create"`
    assert.include((await pmo.open(`/projects/${id}`)).text(), href)
    const viewer = await Walk.begin(client, log.people.viewer)
    assert.notInclude((await viewer.open(`/projects/${id}`)).text(), href)
    await log.world.inside(async () => {
      const project = await Project.findOrFail(id)
      await RaidItem.raise(project, { type: 'issue', title: 'Late', issueKind: 'problem_concern' })
    })
    assert.notInclude((await pmo.open(`/projects/${id}`)).text(), href)
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
      'Enter a code of 2 to 10 letters and digits',
    ],
    ['a code of one letter', { code: 'A' }, 'code', 'Enter a code of 2 to 10 letters and digits'],
    ['a long code', { code: 'ABCDEFGHIJK' }, 'code', 'Enter a code of 2 to 10 letters and digits'],
    ['a code with a dash', { code: 'AB-C' }, 'code', 'Enter a code of 2 to 10 letters and digits'],
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
      'Enter an end date on or after the start date',
    ],
    [
      'a forecast that ends before it starts',
      { forecast_start_on: '2026-02-01', forecast_end_on: '2026-01-31' },
      'forecast_end_on',
      'Enter an end date on or after the start date',
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
      'Choose Proposed or Active for a new project',
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

  test('a lifecycle that is not on offer is refused', async ({ assert }) => {
    const draft = await log.world.inside(async () =>
      (await LifecycleTemplate.offered().firstOrFail()).nextDraft()
    )
    const projects = await log.count('projects')
    await pmo.open('/projects/create')
    const page = await pmo.submitAndFollow('/projects', { ...base, lifecycle_id: draft.id })
    assert.include(page.text(), 'Choose a lifecycle')
    assert.equal(await log.count('projects'), projects)
  })

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

  for (const { role, status, name } of casesOf({
    owner: 303,
    admin: 303,
    pmo: 303,
    auditor: 403,
    manager: 403,
    team: 403,
    viewer: 403,
    stranger: 403,
  })) {
    test(name, async ({ assert, client }) => {
      const walk = await Walk.begin(client, await log.world.person(role))
      const projects = await log.count('projects')
      const form = await walk.open('/projects/create')
      form.assertStatus(status === 303 ? 200 : 403)
      const answer = await walk.submit('/projects', base)
      answer.assertStatus(status)
      assert.equal(await log.count('projects'), projects + (status === 303 ? 1 : 0))
    })
  }
})
