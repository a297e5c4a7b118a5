import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import type { TaskStatus } from '#models/task/states'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Tasks } from '#tests/support/tasks'
import { pageThrough, refs } from '#tests/support/paging'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'
import { inDays } from '#tests/support/table'

const SORTS = ['title', 'status', 'priority', 'due', 'updated']

test.group('Lists of tasks', (group) => {
  let tasks: Tasks
  let manager: Walk
  group.setup(async () => {
    tasks = await Tasks.create()
    const { team, manager: boss } = tasks.people
    const surveyor = await tasks.external('Quayside Ltd')
    const risk = await tasks.raise('risk')
    for (let index = 0; index < 13; index++) {
      const status = (['todo', 'blocked', 'done'] as TaskStatus[])[index % 3]
      await tasks.add({
        // Ties and blanks on purpose: only the tie-breaker keeps the pages apart.
        title: `Task ${index % 3}`,
        description: index === 9 ? '水务基础设施项目管理系统' : null,
        status,
        blockedReason: status === 'blocked' ? 'No crane' : null,
        priority: (['low', 'medium', 'critical'] as const)[index % 3],
        dueOn: index % 2 ? inDays(-20 + index * 3) : null,
        raidItemId: index === 6 ? risk.id : null,
        ...(index === 5
          ? { externalResourceId: surveyor.id }
          : { assigneeId: [boss, team][index % 2].membershipId }),
      })
    }
  })
  group.each.setup(async ({ context }) => {
    manager = await Walk.begin(context.client, tasks.people.manager)
  })

  for (const [where, path, sorts] of [
    ['one project', '', ['ref', ...SORTS]],
    ['all projects', '/tasks', SORTS],
  ] as const) {
    for (const sort of sorts) {
      for (const direction of ['asc', 'desc']) {
        test(`of ${where} page through ${sort} ${direction} and back without a gap or a double`, async ({
          assert,
        }) => {
          const from = `${path || tasks.list}?status=all&per_page=4&sort=${sort}&direction=${direction}`
          await pageThrough(manager, from, { assert, perPage: 4, total: 13 })
        })
      }
    }
  }

  test('sort by the column that was chosen', async ({ assert }) => {
    const rows = await sql(
      admin(),
      `select number, title, status_rank as status, priority_rank as priority,
         coalesce(due_on::text, 'infinity') as due from tasks where project_id = ?`,
      [tasks.project.id]
    )
    const byRef = new Map(rows.map((row: any) => [`T${row.number}`, row]))
    for (const sort of ['title', 'status', 'priority', 'due']) {
      const page = await manager.open(`${tasks.list}?status=all&sort=${sort}&direction=asc`)
      const shown = refs(page.text()).map((ref) => byRef.get(ref)![sort])
      assert.deepEqual(
        shown,
        [...shown].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
        sort
      )
      assert.include(page.text(), 'aria-sort="ascending"')
    }
  })

  for (const path of ['', '/tasks']) {
    test(`put what has no date last, whichever way they run: ${path || 'one project'}`, async ({
      assert,
    }) => {
      const rows = await sql(
        admin(),
        'select number, due_on::text from tasks where project_id = ?',
        [tasks.project.id]
      )
      const dates = new Map(rows.map((row: any) => [`T${row.number}`, row.due_on]))
      const latestFirst = [...dates.values()].filter(Boolean).sort().reverse()
      const blanks = [...dates.values()].filter((date) => !date)
      const from = `${path || tasks.list}?status=all&sort=due&direction=desc`
      const shown = refs((await manager.open(from)).text()).map((ref) => dates.get(ref))
      assert.deepEqual(shown, [...latestFirst, ...blanks])
    })
  }

  const late = (row: any) => row.due_on && row.due_on < inDays(0)
  const open = (row: any) => row.status !== 'done'
  const filters: [string, (row: any) => boolean][] = [
    ['', open],
    ['status=settled', (row) => !open(row)],
    ['status=all', () => true],
    ['status=done', (row) => row.status === 'done'],
    ['status=blocked&priority=medium', (row) => row.status === 'blocked'],
    ['assignee=me', (row) => open(row) && row.assignee === 'manager'],
    ['due=overdue', (row) => open(row) && late(row)],
    ['due=week', (row) => open(row) && row.due_on && !late(row) && row.due_on <= inDays(7)],
    ['due=month', (row) => open(row) && row.due_on && !late(row)],
    ['due=none&status=all', (row) => !row.due_on],
    ['priority=critical&status=all', (row) => row.priority === 'critical'],
    ['source=raid_item', (row) => row.number === 7],
    ['source=none', (row) => open(row) && row.number !== 7],
    ['q=task+1', (row) => row.title === 'Task 1'],
    ['q=t5', (row) => row.number === 5],
    [`q=${encodeURIComponent('管理')}`, (row) => row.number === 10],
    ['q=nothing', () => false],
  ]
  for (const [query, expected] of filters) {
    test(`filter by ${query || 'nothing, which shows what is open'}`, async ({ assert }) => {
      const rows = await sql(
        admin(),
        `select *, due_on::text as due_on, case assignee_id when ? then 'manager' end as assignee
           from tasks where project_id = ?`,
        [tasks.people.manager.membershipId, tasks.project.id]
      )
      const wanted = rows.filter(expected).map((row: any) => `T${row.number}`)
      for (const path of [tasks.list, '/tasks']) {
        const page = await manager.open(`${path}?${query}`)
        assert.sameMembers(refs(page.text()), wanted)
        if (wanted.length === 0) assert.include(page.text(), 'Clear filters')
        else if (query) assert.include(page.text(), 'remove this filter')
      }
    })
  }

  // At every moment at least one of these has another day than UTC.
  for (const zone of ['Pacific/Kiritimati', 'Etc/GMT+12']) {
    test(`are overdue by the day of the organisation, in ${zone}`, async ({ assert, client }) => {
      const own = await Tasks.create()
      const walk = await Walk.begin(client, own.people.manager)
      await sql(admin(), 'update organisations set time_zone = ? where id = ?', [
        zone,
        own.world.organisationId,
      ])
      const today = DateTime.now().setZone(zone)
      const yesterday = await own.add({ dueOn: today.minus({ days: 1 }).toISODate() })
      const due = await own.add({ dueOn: today.toISODate() })
      const page = await walk.open(`${own.list}?due=overdue`)
      assert.deepEqual(refs(page.text()), [`T${yesterday.number}`])
      const week = await walk.open(`${own.list}?due=week`)
      assert.deepEqual(refs(week.text()), [`T${due.number}`])
      const itself = await walk.open(own.pageOf(yesterday))
      assert.include(itself.text(), ', 1 day overdue')
    })
  }

  test('filter by someone outside, by id', async ({ assert }) => {
    const page = await manager.open(tasks.list)
    const [, id] = page.text().match(/value="([\w-]{36})" *>Quayside Ltd/)!
    const theirs = await manager.open(`${tasks.list}?assignee=${id}&status=all`)
    assert.deepEqual(refs(theirs.text()), ['T6'])
    assert.include(theirs.text(), 'Assignee: Quayside Ltd')
  })

  test('accept any URL', async ({ assert }) => {
    const odd = [
      'sort=nothing&direction=up',
      'after=bm90IGEgY3Vyc29y',
      `after=${Buffer.from('["2026-02-30",1]').toString('base64url')}&sort=due`,
      `after=${Buffer.from('["x","y"]').toString('base64url')}&sort=priority`,
      'assignee=%00&raid_item_id=1&project=all&per_page=-3',
      'q=%00%27%3B--',
      'status=elsewhere&due=tomorrow',
    ]
    for (const query of odd) {
      for (const path of [tasks.list, '/tasks', `${tasks.list}.csv`]) {
        const page = await manager.open(`${path}?${query}`)
        assert.equal(page.status(), 200, query)
      }
    }
  })

  test('are exported as they are filtered, with names', async ({ assert }) => {
    const csv = await manager.open(`${tasks.list}.csv?status=blocked&sort=ref`)
    csv.assertHeader('content-type', 'text/csv; charset=utf-8')
    const lines = csv.text().trim().split('\r\n')
    assert.match(
      lines[0],
      /Ref,Project,Programme,Title,Description,Status,Held up by,Priority,Assignee/
    )
    assert.lengthOf(lines, 5)
    assert.match(lines[1], /-T2,Testing project,,Task 1,,Blocked,No crane,Medium,team person/)
    const everywhere = await manager.open('/tasks.csv?source=raid_item')
    assert.match(everywhere.text(), new RegExp(`${tasks.project.code}-R1`))
  })

  test('across projects leave out what one may not see', async ({ assert, client }) => {
    const secret = await tasks.world.project({ visibility: 'members' })
    await tasks.world.inside(async () => {
      const { default: Task } = await import('#models/task')
      await Task.add(secret, {
        title: 'Behind closed doors',
        assigneeId: tasks.people.pmo.membershipId,
      })
    })
    const seen: string[] = []
    for (const role of ['pmo', 'manager', 'stranger'] as const) {
      const walk = await Walk.begin(client, tasks.people[role])
      const page = await walk.open('/tasks?status=all')
      if (page.text().includes('Behind closed doors')) seen.push(role)
    }
    assert.deepEqual(seen, ['pmo', 'manager'])
    const foreign = await (await World.create('Elsewhere')).person('owner')
    const elsewhere = await Walk.begin(client, foreign)
    assert.lengthOf(refs((await elsewhere.open('/tasks?status=all')).text()), 0)
  })

  test('under htmx the answer is the list alone, with its title', async ({ assert, client }) => {
    const list = await client
      .get(`${tasks.list}?assignee=me`)
      .as(tasks.people.manager)
      .forFragment('task-list', 'div')
    list.assertStatus(200)
    assert.notInclude(list.text(), '<html')
    assert.include(list.text(), '<title>Tasks')
  })
})

