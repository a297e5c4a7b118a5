import { test } from '@japa/runner'
import RaidItem from '#models/raid_item'
import { declareRatings } from '#models/health/declaring'
import { beginReport } from '#models/report/drafting'
import { partsOf } from '#models/report/parts'
import Task from '#models/task'
import { quietly } from '#tests/support/admin'
import { asForm } from '#tests/support/exercises/reports'
import { countQueries } from '#tests/support/query_count'
import { PERIOD, Reports } from '#tests/support/reports'
import { upload } from '#tests/support/imports'
import { inDays, Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'
import { World, type Person } from '#tests/support/world'
import { severe } from '#tests/support/raid_log'

test.group('What a status report begins with', (group) => {
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

  const raise = (attributes: Partial<RaidItem>) =>
    world.inside(
      () => RaidItem.raise(reports.project, { ...severe, title: 'Flood', ...attributes } as any),
      manager
    )

  test('begin from the record: what is done, what is planned, what waits for a decision', async ({
    assert,
  }) => {
    const { membershipId } = manager
    await world.inside(async () => {
      const { project } = reports
      const done = await Task.add(project, { title: 'Drive the piles', assigneeId: membershipId })
      await done.move('done', { lockVersion: 1 })
      const planned = { title: 'Pour the cap', assigneeId: membershipId, dueOn: inDays(9) }
      await Task.add(project, planned)
      const decision = { type: 'decision', title: 'Which crane', dueOn: inDays(5) } as const
      await RaidItem.raise(project, { ...decision, ownerId: membershipId } as any)
    })
    await walk.open(`${reports.url}/create`)
    const editor = await walk.submitAndFollow(reports.url, asForm(PERIOD))
    assert.include(editor.text(), 'Drive the piles, done')
    const [report] = await world.rows('status_reports')
    assert.match(report.achieved, /^- \S+-T1 Drive the piles, done/)
    assert.match(report.planned, /^- \S+-T2 Pour the cap, due/)
    const [decision] = await world.rows('status_report_decisions')
    assert.match(decision.what, /^\S+-E1 Which crane$/)
    assert.include(decision, { due_on: inDays(5) })
  })

  test('begin with the ratings that stand declared, by the last report or since', async ({
    assert,
  }) => {
    await reports.publish()
    const cost = { rating: 'red', reason: 'Steel', pathToGreen: 'Buy in spring' } as const
    await world.inside(
      () => declareRatings(reports.project, { cost }, { by: manager.membershipId }),
      manager
    )
    const { ratings } = await world.inside(async () => partsOf(await reports.begin()), manager)
    const [overall] = ratings
    assert.include(overall, { dimension: 'overall', rating: 'amber', reason: 'The crane is late.' })
    assert.deepInclude(ratings[2], { dimension: 'cost', ...cost })
    assert.include(ratings[3], { dimension: 'scope', rating: 'not_rated', reason: null })
  })

  test('ask the decider, or the owner of the entry where nobody is named', async ({ assert }) => {
    const { membershipId: sponsor } = await world.person('sponsor')
    const decision = { type: 'decision', nature: undefined, currentLikelihood: undefined } as const
    const owned = { ownerId: manager.membershipId, currentImpact: undefined }
    await raise({
      ...decision,
      ...owned,
      title: 'Which crane',
      deciderId: sponsor,
      dueOn: inDays(1),
    })
    await raise({ ...decision, ...owned, title: 'Which quay', dueOn: inDays(2) })
    await walk.open(`${reports.url}/create`)
    await walk.submitAndFollow(reports.url, asForm(PERIOD))
    const asked = (await world.rows('status_report_decisions')).sort(
      (a, b) => a.position - b.position
    )
    assert.deepEqual(
      asked.map(({ owner_id: owner }) => owner),
      [sponsor, manager.membershipId]
    )
  })

  test('tell of changes that are asked for, and what became of them since', async ({ assert }) => {
    const change = {
      type: 'issue',
      nature: undefined,
      currentLikelihood: undefined,
      currentImpact: undefined,
      issueKind: 'request_for_change',
    } as const
    await raise({ ...change, title: 'A wider quay', severity: 5, urgency: 5 })
    const settled = await raise({ ...change, title: 'A second crane' })
    await raise({ ...change, title: 'Kept back', sensitivity: 'project_leads' })
    await raise({ ...change, title: 'A mere problem', issueKind: 'problem_concern' })
    await raise({ ...change, title: 'Paint peels', issueKind: 'off_specification' })
    await world.inside(
      () => settled.refersTo(reports.project).revise({ status: 'closed' }, 1),
      manager
    )
    const scopeDifferenceReason = 'The board takes up the wider quay next week'
    const report = await reports.publish({ scopeDifferenceReason })
    const page = (await walk.open(`${reports.url}/${report.id}`)).text()
    const [, section] = page.split('<h2>Changes</h2>')
    const told = section.split('</section>')[0]
    for (const words of [
      'A wider quay',
      'Request for change, open, new',
      'A second crane',
      'Request for change, closed, new',
      'Off-specification, open, new',
    ]) {
      assert.include(told, words)
    }
    assert.isBelow(told.indexOf('A wider quay'), told.indexOf('A second crane'))
    for (const words of ['Kept back', 'A mere problem']) assert.notInclude(told, words)
    const next = await reports.publish({ scopeDifferenceReason })
    const [, later] = (await walk.open(`${reports.url}/${next.id}`))
      .text()
      .split('<h2>Changes</h2>')
    assert.include(later, 'Request for change, open')
    assert.notInclude(later.split('</section>')[0], 'A second crane')
    assert.notInclude(later.split('</section>')[0], ', new')
  })

  test('say why what the record warns of is left unrated', async ({ assert }) => {
    await raise({ category: 'financial' })
    const report = await reports.complete()
    await walk.open(`${reports.url}/${report.id}`)
    const refused = await walk.submitAndFollow(`${reports.url}/${report.id}/submission`, {
      lock_version: report.lockVersion,
    })
    assert.include(refused.text(), 'Cost: the records show red. Enter why it is left unrated')
    assert.equal((await world.rows('status_reports'))[0].state, 'draft')
  })

  test('do not call achieved what an import brought already settled', async ({
    assert,
    client,
  }) => {
    const { project } = reports
    const lines = ['Risk,Status', 'Flood of old,Closed', 'Frost of late,Open']
    const path = await upload({ client, person: manager, project }, lines.join('\n'))
    await client.post(`${path}/execution`).as(manager)
    const plan = ['Task,Finish,% complete,Priority', 'Dredged of old,2026-01-01,100%,High']
    const tasks = await upload({ client, person: manager, project }, plan.join('\n'), 'plan.csv')
    await client.post(`${tasks}/execution`).as(manager)
    assert.equal((await world.rows('tasks'))[0].status, 'done')
    const items = await world.inside(async () => await RaidItem.query().orderBy('number'))
    assert.deepEqual(
      items.map(({ status }) => status),
      ['closed', 'open']
    )
    await world.inside(() => items[1].refersTo(project).revise({ status: 'closed' }, 1))
    await walk.open(`${reports.url}/create`)
    await walk.submitAndFollow(reports.url, asForm(PERIOD))
    const [{ achieved }] = await world.rows('status_reports')
    assert.match(achieved, /closed: Frost of late/)
    for (const words of ['Flood of old', 'Dredged of old']) assert.notInclude(achieved, words)
  })

  test('never name what is kept to a few people', async ({ assert, client }) => {
    const kept = [
      await raise({ title: 'Secret takeover', sensitivity: 'project_leads' }),
      await raise({ title: 'Secret illness', sensitivity: 'named_people' }),
    ]
    const turned = await raise({ title: 'Secret from now on' })
    await world.inside(async () => {
      for (const [index, { id }] of kept.entries()) {
        const task = { title: `Secret task ${index}`, raidItemId: id, dueOn: inDays(3) }
        const parent = await Task.add(reports.project, {
          ...task,
          assigneeId: manager.membershipId,
        })
        const part = { title: `Secret part ${index}`, parentId: parent.id, dueOn: inDays(3) }
        await Task.add(reports.project, { ...part, assigneeId: manager.membershipId })
      }
      const decision = { type: 'decision', title: 'Secret choice', sensitivity: 'project_leads' }
      await RaidItem.raise(reports.project, decision as any)
    })
    await reports.publish()
    await world.inside(async () => {
      const item = await RaidItem.findOrFail(turned.id)
      await item.merge({ sensitivity: 'project_leads', title: 'Secret by now' } as any).save()
    })
    const next = await reports.publish()
    const [first, second] = await world.rows('status_report_publications')
    assert.notMatch(first.body, /Secret (takeover|illness|task|part|choice)/)
    assert.include(first.body, 'Secret from now on', 'it was open to all when it was published')
    assert.notInclude(second.body, 'Secret')
    const page = await client.get(`${reports.url}/${next.id}`).as(await world.person('viewer'))
    assert.notInclude(page.text(), 'Secret')
  })

  test('list what moved since the last report', async ({ assert }) => {
    const lowered = await raise({ title: 'Flood' })
    const closed = await raise({ title: 'Storm' })
    await raise({ title: 'Still there' })
    await reports.publish()
    await raise({ title: 'Drought' })
    await world.inside(async () => {
      const item = await RaidItem.findOrFail(lowered.id)
      await item.refersTo(reports.project).merge({ currentLikelihood: 2 }).save()
      const over = await RaidItem.findOrFail(closed.id)
      await over.refersTo(reports.project).merge({ status: 'closed' }).save()
    })
    const report = await reports.begin()
    const page = (await walk.open(`${reports.url}/${report.id}`)).text()
    assert.match(page, /Flood[\s\S]{0,90}down from severe 20 to medium 8/)
    assert.match(page, /Storm[\s\S]{0,90}closed, was severe/)
    assert.match(page, /Drought[\s\S]{0,90}new, severe/)
    const moved = page.slice(page.indexOf('What moved'))
    assert.notInclude(moved, 'Still there')
  })

  test('list a decision once, nothing old as new, and nothing late on its own day', async ({
    assert,
  }) => {
    const table = await Table.in(world)
    const here = new Reports(world, table.project)
    const review = await table.open({ chair: 'chair', one: 'decider' })
    await table.vote(review, 'one', 'approved')
    await table.decide(review, 'approved')
    const kept = await table.raise('issue', { sensitivity: 'project_leads', dueOn: inDays(0) })
    await here.publish()
    await quietly(`update raid_items set sensitivity = 'normal' where id = ?`, [kept.id])
    await here.publish()
    const told = (await world.rows('status_report_publications'))
      .map(({ body }) => JSON.parse(body))
      .sort((one, other) => one.report.number - other.report.number)
      .map(({ record }) => record)
    assert.deepEqual(
      told.map(({ moves }) => moves.map(({ kind }: { kind: string }) => kind)),
      [['gate_decided'], []]
    )
    assert.deepEqual([told[1].open.issues, told[1].overdue.entries], [1, 0])
  })

  test('take as many queries for a long log as for a short one', async ({ assert }) => {
    await reports.publish()
    const begin = () =>
      world.inside(async () => {
        await beginReport(reports.project, PERIOD)
        throw new Error('Undone')
      }, manager)
    const counted = () => countQueries(() => begin().catch(() => undefined))
    await raise({ title: 'One' })
    await counted()
    const few = await counted()
    for (let count = 0; count < 20; count++) await raise({ title: `Another ${count}` })
    assert.equal(await counted(), few)
  })

  test('begin where the last one ended, at the latest today', async ({ assert }) => {
    await reports.publish()
    const page = (await walk.open(`${reports.url}/create`)).text()
    const days = [
      ...page.matchAll(
        /name="period_\w+_on"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="period_\w+_on"/g
      ),
    ]
    assert.deepEqual(
      days.map(([, one, other]) => one ?? other),
      [inDays(0), inDays(0)]
    )
    await walk.submitAndFollow(reports.url, {
      period_start_on: inDays(0),
      period_end_on: inDays(0),
    })
    assert.lengthOf(await world.rows('status_reports'), 2)
  })
})
