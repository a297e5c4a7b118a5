import { createHash } from 'node:crypto'
import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import GateDefaults from '#models/gate_defaults'
import Notification from '#models/notification'
import OutboxMail from '#models/outbox_mail'
import Project from '#models/project'
import RaidItem from '#models/raid_item'
import { publishReport, submitReport } from '#models/report/steps'
import ReportSchedule from '#models/report_schedule'
import ReportSubscription from '#models/report_subscription'
import StatusReport from '#models/status_report'
import { sql } from '#tenancy/sql'
import { admin, quietly } from '#tests/support/admin'
import { Reports } from '#tests/support/reports'
import { inDays } from '#tests/support/table'
import { Walk } from '#tests/support/walk'
import { register, World, type Person } from '#tests/support/world'

test.group('Publishing a status report', (group) => {
  let world: World
  let reports: Reports
  let pmo: Person
  let walk: Walk
  group.each.setup(async ({ context }) => {
    world = await World.create()
    reports = new Reports(world, await world.project())
    pmo = await world.person('pmo')
    walk = await Walk.begin(context.client, pmo)
  })

  const told = (kind: string) =>
    world.inside(async () => await Notification.query().where('kind', kind).orderBy('id'))

  test('freezes it whole: what happens to the record later changes nothing of it', async ({
    assert,
  }) => {
    const item = await world.inside(() =>
      RaidItem.raise(reports.project, {
        type: 'risk',
        nature: 'threat',
        title: 'Flood',
        currentLikelihood: 5,
        currentImpact: 4,
      })
    )
    const report = await reports.submit()
    const url = `${reports.url}/${report.id}`
    assert.include((await walk.open(url)).text(), 'Publishing freezes')
    const fields = { lock_version: report.lockVersion }
    const page = await walk.submitAndFollow(`${url}/publication`, fields)
    assert.include(page.text(), 'was published')
    const [{ body, sha256 }] = await world.rows('status_report_publications')
    assert.equal(createHash('sha256').update(body).digest('hex'), sha256)
    assert.include(page.text(), sha256)
    await world.inside(async () => {
      const present = await RaidItem.findOrFail(item.id)
      await present.refersTo(reports.project).merge({ title: 'Drought', currentImpact: 1 }).save()
    })
    const later = (await walk.open(url)).text()
    assert.include(later, 'Flood')
    assert.notInclude(later, 'Drought')
  })

  test('distinguishes opportunities from threats, and owners outside from none', async ({
    assert,
  }) => {
    await world.inside(() =>
      RaidItem.raise(reports.project, {
        type: 'risk',
        nature: 'opportunity',
        title: 'Two ships a day',
        ownerLabel: 'Ines of Harbour Ltd',
        currentLikelihood: 5,
        currentImpact: 4,
      })
    )
    const report = await reports.submit()
    const url = `${reports.url}/${report.id}`
    const fields = { lock_version: report.lockVersion }
    const page = await walk.submitAndFollow(`${url}/publication`, fields)
    assert.include(page.text(), 'opportunity, owner outside the organisation')
    const [{ body }] = await world.rows('status_report_publications')
    assert.notInclude(body, 'Ines')
  })

  test('keeps what moved beyond what is shown at once', async ({ assert }) => {
    await world.inside(async () => {
      for (const number of Array(14).keys()) {
        await RaidItem.raise(reports.project, {
          type: 'issue',
          issueKind: number < 8 ? 'request_for_change' : 'problem_concern',
          title: `Leak ${number} of the quay`,
        })
      }
    })
    const { id } = await reports.publish()
    const page = (await walk.open(`${reports.url}/${id}`)).text()
    assert.include(page, '>2 more moved</span>')
    assert.include(page, '>2 more changes</span>')
    for (const number of Array(14).keys()) assert.include(page, `Leak ${number} of the quay`)
    assert.notInclude(page, 'more moved.')
  })

  test('is asked of the PMO in the name of who submitted it', async ({ assert }) => {
    const { ref } = await reports.submit()
    const { name } = await world.person('manager')
    const inbox = (await walk.open('/notifications')).text()
    assert.include(inbox, `${ref} was submitted by ${name} and is waiting to be published`)
    assert.notInclude(inbox, `@${name}`)
  })

  test('leaves nothing that can be changed, whatever writes to the database', async ({
    assert,
  }) => {
    const { id } = await reports.publish({ decision1What: 'Which crane' })
    for (const change of [
      `update status_reports set summary = 'Other' where id = ?`,
      'delete from status_reports where id = ?',
      `update status_report_ratings set rating = 'green' where report_id = ?`,
      'delete from status_report_decisions where report_id = ?',
      `update status_report_publications set body = '{}' where report_id = ?`,
      'delete from status_report_publications where report_id = ?',
    ]) {
      await assert.rejects(() => sql(admin(), change, [id]), /stays as it is|never changes/)
    }
  })

  test('is refused to whoever may not, and for what was not submitted', async ({
    assert,
    client,
  }) => {
    const report = await reports.submit()
    const url = `${reports.url}/${report.id}/publication`
    const fields = { lock_version: report.lockVersion }
    const other = await (await World.create('Elsewhere')).person('pmo')
    for (const [person, status] of [
      [await world.person('manager'), 403],
      [await world.person('team'), 403],
      [await world.person('viewer'), 403],
      [await world.person('stranger'), 404],
      [other, 404],
    ] as const) {
      assert.equal((await client.post(url).as(person).form(fields)).status(), status)
    }
    assert.isEmpty(await world.rows('status_report_publications'))
    const sponsor = await Walk.begin(client, await world.person('sponsor'))
    await sponsor.open(`${reports.url}/${report.id}`)
    await sponsor.submit(url, fields)
    assert.lengthOf(await world.rows('status_report_publications'), 1)
    const draft = await reports.complete()
    await walk.open(`${reports.url}/${draft.id}`)
    const refused = await walk.submitAndFollow(`${reports.url}/${draft.id}/publication`, {
      lock_version: draft.lockVersion,
    })
    assert.include(refused.text(), 'is not waiting to be published')
  })

  test('is open to the project’s manager where the organisation says so', async ({
    assert,
    client,
  }) => {
    const report = await reports.submit()
    await world.inside(() => GateDefaults.revise({ managerPublishes: true }, 1), pmo)
    const manager = await Walk.begin(client, await world.person('manager'))
    await manager.open(`${reports.url}/${report.id}`)
    await manager.submit(`${reports.url}/${report.id}/publication`, {
      lock_version: report.lockVersion,
    })
    assert.lengthOf(await world.rows('status_report_publications'), 1)
  })

  test('declares its ratings as those of the project, in the name of who submitted it', async ({
    assert,
  }) => {
    const { id } = await reports.publish()
    const declared = await world.rows('project_ratings')
    const overall = declared.find(({ dimension }) => dimension === 'overall')
    const { membershipId } = await world.person('manager')
    assert.include(overall, { rating: 'amber', report_id: id, declared_by: membershipId })
    await reports.publish({ overallRating: 'red', overallReason: 'It sank.' })
    assert.equal((await world.rows('project_ratings')).at(-1).rating, 'red')
  })

  test('tells each subscriber once, with the ratings, by mail and here', async ({ assert }) => {
    const viewer = await world.person('viewer')
    await world.inside(() => ReportSubscription.add(reports.project, viewer.membershipId))
    const report = await reports.publish()
    const [notice] = await told('report_published')
    assert.equal(notice.membershipId, viewer.membershipId)
    assert.equal(notice.title, `${report.ref} is published: overall amber`)
    const mails = await world.inside(async () => await OutboxMail.all())
    const sent = mails.filter(({ membershipId }) => membershipId === viewer.membershipId)
    assert.lengthOf(sent, 1)
    await reports.correct(report)
    const after = await told('report_published')
    assert.deepEqual(
      after.map(({ title }) => title.split(' ').slice(1, 3).join(' ')),
      ['is published:', 'was corrected:']
    )
  })

  test('a submitted report is taken back or sent back for a reason, and its writer is told', async ({
    assert,
    client,
  }) => {
    const report = await reports.submit()
    const url = `${reports.url}/${report.id}`
    const refused = await client
      .delete(`${url}/submission`)
      .as(await world.person('viewer'))
      .form({ reason: 'No', lock_version: report.lockVersion })
    refused.assertStatus(403)
    const who = 'The sponsor or the PMO can publish it'
    const writer = await client.get(url).as(await world.person('manager'))
    assert.include(writer.text(), who)
    assert.notInclude((await walk.open(url)).text(), who)
    const fields = { lock_version: report.lockVersion }
    const bare = await walk.submitAndFollow(
      `${url}/submission`,
      { ...fields, reason: '' },
      'DELETE'
    )
    assert.include(bare.text(), 'Enter a reason')
    const reason = 'The budget is missing'
    const page = await walk.submitAndFollow(`${url}/submission`, { ...fields, reason }, 'DELETE')
    assert.include(page.text(), 'is a draft again')
    assert.include(page.text(), reason)
    const [{ membershipId, detail }] = await told('report_due')
    assert.deepEqual([membershipId, detail], [(await world.person('manager')).membershipId, reason])
    const work = async () => (await client.get('/work').as(await world.person('manager'))).text()
    assert.include(await work(), 'the status report that was sent back')
    await world.inside(
      async () => {
        const present = await StatusReport.findOrFail(report.id)
        await submitReport(reports.project, present.refersTo(reports.project), present.lockVersion)
      },
      await world.person('manager')
    )
    assert.notInclude(await work(), 'the status report that was sent back')
  })

  test('a returned report notifies its author and its submitter', async ({ assert }) => {
    const draft = await reports.complete()
    await world.inside(() => submitReport(reports.project, draft, draft.lockVersion), pmo)
    const sponsor = await Walk.begin(walk.client, await world.person('sponsor'))
    await sponsor.open(`${reports.url}/${draft.id}`)
    const fields = { reason: 'The budget is missing', lock_version: draft.lockVersion }
    await sponsor.submit(`${reports.url}/${draft.id}/submission`, fields, 'DELETE')
    const people = (await told('report_due')).map(({ membershipId }) => membershipId)
    assert.sameMembers(people, [(await world.person('manager')).membershipId, pmo.membershipId])
  })

  test('only what waits to be published is sent back', async ({ assert, client }) => {
    const draft = await reports.complete()
    const back = async (report: StatusReport) => {
      const fields = { reason: 'No', lock_version: report.lockVersion }
      const url = `${reports.url}/${report.id}`
      const manager = await Walk.begin(client, await world.person('manager'))
      await manager.open(url)
      return (await manager.submitAndFollow(`${url}/submission`, fields, 'DELETE')).text()
    }
    assert.include(await back(draft), 'is not waiting to be published')
    assert.isNull((await world.rows('status_reports'))[0].return_reason)
    await world.inside(() => submitReport(reports.project, draft, draft.lockVersion), pmo)
    assert.include(await back(await reports.release(draft)), 'is not waiting to be published')
    assert.isEmpty(await told('report_due'))
  })

  test('a returned report reaches the manager if its writer is gone', async ({ assert }) => {
    const report = await reports.submit()
    const [writer, manager] = [
      await world.person('manager'),
      await world.join(await register('next')),
    ]
    await sql(admin(), `update memberships set status = 'left' where id = ?`, [writer.membershipId])
    await sql(admin(), 'update projects set manager_id = ? where id = ?', [
      manager.membershipId,
      reports.project.id,
    ])
    await walk.open(`${reports.url}/${report.id}`)
    const fields = { reason: 'The budget is missing', lock_version: report.lockVersion }
    await walk.submit(`${reports.url}/${report.id}/submission`, fields, 'DELETE')
    const notices = await told('report_due')
    assert.deepEqual(
      notices.map(({ membershipId }) => membershipId),
      [manager.membershipId]
    )
  })

  test('a correction is begun for a reason, from the words that were published', async ({
    assert,
    client,
  }) => {
    const report = await reports.publish({ summary: 'Ninety piles' })
    const url = `${reports.url}/${report.id}`
    const team = await world.person('team')
    const refused = await client.post(`${url}/correction`).as(team).form({ reason: 'Mine' })
    refused.assertStatus(403)
    const manager = await Walk.begin(client, await world.person('manager'))
    await manager.open(`${url}/correction/create`)
    const bare = await manager.submitAndFollow(`${url}/correction`, { reason: '' })
    assert.include(bare.text(), 'Enter a reason')
    const editor = await manager.submitAndFollow(`${url}/correction`, { reason: 'Nine piles' })
    assert.include(editor.text(), 'Ninety piles')
    const [, draft] = await world.rows('status_reports')
    assert.include(draft, { version: 2, number: 1, corrects_id: report.id, state: 'draft' })
    assert.notInclude((await walk.open(url)).text(), 'Superseded', 'not before it is published')
  })

  test('is superseded by its correction, which keeps the record as it was reported', async ({
    assert,
  }) => {
    const report = await reports.publish({ summary: 'Ninety piles' })
    await world.inside(() =>
      RaidItem.raise(reports.project, { type: 'risk', nature: 'threat', title: 'Too late' })
    )
    const next = await reports.correct(report, { summary: 'Nine piles' })
    const old = (await walk.open(`${reports.url}/${report.id}`)).text()
    assert.include(old, 'Superseded.')
    assert.include(old, 'Ninety piles')
    const page = (await walk.open(`${reports.url}/${next.id}`)).text()
    assert.include(page, 'Corrected because: A wrong figure')
    assert.notInclude(page, 'Too late')
    const [first, second] = await world.rows('status_report_publications')
    assert.equal(JSON.parse(second.body).corrects, first.sha256)
    const again = `${reports.url}/${report.id}/correction`
    const refused = await walk.submitAndFollow(again, { reason: 'Once more' })
    assert.equal((await world.rows('status_reports')).length, 2)
    assert.include(refused.text(), 'You can correct only the current version')
  })

  test('declares nothing when an older one is corrected', async ({ assert }) => {
    const first = await reports.publish()
    await reports.publish({ overallRating: 'red', overallReason: 'It sank.' })
    const declared = async () => (await world.rows('project_ratings')).length
    const before = await declared()
    await reports.correct(first, { overallRating: 'green' })
    assert.equal(await declared(), before)
    const last = await reports.publish({ overallRating: 'red', overallReason: 'It sank.' })
    await reports.correct(last, { overallReason: 'It sank at noon.' })
    assert.equal(await declared(), before + 1)
  })

  test('tells subscribers the beginning of a long summary, cut between letters', async ({
    assert,
  }) => {
    await world.inside(() => ReportSubscription.add(reports.project, pmo.membershipId))
    const report = await reports.submit({ summary: `${'x'.repeat(599)}🚢 is late` })
    await world.inside(
      () => publishReport(reports.project, report, report.lockVersion),
      await world.person('sponsor')
    )
    const [{ detail }] = await told('report_published')
    assert.isTrue(detail!.endsWith('xx…'))
  })

  test('one of two who set the first schedule at once is shown the other’s', async ({
    assert,
    client,
  }) => {
    const answers = await Promise.all(
      [inDays(3), inDays(4)].map((first) =>
        client
          .put(`${reports.url}/schedule`)
          .as(pmo)
          .form({ cadence: 'weekly', first_due_on: first, lock_version: 0 })
      )
    )
    assert.sameMembers(
      answers.map((answer) => answer.status()),
      [303, 409]
    )
    assert.lengthOf(await world.rows('report_schedules'), 1)
  })

  test('a schedule that someone removed meanwhile is gone for whoever changes it', async ({
    client,
  }) => {
    const changed = await client
      .put(`${reports.url}/schedule`)
      .as(pmo)
      .form({ cadence: 'weekly', first_due_on: inDays(3), lock_version: 1 })
    changed.assertStatus(404)
  })

  test('moves the schedule on: once for each due day, however many are published', async ({
    assert,
  }) => {
    const rhythm = { cadence: 'weekly', firstDueOn: inDays(-1) } as const
    await world.inside(() => ReportSchedule.set(reports.project, rhythm, 0))
    const due = async () => (await world.rows('report_schedules'))[0].next_due_on
    const report = await reports.publish()
    assert.equal(await due(), inDays(6))
    await reports.correct(report)
    assert.equal(await due(), inDays(6), 'a correction is no report')
    await quietly(
      'update report_schedules set first_due_on = ?, next_due_on = ? where project_id = ?',
      [inDays(-7), inDays(0), reports.project.id]
    )
    for (let turn = 0; turn < 2; turn++) {
      await reports.publish()
      assert.equal(await due(), inDays(7), 'twice on the day that is due')
    }
  })

  test('refuses ratings that the record overtook since it was submitted', async ({ assert }) => {
    const report = await reports.submit({ scheduleRating: 'green' })
    await world.inside(async () => {
      const project = await Project.findOrFail(reports.project.id)
      await project.merge({ baselineEndOn: inDays(1), forecastEndOn: inDays(400) }).save()
    })
    const url = `${reports.url}/${report.id}`
    await walk.open(url)
    const fields = { lock_version: report.lockVersion }
    const page = await walk.submitAndFollow(`${url}/publication`, fields)
    assert.include(page.text(), 'Send it back: Schedule')
    assert.isEmpty(await world.rows('status_report_publications'))
  })

  test('is as old as its first version', async ({ assert, client }) => {
    const at = DateTime.utc().minus({ days: 40 })
    const report = await reports.publish({}, at)
    await reports.correct(report)
    const list = await client.get('/projects').as(pmo)
    assert.include(list.text(), '40 days ago')
    assert.include(list.text(), 'Silent')
    const home = await client.get(`/projects/${reports.project.id}`).as(pmo)
    assert.include(home.text(), 'older than 30 days')
  })
})
