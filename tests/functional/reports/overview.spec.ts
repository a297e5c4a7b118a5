import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { addDays, today } from '#models/days'
import Project from '#models/project'
import type { Cadence } from '#models/report/enumerations'
import { joinFacts } from '#models/report/overview/facts'
import { overviewSorts } from '#models/report/overview/filters'
import { dayBefore, firstAfter } from '#models/report/rhythm'
import ReportSchedule from '#models/report_schedule'
import StatusReport from '#models/status_report'
import { read, sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import { admin, quietly } from '#tests/support/admin'
import { unescaped } from '#tests/support/html'
import { beginProgramme } from '#tests/support/populated/portfolio'
import { countQueries } from '#tests/support/query_count'
import { Reports } from '#tests/support/reports'
import { Walk } from '#tests/support/walk'
import { World, type Person } from '#tests/support/world'

test.group('Reports across projects', (group) => {
  let world: World
  let reports: Reports
  let pmo: Walk
  let day: string
  group.each.setup(async ({ context }) => {
    world = await World.create()
    reports = new Reports(world, await world.project())
    pmo = await Walk.begin(context.client, await world.person('pmo'))
    day = await world.inside(async () => today())
  })

  const inDays = (days: number) => addDays(day, days)
  const another = async (attributes: Partial<Project> = {}) =>
    new Reports(world, await world.project(attributes))
  const dueIn = (days: number, cadence: Cadence = 'monthly', of = reports) =>
    world.inside(() => ReportSchedule.set(of.project, { cadence, firstDueOn: inDays(days) }, 0))
  const ago = (days: number) => DateTime.utc().minus({ days })
  const open = async (query = '', walk = pmo) => {
    const page = await walk.open(`/reports${query && `?${query}`}`)
    page.assertStatus(200)
    return unescaped(page.text())
  }
  /** The codes of the rows, in the order of the page. */
  const codes = (html: string) =>
    [...html.matchAll(/<span class="ref">(\w+)<\/span> ·/g)].map(([, code]) => code)
  const only = async (query: string, walk = pmo) => codes(await open(query, walk))
  const row = (html: string, { code }: Project) =>
    html
      .split('<tr>')
      .find((part) => part.includes(`>${code}</span> ·`))!
      .split('</tr>')[0]
      .replaceAll(/\s+/g, ' ')
  const walkOf = async (client: any, person: Person) => Walk.begin(client, person)

  test('show what is due, in hand and published for each project', async ({ assert }) => {
    await reports.publish({ overallRating: 'green', overallReason: null }, ago(12))
    const last = await reports.publish({}, ago(3))
    await reports.correct(last)
    const draft = await reports.begin()
    await dueIn(-4)
    const html = row(await open(), reports.project)
    assert.match(html, /4 days late .+<time class="overdue".+Every month/)
    assert.match(html, /Draft .+manager person.+Continue writing/)
    assert.include(html, `href="${reports.url}/${draft.id}/edit"`)
    assert.match(html, /data-label="Overall as reported">.+Amber.+was green/)
    assert.match(html, /-SR2<\/a>.+3 days ago.+pmo person.+Corrected on /)
    const standing = await world.inside(() => StatusReport.latest(reports.project))
    assert.include(html, `href="${reports.url}/${standing!.id}"`)
    assert.notInclude(html, 'Silent')
  })

  test('say when the next is due, if none is late', async ({ assert }) => {
    const said = async (days: number) => {
      const found = await another()
      await dueIn(days, 'monthly', found)
      return row(await open(), found.project)
    }
    assert.include(await said(0), 'Due today')
    assert.include(await said(1), 'Due in 1 day')
    assert.include(await said(7), 'Due in 7 days')
    assert.include(await said(8), 'Not due yet')
    assert.include(await said(-1), '1 day late')
    assert.include(row(await open(), reports.project), 'No schedule')
    await dueIn(-5)
    await sql(admin(), `update projects set status = 'on_hold' where id = ?`, [reports.project.id])
    const paused = row(await open(), reports.project)
    assert.match(paused, /On hold .+No report needed/)
    assert.notInclude(paused, 'overdue')
  })

  test('are late from the day after they are due, and due from a week before', async ({
    assert,
  }) => {
    const code = reports.project.code
    const standing = async (days: number) => {
      await quietly('delete from report_schedules where project_id = ?', [reports.project.id])
      await dueIn(days)
      const found = await Promise.all(['late', 'due'].map((state) => only(`state=${state}`)))
      return found.map((codesOf) => codesOf.includes(code))
    }
    assert.deepEqual(await standing(-1), [true, false])
    assert.deepEqual(await standing(0), [false, true])
    assert.deepEqual(await standing(7), [false, true])
    assert.deepEqual(await standing(8), [false, false])
  })

  test('lead to what the reader may do next', async ({ assert, client }) => {
    const as = async (role: 'manager' | 'sponsor' | 'auditor' | 'viewer' | 'pmo') =>
      row(await open('', await walkOf(client, await world.person(role))), reports.project)
    const create = `href="${reports.url}/create"`
    assert.include(await as('manager'), create)
    assert.include(await as('pmo'), create)
    for (const role of ['sponsor', 'auditor', 'viewer'] as const) {
      assert.notInclude(await as(role), create)
    }
    const report = await reports.submit()
    const shown = `href="${reports.url}/${report.id}"`
    assert.match(await as('sponsor'), new RegExp(`${shown}[^>]*>Review and publish`))
    assert.match(await as('manager'), new RegExp(`Waiting to be published.+${shown}[^>]*>Read it`))
    assert.match(await as('auditor'), new RegExp(`${shown}[^>]*>Read it`))
    assert.notInclude(await as('viewer'), shown)
    for (const role of ['manager', 'sponsor', 'auditor', 'viewer'] as const) {
      const person = await world.person(role)
      for (const [, href] of (await as(role)).matchAll(/href="(\/[^"]+)"/g)) {
        ;(await client.get(href).as(person)).assertStatus(200)
      }
    }
  })

  test('show nobody a project that they may not read, nor of another organisation', async ({
    assert,
    client,
  }) => {
    const shared = await another({ visibility: 'organisation' })
    const there = await World.create()
    const theirs = new Reports(there, await there.project({ visibility: 'organisation' }))
    await theirs.publish()
    const all = await open()
    assert.sameMembers(codes(all), [reports.project.code, shared.project.code])
    assert.notInclude(all, theirs.project.code)
    const stranger = await walkOf(client, await world.person('stranger'))
    const seen = await open('', stranger)
    assert.deepEqual(codes(seen), [shared.project.code])
    assert.match(seen, /<b class="tally__count">1<\/b> Project</)
  })

  test('reveal no draft to those who may not read it: no row, no count, no filter', async ({
    assert,
    client,
  }) => {
    const other = await another({ managerId: (await world.person('viewer')).membershipId })
    await reports.submit()
    await other.begin()
    const viewer = await walkOf(client, await world.person('viewer'))
    const seen = await open('', viewer)
    assert.sameMembers(codes(seen), [reports.project.code, other.project.code])
    assert.notInclude(row(seen, reports.project), 'Waiting to be published')
    assert.include(row(seen, other.project), 'Draft')
    assert.notMatch(seen, /tally__count">\d+<\/b> <svg[^]{0,120}To be published/)
    assert.deepEqual(await only('state=submitted', viewer), [])
    assert.deepEqual(await only('state=draft', viewer), [other.project.code])
    assert.deepEqual(await only('state=submitted'), [reports.project.code])
    const json = await client.get('/reports.json').as(await world.person('viewer'))
    const taken = json.body().find(({ code }: any) => code === reports.project.code)
    assert.include(taken, { draft: null, draft_state: null, author: null })
  })

  test('are narrowed by each of their filters, and counted by how they stand', async ({
    assert,
  }) => {
    const manager = await world.person('pmo')
    const late = await another({ name: 'Lighthouse', managerId: manager.membershipId })
    const closed = await another({ status: 'closed' })
    await dueIn(-1, 'weekly', late)
    await dueIn(7)
    await reports.publish({ overallRating: 'red' })
    const programme = await world.inside(async () => {
      const begun = await beginProgramme()
      await begun.take(await Project.findOrFail(late.project.id))
      return begun
    })
    const [here, there] = [reports.project.code, late.project.code]
    assert.deepEqual(await only(''), [there, here])
    assert.sameMembers(await only('status=all'), [there, here, closed.project.code])
    assert.deepEqual(await only('status=closed'), [closed.project.code])
    assert.deepEqual(await only('q=LIGHT'), [there])
    assert.deepEqual(await only('q=%25'), [])
    assert.deepEqual(await only(`programme=${programme.id}`), [there])
    assert.deepEqual(await only('programme=none'), [here])
    assert.deepEqual(await only('manager=me'), [there])
    assert.deepEqual(await only('rag=red'), [here])
    assert.deepEqual(await only('rag=none'), [there])
    assert.deepEqual(await only('rag=green'), [])
    assert.deepEqual(await only('state=late'), [there])
    assert.deepEqual(await only('state=unscheduled'), [])
    assert.deepEqual(await only('state=published'), [here])
    const counted = await open('state=late&manager=me')
    assert.match(counted, /tally__count">1<\/b> Project/)
    assert.match(counted, /aria-current="page"\s*><b class="tally__count">1<\/b> <svg[^]+?Late/)
    assert.notInclude(counted, 'tally__count">0')
  })

  test('flag who is silent, and know a report for this period from an older one', async ({
    assert,
  }) => {
    const code = reports.project.code
    await sql(admin(), 'update projects set created_at = ? where id = ?', [
      ago(31).toISO(),
      reports.project.id,
    ])
    assert.deepEqual(await only('state=silent'), [code])
    await reports.publish({}, ago(29))
    assert.deepEqual(await only('state=silent'), [])
    assert.deepEqual(await only('state=published'), [code], 'of late, where nothing is due')
    const due = (days: number) =>
      quietly(
        `update report_schedules set first_due_on = '2020-01-01', cadence = 'weekly', next_due_on = ?
          where project_id = ?`,
        [inDays(days), reports.project.id]
      )
    await dueIn(1)
    await due(1)
    assert.deepEqual(await only('state=published'), [])
    await reports.publish()
    assert.deepEqual(await only('state=published'), [code], 'today, before the day that is due')
    await due(-1)
    assert.deepEqual(await only('state=published'), [code], 'since the day before the last')
    await due(8)
    assert.deepEqual(await only('state=published'), [code], 'early for tomorrow')
    assert.include(row(await open(), reports.project), 'Published')
    await quietly('update report_schedules set first_due_on = next_due_on where project_id = ?', [
      reports.project.id,
    ])
    assert.deepEqual(await only('state=published'), [], 'of a rhythm that is still to begin')
  })

  test('begin each period where the rhythm says', async ({ assert }) => {
    const firsts = ['2024-01-31', '2025-11-30', '2025-12-01', '2023-02-28']
    for (const cadence of ['weekly', 'fortnightly', 'monthly'] as const) {
      for (const first of firsts) {
        let next = firstAfter(first, cadence, first)
        for (let count = 0; count < 14; count++) {
          const before = dayBefore(next, cadence, first)
          assert.equal(await beginsOn({ cadence, first, next }), before, `${cadence} ${next}`)
          next = firstAfter(next, cadence, first)
        }
      }
    }
  })

  /** What the list takes for the beginning of the period, of a schedule that stands so. */
  const beginsOn = (given: { cadence: Cadence; first: string; next: string }) =>
    world.inside(async () => {
      const viewer = await world.viewer(await world.person('pmo'))
      const [join] = joinFacts(['schedule'], viewer)
      const [found] = await read<{ begins: string }>(
        Tenancy.current().trx,
        `select schedule.begins_on::text as begins
           from (select ?::uuid as organisation_id, ?::uuid as id) projects
           ${join.replace(
             'report_schedules s',
             `(select projects.organisation_id, ?::uuid as id, projects.id as project_id,
                ?::text as cadence, ?::date as first_due_on, ?::date as next_due_on) s`
           )}`,
        [
          world.organisationId,
          reports.project.id,
          reports.project.id,
          given.cadence,
          given.first,
          given.next,
        ]
      )
      return found.begins
    })

  test('page through every project once, forwards and back, in each order', async ({ assert }) => {
    await world.inside(async () => {
      for (let number = 0; number < 12; number++) {
        const project = await Project.begin({
          code: `PAGE${number}`,
          name: `Quay ${number}`,
          status: 'active',
        })
        if (number % 3 === 0) {
          const rhythm = { cadence: 'weekly', firstDueOn: inDays(number - 5) } as const
          await ReportSchedule.set(project, rhythm, 0)
        }
      }
    })
    await reports.publish({ overallRating: 'red' })
    await (await another()).publish()
    for (const sort of overviewSorts) {
      for (const direction of ['asc', 'desc']) {
        const query = `sort=${sort}&direction=${direction}`
        const pages: string[][] = []
        let html = await open(`${query}&per_page=6`)
        for (;;) {
          pages.push(codes(html))
          const next = /href="([^"]+)" rel="next"/.exec(html)?.[1]
          if (!next) break
          html = unescaped((await pmo.open(next)).text())
        }
        assert.deepEqual(
          pages.map(({ length }) => length),
          [6, 6, 2],
          query
        )
        assert.deepEqual(pages.flat(), await only(`${query}&per_page=100`), query)
        assert.lengthOf(new Set(pages.flat()), 14, query)
        const back = /href="([^"]+)" rel="prev"/.exec(html)![1]
        assert.deepEqual(codes(unescaped((await pmo.open(back)).text())), pages[1], query)
      }
    }
  })

  test('are sorted by what needs attention, both ways', async ({ assert }) => {
    const [late, green] = [await another(), await another()]
    await dueIn(-3, 'monthly', late)
    await dueIn(3)
    await reports.publish({ overallRating: 'red' }, ago(2))
    await green.publish({ overallRating: 'green', overallReason: null }, ago(5))
    const [red, none, best] = [reports, late, green].map(({ project }) => project.code)
    assert.deepEqual(await only(''), [none, red, best])
    assert.deepEqual(await only('sort=rag'), [red, best, none])
    assert.deepEqual(await only('sort=rag&direction=desc'), [none, best, red])
    assert.deepEqual(await only('sort=published'), [none, best, red])
    assert.deepEqual(await only('sort=code'), [red, none, best].sort())
  })

  test('are no error at any address', async () => {
    const cursors = [
      'x',
      'WyJ4IiwieSJd',
      'WzEsMl0',
      'WyIyMDI2LTEzLTQ1IiwiQSJd',
      'WyIxIiwiXHUwMDAwIl0',
    ]
    for (const cursor of cursors) {
      for (const sort of [...overviewSorts, 'nothing']) {
        await open(`sort=${sort}&after=${cursor}`)
        await open(`sort=${sort}&before=${cursor}`)
      }
    }
    await open('state=x&state[]=y&rag[a]=b&q=%00&programme=1&per_page=-1&manager[]=me')
  })

  test('cost as many queries for many projects as for few', async ({ assert, client }) => {
    const person = await world.person('pmo')
    for (const path of ['/reports', '/reports?state=published&rag=amber&sort=rag']) {
      const visit = () => client.get(path).as(person)
      await reports.publish()
      await visit()
      const few = await countQueries(visit)
      for (let count = 0; count < 4; count++) await (await another()).publish()
      assert.equal(await countQueries(visit), few, path)
    }
  })

  test('are taken out as they are filtered, with days counted', async ({ assert, client }) => {
    const late = await another()
    await dueIn(-9, 'fortnightly', late)
    await reports.publish({}, ago(2))
    const last = await reports.publish({ overallRating: 'red' }, ago(1))
    await reports.correct(last)
    const person = await world.person('pmo')
    const all = (await client.get('/reports.json').as(person)).body()
    assert.lengthOf(all, 2)
    const [first, second] = all
    assert.include(first, {
      code: late.project.code,
      standing: 'Late',
      cadence: 'fortnightly',
      days_late: 9,
      latest: null,
      overall: null,
    })
    assert.include(second, {
      code: reports.project.code,
      standing: 'No schedule',
      latest: last.ref,
      version: 2,
      corrected_on: day,
      published_on: inDays(-1),
      publisher: 'pmo person',
      overall: 'red',
      overall_before: 'amber',
      days_late: null,
      age_days: 1,
    })
    const filtered = (await client.get('/reports.json?state=late').as(person)).body()
    assert.deepEqual(
      filtered.map(({ code }: any) => code),
      [late.project.code]
    )
  })

  test('say what they are for where there is nothing to show', async ({ assert, client }) => {
    const walk = await walkOf(client, await (await World.create()).person('member'))
    assert.include(await open('', walk), 'No projects yet')
    assert.include(await open('q=nothing', walk), 'No projects match')
  })
})
