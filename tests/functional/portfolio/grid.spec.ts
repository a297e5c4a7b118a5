import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { giveConfidence } from '#models/health/assuring'
import { declareRatings, type GivenRatings } from '#models/health/declaring'
import Project from '#models/project'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { beginProgramme } from '#tests/support/populated/portfolio'
import { Reports } from '#tests/support/reports'
import { inDays, Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

const BAD = { reason: 'The crane is late', pathToGreen: 'Rent one' }
/** As little as makes it severe. */
const SEVERE = { nature: 'threat', currentLikelihood: 5, currentImpact: 4 }

test.group('Portfolio grid', (group) => {
  let world: World
  let table: Table
  let pmo: Walk
  group.each.setup(async ({ context }) => {
    table = await Table.create()
    world = table.world
    pmo = await Walk.begin(context.client, table.people.pmo)
  })

  const declare = (given: GivenRatings, project: Project = table.project) =>
    world.inside(() => declareRatings(project, given, { by: table.people.manager.membershipId }))
  const open = async (query = '', walk = pmo) => {
    const page = await walk.open(`/portfolio?${query || 'view=all'}`)
    page.assertStatus(200)
    return page.text()
  }
  /** The codes of the rows, in the order of the page. */
  const codes = (html: string) =>
    [...html.matchAll(/<span class="ref">(\w+)<\/span> ·/g)].map(([, code]) => code)
  const row = (html: string, { code }: Project) =>
    html.split('<tr>').find((part) => part.includes(`>${code}</span> ·`))!

  test('shows a project’s ratings with their trend, gate and slip, risks and report', async ({
    assert,
  }) => {
    await table.dates(inDays(10), inDays(24))
    await declare({ overall: { rating: 'amber', ...BAD }, cost: { rating: 'red', ...BAD } })
    await declare({ overall: { rating: 'red', ...BAD }, cost: { rating: 'amber', ...BAD } })
    await world.inside(
      () => giveConfidence(table.project, { rating: 'amber', rationale: 'Feasible' }),
      await world.person('auditor')
    )
    await table.raise('risk', SEVERE)
    const html = row(await open(), table.project).replaceAll(/\s+/g, ' ')
    assert.match(html, /aria-hidden="true">R<\/b>Red.+worse than before/)
    assert.match(html, /data-label="Cost">.+Amber.+better than before.+data-label="Scope"/)
    assert.match(html, /data-label="Delivery confidence">.+Amber/)
    assert.match(html, /\+14 d/)
    assert.include(html, table.urlAt())
    assert.match(html, /level--4.+1<span class="visually-hidden"> severe risks/)
    assert.include(html, 'None yet')
    assert.notInclude(html, 'Silent')
  })

  test('shows nobody a project that they may not read, nor of another organisation', async ({
    assert,
    client,
  }) => {
    const shared = await world.project({ visibility: 'organisation' })
    const theirs = await (await World.create()).project({ visibility: 'organisation' })
    const all = await open()
    assert.includeMembers(codes(all), [table.project.code, shared.code])
    assert.notInclude(all, theirs.code)
    await world.inside(async () => {
      const programme = await beginProgramme({ code: 'HIDDEN', name: 'Of the hidden quay' })
      const hidden = await Project.findOrFail(table.project.id)
      await programme.take(hidden)
      const sample = { programmeId: (await beginProgramme({ code: 'MADEUP' })).id, isSample: true }
      await (await Project.findOrFail((await world.project()).id)).merge(sample).save()
    })
    const offered = await open()
    assert.include(offered, 'HIDDEN Of the hidden quay')
    assert.notInclude(offered, 'MADEUP')
    const stranger = await Walk.begin(client, table.people.stranger)
    const seen = await open('', stranger)
    assert.deepEqual(codes(seen), [shared.code])
    assert.match(seen, /<b>1<\/b> project,/)
    assert.notInclude(seen, 'HIDDEN')
  })

  test('counts no severe risk that its reader may not see', async ({ assert, client }) => {
    await table.raise('risk', { ...SEVERE, sensitivity: 'project_leads' })
    const team = await Walk.begin(client, table.people.team)
    assert.include(row(await open('', team), table.project), '<span class="muted">0</span>')
    assert.deepEqual(codes(await open('flag=severe', team)), [])
    assert.deepEqual(codes(await open('flag=severe')), [table.project.code])
  })

  test('narrows by each of its filters', async ({ assert }) => {
    const other = await world.project({
      name: 'Lighthouse',
      managerId: table.people.pmo.membershipId,
    })
    const closed = await world.project({ status: 'closed' })
    const programme = await world.inside(async () => {
      const begun = await beginProgramme()
      await begun.take(await Project.findOrFail(other.id))
      return begun
    })
    await declare({ overall: { rating: 'green' } }, other)
    await declare({ cost: { rating: 'red', ...BAD } }, other)
    await table.dates(inDays(10), inDays(24))
    const only = async (query: string) => codes(await open(query))
    assert.deepEqual(await only('flag=slipping'), [table.project.code])
    assert.deepEqual(await only('flag=slipping&rag=green'), [])
    const stage = await world.inside(
      async () => await table.project.related('stages').query().where('position', 2).firstOrFail()
    )
    await sql(admin(), 'update projects set stage_id = ? where id = ?', [
      stage.id,
      table.project.id,
    ])
    const both = [table.project.code, other.code].sort()
    assert.deepEqual(await only(''), both)
    assert.sameMembers(await only('status=all'), [...both, closed.code])
    assert.deepEqual(await only('status=closed'), [closed.code])
    assert.deepEqual(await only('q=LIGHT'), [other.code])
    assert.deepEqual(await only('q=lïght'), [other.code])
    assert.deepEqual(await only(`q=${other.code.toLowerCase()}`), [other.code])
    assert.deepEqual(await only('q=%25'), [])
    assert.deepEqual(await only(`programme=${programme.id}`), [other.code])
    assert.deepEqual(await only('programme=none'), [table.project.code])
    assert.deepEqual(await only('rag=green'), [other.code])
    assert.deepEqual(await only('rag=undeclared'), [table.project.code])
    assert.deepEqual(await only('manager=me'), [other.code])
    assert.deepEqual(await only(`manager=${table.people.manager.membershipId}`), [
      table.project.code,
    ])
    assert.deepEqual(await only(`stage=${encodeURIComponent(stage.name)}`), [table.project.code])
  })

  test('flags a project silent a month after its last report, and one that never reported', async ({
    assert,
  }) => {
    const told = await world.project()
    const old = DateTime.utc().minus({ days: 31 })
    const begun = (at: DateTime, ids: string[]) =>
      sql(admin(), 'update projects set created_at = ? where id = any(?)', [at.toISO(), ids])
    await begun(old, [table.project.id, told.id])
    await new Reports(world, told).publish({}, DateTime.utc().minus({ days: 29 }))
    await begun(DateTime.utc().minus({ days: 30 }), [table.project.id])
    assert.deepEqual(codes(await open('flag=silent')), [table.project.code], 'to the day')
    assert.include(row(await open(), table.project), 'Silent')
    assert.deepEqual(codes(await open('flag=silent')), [table.project.code])
    assert.include(row(await open(), table.project), 'Silent')
    await sql(admin(), `update projects set status = 'on_hold' where id = ?`, [table.project.id])
    assert.deepEqual(codes(await open('flag=silent')), [])
  })

  test('counts the days since a report, and not since its correction; what never reported comes first', async ({
    assert,
  }) => {
    const [old, fresh] = [await world.project(), await world.project()]
    const reports = new Reports(world, old)
    await reports.correct(await reports.publish({}, DateTime.utc().minus({ days: 31 })))
    await new Reports(world, fresh).publish({}, DateTime.utc().minus({ days: 1 }))
    assert.deepEqual(codes(await open('flag=silent')), [old.code])
    const order = [table.project.code, old.code, fresh.code]
    assert.deepEqual(codes(await open('sort=report')), order)
    assert.deepEqual(codes(await open('sort=report&direction=desc')), order.toReversed())
  })

  test('marks projects whose records are worse than declared', async ({ assert }) => {
    const { membershipId } = table.people.manager
    await table.raise('risk', { ...SEVERE, category: 'financial', ownerId: membershipId })
    const differenceReason = 'It is insured'
    await declare({ overall: { rating: 'amber', ...BAD, differenceReason } })
    assert.match(row(await open(), table.project), /computed red/)
    await declare({ overall: { rating: 'red', ...BAD } })
    assert.notMatch(row(await open(), table.project), /computed/)
  })

  test('calls no gate of a project late that is over', async ({ assert }) => {
    await table.dates(inDays(-9), inDays(-9))
    assert.include(row(await open('status=all'), table.project), ', late')
    await sql(admin(), `update projects set status = 'cancelled' where id = ?`, [table.project.id])
    assert.notInclude(row(await open('status=all'), table.project), ', late')
  })

  test('flags an approval that lapsed with its condition', async ({ assert }) => {
    assert.deepEqual(codes(await open('flag=lapsed')), [])
    const review = await table.open({ chair: 'chair', one: 'decider' })
    await table.propose(review)
    await table.vote(review, 'one', 'approved_with_conditions')
    await table.decide(review, 'approved_with_conditions')
    const { id } = await table.condition()
    await table.quietly('update gate_conditions set due_on = ? where id = ?', [inDays(-1), id])
    const html = await open('flag=lapsed')
    assert.deepEqual(codes(html), [table.project.code])
    assert.match(row(html, table.project), /1<span class="visually-hidden"> lapsed conditions/)
  })

  test('sorts what needs attention first, and turns round', async ({ assert }) => {
    const [green, red] = [await world.project(), await world.project()]
    await declare({ overall: { rating: 'green' } }, green)
    await declare({ overall: { rating: 'red', ...BAD } }, red)
    const order = [red.code, green.code, table.project.code]
    assert.deepEqual(codes(await open('sort=rag')), order)
    assert.deepEqual(codes(await open('sort=rag&direction=asc')), order.toReversed())
    const html = await open('sort=rag')
    assert.match(html, /aria-sort="descending">\s*<a class="sort" href="[^"]+direction=asc"/)
  })

  test('pages through every project once, forwards and back, in each order', async ({ assert }) => {
    const programme = await world.inside(() => beginProgramme())
    await world.inside(async () => {
      for (let number = 0; number < 58; number++) {
        const project = await Project.begin({
          code: `PAGE${number}`,
          name: `Quay ${number % 7} & more`,
          status: 'active',
          managerId: table.people.manager.membershipId,
        })
        if (number % 3 === 0) await programme.take(project)
      }
    })
    for (const query of [
      '',
      'sort=name&direction=desc',
      'group=programme&sort=gate',
      'sort=report',
    ]) {
      const pages: string[][] = []
      let html = await open(`${query}&per_page=25`)
      for (;;) {
        pages.push(codes(html))
        const next = /href="([^"]+)" rel="next"/.exec(html)?.[1].replaceAll('&amp;', '&')
        if (!next) break
        html = (await pmo.open(next)).text()
      }
      assert.deepEqual(
        pages.map(({ length }) => length),
        [25, 25, 9],
        query
      )
      assert.lengthOf(new Set(pages.flat()), 59, query)
      const back = /href="([^"]+)" rel="prev"/.exec(html)![1].replaceAll('&amp;', '&')
      assert.deepEqual(codes((await pmo.open(back)).text()), pages[1], query)
    }
  })

  test('groups by programme, those without one last', async ({ assert }) => {
    const other = await world.project()
    await world.inside(async () => {
      const programme = await beginProgramme({ code: 'ZEBRA', name: 'Crossings' })
      await programme.take(await Project.findOrFail(other.id))
    })
    const html = await open('group=programme')
    assert.match(html, /scope="rowgroup"[^]+ZEBRA Crossings[^]+No programme/)
    assert.deepEqual(codes(html), [other.code, table.project.code])
  })

  test('no address is an error', async () => {
    for (const query of [
      'after=WyJ4IiwieSJd&sort=slip&group=programme',
      'before=x&flag=a&flag[]=b&q[]=c&per_page=-1',
      'after=WzEsMl0&sort=severe',
      `q=${'%00'}&stage=%00`,
    ]) {
      await open(query)
    }
  })

  test('says what it is for where there is nothing to show', async ({ assert, client }) => {
    const walk = await Walk.begin(client, await (await World.create()).person('pmo'))
    assert.include(await open('', walk), 'No projects yet')
    assert.include(await open('q=nothing', walk), 'No projects match')
  })
})
