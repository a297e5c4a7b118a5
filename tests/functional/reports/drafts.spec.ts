import { test } from '@japa/runner'
import { beginReport } from '#models/report/drafting'
import { submitReport } from '#models/report/steps'
import StatusReport from '#models/status_report'
import { asForm } from '#tests/support/exercises/reports'
import { COMPLETE, PERIOD, Reports } from '#tests/support/reports'
import { inDays } from '#tests/support/table'
import { sendWhileAtWork } from '#tests/support/waiting'
import { Walk } from '#tests/support/walk'
import { World, type Person } from '#tests/support/world'

test.group('Drafts of a status report', (group) => {
  let world: World
  let reports: Reports
  let manager: Person
  let walk: Walk
  group.each.setup(async ({ context }) => {
    world = await World.create()
    reports = new Reports(world, await world.project())
    manager = await world.person('manager')
    walk = await Walk.begin(context.client, manager)
  })

  test('are written one at a time, also when two begin at once', async ({ assert }) => {
    const begun = await Promise.allSettled([reports.begin(), reports.begin()])
    assert.lengthOf(
      begun.filter(({ status }) => status === 'fulfilled'),
      1
    )
    const page = await walk.open(`${reports.url}/create`)
    assert.match(page.redirects().at(-1) ?? page.header('location') ?? '', /\/edit$/)
  })

  test('are begun by whoever comes first; the second is told', async ({ assert, client }) => {
    const { answer } = await world.inside(async () => {
      await beginReport(reports.project, PERIOD)
      return sendWhileAtWork(() => client.post(reports.url).as(manager).form(asForm(PERIOD)))
    }, manager)
    ;(await answer).assertStatus(303)
    assert.lengthOf(await world.rows('status_reports'), 1)
  })

  test('are saved incomplete, and kept when they are submitted too early', async ({ assert }) => {
    const { id } = await reports.begin()
    const url = `${reports.url}/${id}`
    await walk.open(`${url}/edit`)
    const fields = { ...asForm(PERIOD), cost_rating: 'red', summary: 'Halfway', lock_version: 1 }
    const page = await walk.submitAndFollow(url, { ...fields, then: 'submit' }, 'PUT')
    for (const words of [
      'Choose an overall rating',
      'enter why it is red',
      'enter the path to green',
      'Halfway',
    ]) {
      assert.include(page.text(), words)
    }
    assert.include((await world.rows('status_reports'))[0], { state: 'draft', summary: 'Halfway' })
    const complete = { ...fields, ...asForm(COMPLETE), cost_reason: 'Steel', lock_version: 2 }
    const half = await walk.submitAndFollow(url, { ...complete, then: 'submit' }, 'PUT')
    assert.include(half.text(), 'Cost: enter the path to green')
    const next = await walk.submitAndFollow(
      url,
      { ...complete, cost_path_to_green: 'Buy less', lock_version: 3, then: 'submit' },
      'PUT'
    )
    assert.include(next.text(), 'was submitted')
    assert.equal((await world.rows('status_reports'))[0].state, 'submitted')
  })

  test('keep what was typed when it is refused, with the message beside its field', async ({
    assert,
  }) => {
    const { id } = await reports.begin()
    const url = `${reports.url}/${id}`
    await walk.open(`${url}/edit`)
    const stranger = await world.person('stranger')
    for (const [wrong, message] of [
      [{ period_end_on: inDays(-90) }, 'Enter an end date on or after the start date'],
      [{ period_end_on: '2026-02-31' }, 'Enter a real date'],
      [
        { period_start_on: inDays(1), period_end_on: inDays(2) },
        'Enter a start date that is not in the future',
      ],
      [{ period_end_on: inDays(32) }, 'Enter an end date no more than a month from now'],
      [{ decision_1_due_on: inDays(3) }, 'Enter what needs to be decided'],
      [
        { decision_1_what: 'Which', decision_1_owner_id: stranger.membershipId },
        'Choose a member who can see this project',
      ],
      [{ cost_rating: 'blue' }, 'Choose one of the options'],
      [{ cost_reason: 'x'.repeat(2001) }, 'Keep this to 2000 characters'],
    ] as const) {
      const fields = { ...asForm(PERIOD), summary: 'Typed with care', lock_version: 1, ...wrong }
      const page = await walk.submitAndFollow(url, fields, 'PUT')
      assert.include(page.text(), message)
      assert.include(page.text(), 'Typed with care')
    }
    assert.isNull((await world.rows('status_reports'))[0].summary)
  })

  test('show both versions to whoever saves second', async ({ assert }) => {
    const { id } = await reports.begin()
    const url = `${reports.url}/${id}`
    await walk.open(`${url}/edit`)
    const first = { ...asForm(PERIOD), summary: 'Theirs', cost_rating: 'green', lock_version: 1 }
    await walk.submit(url, first, 'PUT')
    const second = await walk.submit(url, { ...first, summary: 'Mine' }, 'PUT')
    second.assertStatus(409)
    assert.include(second.text(), 'Someone else changed this too')
    assert.include(second.text(), 'Mine')
    assert.equal((await world.rows('status_reports'))[0].summary, 'Theirs')
  })

  test('show what was typed to someone who saves after it was submitted', async ({ assert }) => {
    const report = await reports.complete()
    const url = `${reports.url}/${report.id}`
    const office = await Walk.begin(walk.client, await world.person('pmo'))
    await office.open(`${url}/edit`)
    const fields = { ...asForm(PERIOD), ...asForm(COMPLETE), lock_version: report.lockVersion }
    await walk.submit(url, { ...fields, then: 'submit' }, 'PUT')
    const late = await office.submit(url, { ...fields, summary: 'Mine, at length' }, 'PUT')
    const page = await office.follow(late)
    const shown = page.redirects().length > 0 ? page : await office.follow(page)
    for (const words of ['has been submitted. Return it', 'What you wrote', 'Mine, at length'])
      assert.include(shown.text(), words)
    assert.notInclude((await office.open(url)).text(), 'Mine, at length')
    const [row] = await world.rows('status_reports')
    assert.deepEqual([row.state, row.summary], ['submitted', COMPLETE.summary])
  })

  test('say where their period overlaps the last one or leaves a gap', async ({ assert }) => {
    const remarkOf = async (periodStartOn: string) => {
      const draft = await world.inside(
        () => beginReport(reports.project, { periodStartOn, periodEndOn: inDays(0) }),
        await world.person('manager')
      )
      const texts = [`${draft.id}`, `${draft.id}/edit`].map(async (page) =>
        (await walk.open(`${reports.url}/${page}`)).text()
      )
      const found = (await Promise.all(texts)).map(
        (text) => text.match(/This period overlaps|No report covers/)?.[0]
      )
      await world.inside(async () => (await StatusReport.findOrFail(draft.id)).delete())
      return found
    }
    assert.deepEqual(await remarkOf(inDays(-40)), [undefined, undefined])
    const first = await reports.complete({ periodEndOn: inDays(-10) })
    await world.inside(
      () => submitReport(reports.project, first, first.lockVersion),
      await world.person('manager')
    )
    await reports.release(first)
    const twice = 'This period overlaps'
    assert.deepEqual(await remarkOf(inDays(-10)), [twice, twice])
    assert.deepEqual(await remarkOf(inDays(-9)), [undefined, undefined])
    const gap = 'No report covers'
    assert.deepEqual(await remarkOf(inDays(-7)), [gap, gap])
  })

  test('can be thrown away, and only drafts', async ({ assert }) => {
    const { id } = await reports.begin()
    await walk.open(`${reports.url}/${id}`)
    await walk.submit(`${reports.url}/${id}`, { lock_version: 1 }, 'DELETE')
    assert.isEmpty(await world.rows('status_reports'))
    const submitted = await reports.submit()
    await walk.open(`${reports.url}/${submitted.id}`)
    const fields = { lock_version: submitted.lockVersion }
    const refused = await walk.submitAndFollow(`${reports.url}/${submitted.id}`, fields, 'DELETE')
    assert.include(refused.text(), 'Only a draft can be discarded')
    assert.lengthOf(await world.rows('status_reports'), 1)
  })

  test('take the notices that led to them along', async ({ assert }) => {
    const submitted = await reports.submit()
    const path = `${reports.url}/${submitted.id}`
    const leading = async () =>
      (await world.rows('notifications')).filter((notice: any) => notice.path === path).length
    assert.isAbove(await leading(), 0)
    await walk.open(path)
    const reason = { reason: 'Not yet', lock_version: submitted.lockVersion }
    await walk.submit(`${path}/submission`, reason, 'DELETE')
    assert.isAbove(await leading(), 0)
    await walk.open(path)
    await walk.submit(path, { lock_version: submitted.lockVersion + 1 }, 'DELETE')
    assert.isEmpty(await world.rows('status_reports'))
    assert.equal(await leading(), 0)
  })

  test('are for those who write and publish', async ({ assert, client }) => {
    const { id } = await reports.begin()
    const other = await (await World.create('Elsewhere')).person('manager')
    const answers: [Person, number, number][] = [
      [await world.person('sponsor'), 200, 403],
      [await world.person('viewer'), 404, 403],
      [await world.person('team'), 404, 403],
      [await world.person('stranger'), 404, 404],
      [other, 404, 404],
    ]
    for (const [person, read, write] of answers) {
      const shown = await client.get(`${reports.url}/${id}`).as(person)
      assert.equal(shown.status(), read)
      const saved = await client
        .put(`${reports.url}/${id}`)
        .as(person)
        .form({ ...asForm(PERIOD), lock_version: 1 })
      assert.equal(saved.status(), write)
      const begun = await client.post(reports.url).as(person).form(asForm(PERIOD))
      assert.equal(begun.status(), write)
    }
    assert.equal((await world.inside(() => StatusReport.findOrFail(id))).lockVersion, 1)
  })
})
