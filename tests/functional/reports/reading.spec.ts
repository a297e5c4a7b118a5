import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import Gate from '#models/gate'
import { readinessOf } from '#models/gate/readiness'
import { morningRound } from '#models/morning/round'
import Notification from '#models/notification'
import Project from '#models/project'
import ProjectMember from '#models/project_member'
import ReportSchedule from '#models/report_schedule'
import ReportSubscription from '#models/report_subscription'
import Task from '#models/task'
import { quietly } from '#tests/support/admin'
import { countQueries } from '#tests/support/query_count'
import { Reports } from '#tests/support/reports'
import { inDays } from '#tests/support/table'
import { sendWhileAtWork } from '#tests/support/waiting'
import { Walk } from '#tests/support/walk'
import { World, type Person } from '#tests/support/world'

test.group('Reading status reports', (group) => {
  let world: World
  let reports: Reports
  let viewer: Person
  let manager: Person
  group.each.setup(async () => {
    world = await World.create()
    reports = new Reports(world, await world.project())
    viewer = await world.person('viewer')
    manager = await world.person('manager')
  })

  test('lists what was published, with its ratings over time, and no drafts', async ({
    assert,
    client,
  }) => {
    await reports.publish()
    await reports.publish({ overallRating: 'red', overallReason: 'It sank' })
    const draft = await reports.begin()
    const page = (await client.get(reports.url).as(viewer)).text()
    assert.match(page, /<svg[^>]+aria-label="Overall rating by report: [^"]+ amber, [^"]+ red/)
    assert.match(page, /SR2[\s\S]+SR1/)
    assert.notInclude(page, draft.ref)
    const own = (await client.get(reports.url).as(manager)).text()
    assert.include(own, draft.ref)
  })

  test('costs as many queries for many reports as for few', async ({ assert, client }) => {
    await reports.publish()
    await reports.publish()
    for (const path of [reports.url, '/projects', `/projects/${reports.project.id}`]) {
      const visit = () => client.get(path).as(viewer)
      await visit()
      const few = await countQueries(visit)
      await reports.publish()
      assert.equal(await countQueries(visit), few, path)
    }
  })

  test('compares two: what was rated, what was said, what moved', async ({ assert, client }) => {
    await reports.publish({ summary: 'All is well', overallRating: 'green' })
    await reports.publish({ summary: 'It leaks', overallRating: 'red' })
    const page = (await client.get(`${reports.url}/comparison`).as(viewer)).text()
    for (const words of ['All is well', 'It leaks', 'worse, was green']) {
      assert.include(page, words)
    }
    const hostile = await client.get(`${reports.url}/comparison?one=x&other[]=y`).as(viewer)
    hostile.assertStatus(200)
  })

  test('somebody who subscribes twice in one moment is subscribed once', async ({
    assert,
    client,
  }) => {
    const { answer } = await world.inside(async () => {
      await ReportSubscription.add(reports.project, viewer.membershipId)
      return sendWhileAtWork(() => client.post(`${reports.url}/subscription`).as(viewer))
    }, viewer)
    ;(await answer).assertStatus(303)
    assert.lengthOf(await world.rows('report_subscriptions'), 1)
  })

  test('anybody who reads the project subscribes; the PMO subscribes others', async ({
    assert,
    client,
  }) => {
    const walk = await Walk.begin(client, viewer)
    await walk.open(reports.url)
    const page = await walk.submitAndFollow(`${reports.url}/subscription`, {})
    assert.include(page.text(), 'You get a notification when a report is published')
    await walk.submit(`${reports.url}/subscription`, {})
    assert.lengthOf(await world.rows('report_subscriptions'), 1, 'twice is once')
    await walk.submit(`${reports.url}/subscription`, {}, 'DELETE')
    assert.isEmpty(await world.rows('report_subscriptions'))
    const body = { membership_id: manager.membershipId }
    const url = `${reports.url}/subscribers`
    assert.equal((await client.post(url).as(viewer).form(body)).status(), 403)
    const stranger = await world.person('stranger')
    assert.equal((await client.post(url).as(stranger).form(body)).status(), 404)
    const office = await Walk.begin(client, await world.person('pmo'))
    await office.open(reports.url)
    const strange = { membership_id: stranger.membershipId }
    const refused = await office.submitAndFollow(url, strange)
    assert.include(refused.text(), 'Choose a member who can see this project')
    await office.submit(url, body)
    const [{ id }] = await world.rows('report_subscriptions')
    await office.submit(`${url}/${id}`, {}, 'DELETE')
    assert.isEmpty(await world.rows('report_subscriptions'))
  })

  test('people who may no longer read the project are told nothing', async ({ assert }) => {
    await world.inside(() => ReportSubscription.add(reports.project, viewer.membershipId))
    await world.inside(async () => {
      const role = await ProjectMember.findByOrFail('membership_id', viewer.membershipId)
      await role.delete()
    })
    await reports.publish()
    const told = await world.inside(() =>
      Notification.query().where('kind', 'report_published').exec()
    )
    assert.isEmpty(told)
  })

  test('a decision that it asks for becomes a task that knows where it came from', async ({
    assert,
    client,
  }) => {
    const { membershipId } = manager
    const asked = { decision1What: 'Which crane', decision1OwnerId: membershipId }
    const report = await reports.publish({ ...asked, decision1DueOn: inDays(8) })
    const walk = await Walk.begin(client, manager)
    const base = `/projects/${reports.project.id}/tasks`
    const form = await walk.open(`${base}/create?status_report_id=${report.id}&decision=1`)
    assert.include(form.text(), 'value="Which crane"')
    const fields = { title: 'Which crane', assignee: membershipId, status_report_id: report.id }
    const page = await walk.submitAndFollow(base, fields)
    assert.include(page.text(), `Status report ${report.ref}`)
    const task = (await world.rows('tasks')).at(-1)
    assert.include(task, { source_kind: 'report', status_report_id: report.id })
    const draft = await reports.begin()
    await walk.open(`${base}/create`)
    const refused = await walk.submitAndFollow(base, { ...fields, status_report_id: draft.id })
    assert.include(refused.text(), 'You cannot add a task to this report')
    assert.lengthOf(await world.inside(() => Task.query().exec()), 1)
  })

  test('a search finds what was published, as it stands, and nothing before', async ({
    assert,
    client,
  }) => {
    const wrong = await reports.publish({ summary: 'Ninety piledrivers' })
    const report = await reports.correct(wrong, { summary: 'Nine piledrivers' })
    await reports.complete({ summary: 'Secret piledrivers' })
    const find = async (text: string, person: Person) =>
      (await client.get(`/search?q=${text}`).as(person)).text()
    for (const text of ['piledrivers', report.ref]) {
      const page = await find(text, viewer)
      assert.include(page, `${reports.url}/${report.id}`)
      assert.notInclude(page, wrong.id)
      assert.notInclude(page, 'Secret')
    }
    assert.notInclude(await find('piledrivers', await world.person('stranger')), report.id)
  })

  test('a gate flags a project whose last report is 30 days old', async ({ assert }) => {
    const flags = () =>
      world.inside(async () => {
        const [gate] = await Gate.of(reports.project)
        const { warnings } = await readinessOf(reports.project, gate.refersTo(reports.project))
        return warnings.filter(({ key }) => key === 'flag:status_report_recent')
      })
    const [missing] = await flags()
    assert.equal(missing.fix.href, `${reports.url}/create`)
    const ago = (days: number) => DateTime.utc().minus({ days })
    const report = await reports.publish({}, ago(30))
    const [stale] = await flags()
    assert.equal(stale.offenders[0].href, `${reports.url}/${report.id}`)
    await reports.publish({}, ago(29))
    assert.isEmpty(await flags())
  })

  test('the schedule is set, changed by one at a time, and removed', async ({ assert, client }) => {
    const url = `${reports.url}/schedule`
    const walk = await Walk.begin(client, manager)
    await walk.open(url)
    const fields = { cadence: 'monthly', first_due_on: inDays(4), lock_version: 0 }
    const bad = await walk.submitAndFollow(url, { ...fields, first_due_on: '' }, 'PUT')
    assert.include(bad.text(), 'Enter when the first report is due')
    await walk.submit(url, fields, 'PUT')
    assert.include((await world.rows('report_schedules'))[0], { next_due_on: inDays(4) })
    const second = { ...fields, cadence: 'weekly', lock_version: 1 }
    await walk.submit(url, second, 'PUT')
    const stale = await walk.submit(url, { ...second, cadence: 'fortnightly' }, 'PUT')
    stale.assertStatus(409)
    assert.equal((await client.put(url).as(viewer).form(second)).status(), 403)
    await walk.open(url)
    await walk.submit(url, { lock_version: 2 }, 'DELETE')
    assert.isEmpty(await world.rows('report_schedules'))
  })

  test('due days while a project was on hold are not owed afterwards', async ({ assert }) => {
    const first = inDays(-17)
    await world.inside(() =>
      ReportSchedule.set(reports.project, { cadence: 'weekly', firstDueOn: first }, 0)
    )
    const dueOn = async () =>
      world.inside(async () => (await ReportSchedule.of(reports.project))!.nextDueOn)
    const become = async (status: string) => {
      await world.inside(async () => {
        const project = await Project.findOrFail(reports.project.id)
        await project.lockRow(project.lockVersion)
        await project.merge({ status } as any).saveRevision()
      })
      return dueOn()
    }
    assert.equal(await become('closing'), first)
    assert.equal(await become('active'), first)
    assert.equal(await become('on_hold'), first)
    assert.equal(await become('active'), inDays(4))
    await become('on_hold')
    await quietly(
      'update report_schedules set first_due_on = ?, next_due_on = ? where project_id = ?',
      [inDays(-14), inDays(-14), reports.project.id]
    )
    assert.equal(await become('active'), inDays(0), 'today is still to come')
  })

  test('a due report is in My work and the morning email: before, on the day, then weekly', async ({
    assert,
    client,
  }) => {
    const rhythm = { cadence: 'monthly', firstDueOn: '2026-03-10' } as const
    await world.inside(() => ReportSchedule.set(reports.project, rhythm, 0))
    const work = (await client.get('/work').as(manager)).text()
    assert.include(work, 'Write the status report')
    const told = async (day: string) => {
      await world.inside(() => morningRound(DateTime.fromISO(`${day}T08:00Z`)))
      await world.inside(() => morningRound(DateTime.fromISO(`${day}T08:15Z`)))
      const notices = await world.inside(() =>
        Notification.query().where('kind', 'report_due').exec()
      )
      return notices.length
    }
    const counts: number[] = []
    for (const day of ['07', '08', '09', '10', '11', '17', '18']) {
      counts.push(await told(`2026-03-${day}`))
    }
    assert.deepEqual(counts, [0, 1, 1, 2, 2, 3, 3])
    await reports.submit()
    assert.notInclude((await client.get('/work').as(manager)).text(), 'Write the status report')
    assert.equal(await told('2026-03-24'), 3, 'it waits to be published')
    const sponsor = await world.person('sponsor')
    assert.include((await client.get('/work').as(sponsor)).text(), 'Review and publish')
  })
})