test.group('The board', (group) => {
  let tasks: Tasks
  let manager: Walk
  group.each.setup(async ({ context }) => {
    tasks ??= await Tasks.create()
    manager = await Walk.begin(context.client, tasks.people.manager)
  })

  test('has a column for each status, with what is next first', async ({ assert }) => {
    await tasks.add({ title: 'Later', dueOn: '2027-02-01' })
    await tasks.add({ title: 'Sooner', dueOn: '2027-01-01' })
    await tasks.add({ title: 'Finished', status: 'done' })
    await tasks.add({ title: 'Held up', status: 'blocked', blockedReason: 'No crane' })
    const page = await manager.open(`${tasks.list}?view=board`)
    const columns = columnsOf(page.text())
    assert.deepEqual([...columns.keys()], ['todo', 'in_progress', 'blocked', 'done', 'cancelled'])
    assert.deepEqual(columns.get('todo'), ['Sooner', 'Later'])
    assert.deepEqual(columns.get('blocked'), ['Held up'])
    assert.deepEqual(columns.get('done'), ['Finished'])
    assert.include(page.text(), 'No crane')
  })

  test('moves a card and comes back to itself', async ({ assert }) => {
    const task = await tasks.add({ title: 'To be moved' })
    const board = `${tasks.list}?view=board&assignee=me`
    await manager.open(board)
    const fields = { status: 'in_progress', lock_version: 1 }
    const answer = await manager.submit(`${tasks.pageOf(task)}/status`, fields, 'PUT')
    assert.include(answer.header('location'), board)
    const page = await manager.follow(answer)
    assert.include(columnsOf(page.text()).get('in_progress'), 'To be moved')
  })

  test('narrows like the list, and shows the first of many', async ({ assert }) => {
    const other = await Tasks.create()
    const walk = await Walk.begin((manager as any).client, other.people.manager)
    for (let number = 0; number < 27; number++) await other.add({ title: `Card ${number}` })
    await other.add({ title: 'Of the team', assigneeId: other.people.team.membershipId })
    const page = await walk.open(`${other.list}?view=board&assignee=me`)
    const cards = columnsOf(page.text()).get('todo')!
    assert.lengthOf(cards, 25)
    assert.notInclude(cards, 'Of the team')
    assert.include(page.text(), '25+')
    assert.include(page.text(), 'status=todo&amp;assignee=me')
  })

  test('shows every status, whichever the list was narrowed to, and leads back to that', async ({
    assert,
  }) => {
    await tasks.add({ title: 'Not blocked' })
    const page = await manager.open(`${tasks.list}?view=board&status=blocked`)
    assert.notInclude(page.text(), 'Status: blocked')
    assert.notInclude(page.text(), 'Clear all')
    assert.include(page.text(), `href="${tasks.list}?status=blocked"`)
    const list = await manager.open(`${tasks.list}?status=blocked`)
    assert.include(list.text(), 'Status: blocked')
  })

  test('offers moves to those who may make them', async ({ assert, client }) => {
    const fresh = await Tasks.create()
    const { viewer } = fresh.people
    const theirs = await fresh.add({ assigneeId: viewer.membershipId })
    const other = await fresh.add()
    const walk = await Walk.begin(client, viewer)
    const page = await walk.open(`${fresh.list}?view=board`)
    assert.include(page.text(), `${fresh.pageOf(theirs)}/status`)
    assert.notInclude(page.text(), `${fresh.pageOf(other)}/status`)
  })
})

function columnsOf(html: string) {
  const columns = html.split('aria-labelledby="column-').slice(1)
  return new Map(
    columns.map((column) => [
      column.split('"')[0],
      [...column.matchAll(/class="row-title"[^>]*>([^<]+)</g)].map(([, title]) => title),
    ])
  )
}

test.group('Tasks across projects, when there are none', () => {
  test('lead to projects, and to closed tasks only if there are any', async ({
    assert,
    client,
  }) => {
    const tasks = await Tasks.create()
    const stranger = await Walk.begin(client, tasks.people.stranger)
    const manager = await Walk.begin(client, tasks.people.manager)
    for (const [person, path] of [
      [stranger, '/tasks'],
      [stranger, '/tasks?status=all'],
      [manager, '/tasks'],
    ] as const) {
      const html = (await person.open(path)).text()
      assert.include(html, 'No tasks yet')
      assert.include(html, 'Go to projects')
      assert.notInclude(html, 'Show all tasks')
    }
    await tasks.add({ status: 'done' })
    const html = (await manager.open('/tasks')).text()
    assert.include(html, 'No open tasks')
    assert.include(html, 'Show all tasks')
    assert.include((await stranger.open('/tasks')).text(), 'No tasks yet')
  })
})
