import { test } from '@japa/runner'
import Project from '#models/project'
import ProjectRequest from '#models/project_request'
import { removeProject } from '#privacy/destruction/removal'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { ask } from '#tests/support/populated/portfolio'
import { raise } from '#tests/support/trail'
import { Walk } from '#tests/support/walk'
import { World, type Person } from '#tests/support/world'

const URL = '/project-requests'

test.group('Asking for a project', (group) => {
  let world: World
  let member: Person
  let pmo: Person
  let asker: Walk
  let office: Walk
  group.each.setup(async ({ context }) => {
    world = await World.create()
    ;[member, pmo] = await world.members(['member', 'pmo'])
    asker = await Walk.begin(context.client, member)
    office = await Walk.begin(context.client, pmo)
  })

  const told = async (person: Person) =>
    (await world.rows('notifications'))
      .filter(({ membership_id: id }) => id === person.membershipId)
      .map(({ title }) => title)
  const actions = async (id: string) =>
    (
      await sql(admin(), 'select action from audit.events where entity_id = ? order by seq', [id])
    ).map(({ action }) => action)

  test('is possible for every member, kept as written, and announced to those who create projects', async ({
    assert,
  }) => {
    const sponsor = await world.person('sponsor')
    await asker.open(`${URL}/create`)
    const page = await asker.submitAndFollow(URL, {
      title: 'A second lock',
      purpose: 'Ships wait *two days*.',
      benefits: 'They no longer do.',
      budget: '£2m',
      wanted_by: '2028-05-01',
      sponsor_id: sponsor.membershipId,
    })
    for (const words of ['A second lock', '<em>two days</em>', '£2m', 'Awaiting an answer']) {
      assert.include(page.text(), words)
    }
    const [request] = await world.rows('project_requests')
    assert.include(request, {
      state: 'requested',
      requested_by: member.membershipId,
      sponsor_id: sponsor.membershipId,
      project_id: null,
    })
    assert.deepEqual(await actions(request.id), ['project_request.created'])
    for (const person of [pmo, sponsor]) {
      assert.isTrue((await told(person)).some((title) => title.includes('A second lock')))
    }
    assert.deepEqual(await told(member), [])
    assert.include((await office.open(URL)).text(), 'A second lock')
  })

  test('fills the form of the project in, refs lead to what they name, and withdrawing asks first', async ({
    assert,
  }) => {
    const project = await world.project()
    const risk = await raise(world, project, pmo)
    await asker.open(`${URL}/create`)
    const asked = await asker.submitAndFollow(URL, {
      title: 'A second lock',
      purpose: `As ${project.code}-R${risk.number} says.`,
      budget: '£2m',
      wanted_by: '2028-05-01',
    })
    const shown = await office.open(URL)
    assert.equal(shown.text().match(/Request a project\s*<\/a>/g)?.length, 1)
    const [request] = await world.rows('project_requests')
    assert.include(asked.text(), 'Withdraw this request?')
    const page = await office.open(`${URL}/${request.id}`)
    assert.notInclude(page.text(), 'Withdraw this request?')
    const form = (await office.open(`/projects/create?request=${request.id}`)).text()
    assert.include(form, 'Rough cost: £2m')
    assert.match(form, /name="forecast_end_on"[^>]*value="2028-05-01"/)
    assert.include(page.text(), `href="/projects/${project.id}/raid/${risk.id}"`)
  })

  test('is refused where it says too little, or names nobody of the organisation', async ({
    assert,
  }) => {
    const elsewhere = await (await World.create()).person('member')
    const good = { title: 'A lock', purpose: 'Ships wait' }
    for (const [fields, message] of [
      [{ ...good, title: ' ' }, 'Enter what the project is, in one line'],
      [{ ...good, purpose: '' }, 'Enter why the project is needed'],
      [{ ...good, title: 'x'.repeat(201) }, 'Keep this to 200 characters'],
      [{ ...good, wanted_by: '2028-02-30' }, 'real date'],
      [{ ...good, sponsor_id: elsewhere.membershipId }, 'Choose an active member'],
    ] as const) {
      await asker.open(`${URL}/create`)
      const page = await asker.submitAndFollow(URL, fields)
      assert.include(page.text(), message)
    }
    assert.lengthOf(await world.rows('project_requests'), 0)
  })

  test('is counted where those who answer it look, and waits in the work of the PMO', async ({
    assert,
    client,
  }) => {
    const asks = async (person: Person) => {
      const [work, projects] = [
        await client.get('/work').as(person),
        await client.get('/projects').as(person),
      ]
      return [work.text().includes('A second lock'), projects.text().match(/Requests \(\d+\)/)?.[0]]
    }
    const owner = await world.person('owner')
    const first = await ask(world, member, { title: 'A second lock' })
    await ask(world, member, { title: 'A second lock' })
    assert.deepEqual(await asks(pmo), [true, 'Requests (2)'])
    assert.deepEqual(await asks(owner), [false, 'Requests (2)'])
    assert.deepEqual(await asks(member), [false, undefined])
    const outsider = await (await World.create()).person('pmo')
    assert.deepEqual(await asks(outsider), [false, undefined])
    await world.inside(async () => {
      const found = await ProjectRequest.findVisible(await world.viewer(pmo), first.id)
      await found.decline('No money', 1)
    }, pmo)
    assert.deepEqual(await asks(pmo), [true, 'Requests (1)'])
    // Where there is no PMO the owners answer.
    await sql(admin(), `update memberships set status = 'deactivated' where id = ?`, [
      pmo.membershipId,
    ])
    assert.deepEqual(await asks(owner), [true, 'Requests (1)'])
    assert.deepEqual(await asks(await world.person('admin')), [false, 'Requests (1)'])
  })

  test('stops at ten that wait, also where two are sent at once', async ({ assert, client }) => {
    const open = []
    for (let count = 0; count < 9; count++) open.push(await ask(world, member))
    const send = () =>
      client.post(URL).accept('json').as(member).form({ title: 'One', purpose: 'A lock' })
    const statuses = (await Promise.all([send(), send()])).map((answer) => answer.status())
    assert.lengthOf(await world.rows('project_requests'), 10)
    assert.includeMembers(statuses, [422])
    const form = await asker.open(`${URL}/create`)
    assert.include(form.text(), 'You already have 10 requests waiting for an answer')
    const refused = await asker.submitAndFollow(URL, {
      title: 'An eleventh',
      purpose: 'Kept words',
    })
    assert.include(refused.text(), 'You already have 10 requests waiting for an answer.')
    for (const typed of ['An eleventh', 'Kept words']) assert.include(refused.text(), typed)
    assert.lengthOf(await world.rows('project_requests'), 10)
    await ask(world, await world.person('manager'), { title: 'Of somebody else' })
    await asker.open(`${URL}/${open[0].id}`)
    await asker.submit(`${URL}/${open[0].id}/withdrawal`, { lock_version: 1 })
    assert.notInclude((await asker.open(`${URL}/create`)).text(), 'requests waiting for an answer')
    await asker.submit(URL, { title: 'An eleventh', purpose: 'Kept words' })
    assert.lengthOf(await world.rows('project_requests'), 12)
  })

  test('is exported as the list shows it, to each as far as they may see it', async ({
    assert,
    client,
  }) => {
    const sponsor = await world.person('sponsor')
    const request = await ask(world, member, {
      title: 'A second lock',
      benefits: 'None waits',
      budget: '£2m',
      wantedBy: '2028-05-01',
      sponsorId: sponsor.membershipId,
    })
    const other = await ask(world, pmo, { title: 'A third lock' })
    const project = await world.project()
    await world.inside(async () => {
      const found = await ProjectRequest.findVisible(await world.viewer(pmo), request.id)
      await found.approve(project)
    }, pmo)
    const taken = async (person: Person, query = '') =>
      (await client.get(`${URL}.json${query}`).as(person)).body() as Record<string, unknown>[]
    const titles = async (person: Person, query = '') =>
      (await taken(person, query)).map(({ title }) => title)
    assert.deepEqual(await titles(pmo), ['A third lock'])
    assert.deepEqual(await titles(pmo, '?state=all'), ['A third lock', 'A second lock'])
    assert.deepEqual(await titles(await world.person('stranger')), [])
    assert.deepEqual(await titles(await (await World.create()).person('pmo'), '?state=all'), [])
    const [, whole] = await taken(pmo, '?state=all')
    assert.containsSubset(whole, {
      state: 'approved',
      wanted_by: '2028-05-01',
      budget: '£2m',
      purpose: 'Ships wait for two days',
      benefits: 'None waits',
      answer: null,
      project: project.code,
    })
    // Whoever asked is not told which project it became where they may not see that.
    const [own, ...others] = await taken(member)
    assert.isEmpty(others)
    assert.include(own, { title: 'A second lock', project: null })
    const csv = (await client.get(`${URL}.csv?state=requested`).as(pmo)).text()
    assert.include(csv, other.title)
    assert.notInclude(csv, request.title)
    const page = (await office.open(URL)).text()
    for (const format of ['csv', 'xlsx', 'json']) {
      assert.include(page, `href="${URL}.${format}?state=requested"`)
    }
  })

  test('becomes a project, which its form describes, and whoever asked is told', async ({
    assert,
    client,
  }) => {
    const request = await ask(world, member, { title: 'A second lock', purpose: 'Ships wait' })
    const form = await office.open(`/projects/create?request=${request.id}`)
    for (const words of ['value="A second lock"', 'Ships wait', `value="${request.id}"`]) {
      assert.include(form.text(), words)
    }
    assert.include(form.text(), `href="${URL}/${request.id}"`)
    const manager = await world.person('manager')
    await office.submit('/projects', {
      name: 'A second lock',
      code: 'LOCK',
      manager_id: manager.membershipId,
      visibility: 'organisation',
      request_id: request.id,
    })
    const [project] = await world.rows('projects')
    const [present] = await world.rows('project_requests')
    assert.include(present, {
      state: 'approved',
      project_id: project.id,
      answered_by: pmo.membershipId,
    })
    assert.deepEqual(await actions(request.id), [
      'project_request.created',
      'project_request.approved',
    ])
    const news = (await world.rows('notifications')).find(({ title }) => /was created/.test(title))
    assert.include(news, { membership_id: member.membershipId, path: `${URL}/${request.id}` })
    assert.include((await asker.open(`${URL}/${request.id}`)).text(), 'LOCK')
    // The project's history leads to the request for those alone who see it.
    const leader = await Walk.begin(client, manager)
    const link = `href="${URL}/${request.id}"`
    const home = `/projects/${project.id}`
    assert.include((await office.open(home)).text(), link)
    const unlinked = (await leader.open(home)).text()
    assert.include(unlinked, 'a project request')
    assert.notInclude(unlinked, link)
    const auditor = await Walk.begin(client, await world.person('auditor'))
    assert.include((await auditor.open(`${URL}/${request.id}`)).text(), 'Project created')
    await office.open('/projects/create')
    const again = await office.submitAndFollow('/projects', {
      name: 'The same again',
      code: 'LOCK2',
      manager_id: member.membershipId,
      visibility: 'members',
      request_id: request.id,
    })
    assert.include(again.text(), 'This request has already been answered')
    assert.lengthOf(await world.rows('projects'), 1)
  })

  test('leads whoever asked to what became of it, also where they may not see the project', async ({
    assert,
  }) => {
    const request = await ask(world, member)
    const project = await world.project()
    await world.inside(async () => {
      const found = await ProjectRequest.findVisible(await world.viewer(pmo), request.id)
      await found.approve(project)
    }, pmo)
    ;(await asker.open(`/projects/${project.id}`)).assertStatus(404)
    const [notice] = (await world.rows('notifications')).filter(
      ({ membership_id: id }) => id === member.membershipId
    )
    assert.equal(notice.path, `${URL}/${request.id}`)
    const page = await asker.open(notice.path)
    page.assertStatus(200)
    assert.include(page.text(), 'Project created')
    assert.include(page.text(), 'but you are not a member')
    assert.notInclude(page.text(), project.id)
  })

  test('is declined for a reason, once', async ({ assert }) => {
    const request = await ask(world, member)
    const url = `${URL}/${request.id}`
    await office.open(url)
    const refused = await office.submitAndFollow(`${url}/refusal`, { answer: ' ', lock_version: 1 })
    assert.include(refused.text(), 'Enter a reason')
    await office.submit(`${url}/refusal`, { answer: 'No money this year', lock_version: 1 })
    const [present] = await world.rows('project_requests')
    assert.include(present, { state: 'declined', answer: 'No money this year' })
    assert.include((await asker.open(url)).text(), 'No money this year')
    assert.isTrue((await told(member)).some((title) => title.includes('was declined')))
    // Whoever asked finds the answer in their list; for the office it is done.
    assert.include((await asker.open(URL)).text(), request.id)
    const waiting = (await asker.open(`${URL}?state=requested`)).text()
    assert.include(waiting, 'No requests are waiting for an answer')
    assert.notInclude((await office.open(URL)).text(), request.id)
    assert.include((await office.open(`${URL}?state=all`)).text(), request.id)
    await asker.submit(`${url}/withdrawal`, { lock_version: 2 })
    assert.equal((await world.rows('project_requests'))[0].state, 'declined')
    assert.deepEqual(await actions(request.id), [
      'project_request.created',
      'project_request.declined',
    ])
  })

  test('is withdrawn by whoever asked, and by nobody else', async ({ assert }) => {
    const request = await ask(world, member)
    const url = `${URL}/${request.id}`
    await office.open(url)
    const answer = await office.submit(`${url}/withdrawal`, { lock_version: 1 })
    answer.assertStatus(403)
    await asker.open(url)
    await asker.submit(`${url}/withdrawal`, { lock_version: 1 })
    assert.equal((await world.rows('project_requests'))[0].state, 'withdrawn')
    await office.open(url)
    await office.submit(`${url}/refusal`, { answer: 'Too late', lock_version: 2 })
    assert.equal((await world.rows('project_requests'))[0].state, 'withdrawn')
  })

  test('is seen by whoever asked, the sponsor in mind, and those who govern; to others it does not exist', async ({
    assert,
    client,
  }) => {
    const sponsor = await world.person('sponsor')
    const request = await ask(world, member, { sponsorId: sponsor.membershipId })
    const outsider = await (await World.create()).person('pmo')
    for (const [person, status] of [
      [member, 200],
      [sponsor, 200],
      [await world.person('owner'), 200],
      [await world.person('admin'), 200],
      [await world.person('auditor'), 200],
      [await world.person('stranger'), 404],
      [outsider, 404],
    ] as const) {
      const walk = await Walk.begin(client, person)
      const page = await walk.open(`${URL}/${request.id}`)
      page.assertStatus(status)
      const list = (await walk.open(URL)).text()
      assert.equal(list.includes(request.id), status === 200)
    }
    for (const [person, status] of [
      [member, 403],
      [sponsor, 403],
      [await world.person('auditor'), 403],
      [outsider, 404],
    ] as const) {
      const walk = await Walk.begin(client, person)
      await walk.open(URL)
      const answer = await walk.submit(`${URL}/${request.id}/refusal`, {
        answer: 'No',
        lock_version: 1,
      })
      answer.assertStatus(status)
    }
    assert.equal((await world.rows('project_requests'))[0].state, 'requested')
  })

  test('goes with the project that it became once that is destroyed; others stay', async ({
    assert,
  }) => {
    const request = await ask(world, member)
    const other = await ask(world, member, { title: 'A third lock' })
    const project = await world.project()
    await world.inside(async () => {
      const viewer = await world.viewer(pmo)
      await (await ProjectRequest.findVisible(viewer, request.id)).approve(project)
      await (await Project.findOrFail(project.id)).merge({ status: 'closed' }).save()
    }, pmo)
    await removeProject(world.organisationId, project.id, {
      actorKind: 'system',
      actor: null,
      dryRun: false,
    })
    const left = await world.rows('project_requests')
    assert.deepEqual(
      left.map(({ id }) => id),
      [other.id]
    )
  })
})
