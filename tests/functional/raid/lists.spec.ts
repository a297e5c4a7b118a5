import { test } from '@japa/runner'
import RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Log } from '#tests/support/raid_log'
import { pageThrough, refs } from '#tests/support/paging'
import { Walk } from '#tests/support/walk'

const issue = { type: 'issue', title: 'Late', issueKind: 'problem_concern' }

const SORTS = ['ref', 'title', 'rating', 'status', 'due', 'updated']

test.group('RAID lists', (group) => {
  let log: Log
  let manager: Walk
  group.setup(async () => {
    log = await Log.create()
    const { team, manager: boss } = log.people
    for (let index = 0; index < 13; index++) {
      await log.raise('risk', {
        // Ties and blanks on purpose: only the tie-breaker keeps the pages apart.
        title: `Risk ${index % 3}`,
        status: ['open', 'treating', 'closed'][index % 3],
        dueOn: index % 2 ? '2026-01-05' : null,
        currentLikelihood: index % 4 ? (index % 4) + 1 : null,
        currentImpact: index % 4 ? 5 : null,
        ownerId: [boss.membershipId, team.membershipId, null][index % 3],
        ownerLabel: index === 5 ? 'Quayside Ltd' : null,
        nature: index === 8 ? 'opportunity' : 'threat',
        response: index % 2 ? 'reduce' : null,
        nextReviewOn: index === 3 ? '2026-01-01' : null,
      })
    }
    await log.raise('issue', { title: 'An issue' })
  })
  group.each.setup(async ({ context }) => {
    manager = await Walk.begin(context.client, log.people.manager)
  })

  const issues = async () => {
    const own = await log.world.project()
    const raise = (attributes: object) =>
      log.world.inside(() => RaidItem.raise(own, { ...issue, ...attributes } as any))
    return { url: `/projects/${own.id}/raid`, raise }
  }
  const list = async (query: string) => (await manager.open(`${log.url}?${query}`)).text()

  for (const [where, path] of [
    ['one project', ''],
    ['all projects', '/raid'],
  ]) {
    for (const sort of SORTS) {
      for (const direction of ['asc', 'desc']) {
        test(`of ${where} page through ${sort} ${direction} and back without a gap or a double`, async ({
          assert,
        }) => {
          const from = `${path || log.url}?type=risk&per_page=4&sort=${sort}&direction=${direction}`
          await pageThrough(manager, from, { assert, perPage: 4, total: 13 })
        })
      }
    }
  }

  test('sort by the column that was chosen', async ({ assert }) => {
    const rows = await sql(
      admin(),
      `select number, title, rating, status, coalesce(due_on::text, 'infinity') as due from raid_items where project_id = ? and type = 'risk'`,
      [log.project.id]
    )
    const byRef = new Map(rows.map((row: any) => [`R${row.number}`, row]))
    for (const sort of ['title', 'rating', 'status', 'due']) {
      const shown = refs(await list(`type=risk&sort=${sort}&direction=asc`)).map(
        (ref) => byRef.get(ref)![sort]
      )
      assert.deepEqual(
        shown,
        [...shown].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
        sort
      )
      assert.include(await list(`type=risk&sort=${sort}&direction=asc`), 'aria-sort="ascending"')
    }
  })

  test('put what has no date last, whichever way they run', async ({ assert }) => {
    const rows = await sql(admin(), 'select number, due_on from raid_items where project_id = ?', [
      log.project.id,
    ])
    const undated = new Set(rows.filter(({ due_on: on }) => !on).map(({ number }) => `R${number}`))
    for (const direction of ['asc', 'desc']) {
      const shown = refs(await list(`type=risk&sort=due&direction=${direction}`))
      const blanks = shown.map((ref) => undated.has(ref))
      assert.deepEqual(blanks, [...blanks].sort(), direction)
    }
  })

  const filters: [string, (row: any) => boolean][] = [
    ['state=open', (row) => row.status !== 'closed'],
    ['state=settled', (row) => row.status === 'closed'],
    ['status=treating', (row) => row.status === 'treating'],
    ['owner=me', (row) => row.owner === 'manager'],
    ['owner=none', (row) => !row.owner && !row.owner_label],
    ['nature=opportunity', (row) => row.number === 9],
    ['nature=threat', (row) => row.number !== 9],
    ['band=severe', (row) => row.rating >= 20],
    ['band=high', (row) => row.rating >= 10 && row.rating <= 16],
    ['likelihood=3&impact=5', (row) => row.current_likelihood === 3],
    ['response=none', (row) => !row.response],
    ['review=overdue', (row) => row.number === 4],
    ['overdue=1', (row) => row.due_on && row.status !== 'closed'],
    ['q=risk+1', (row) => row.title === 'Risk 1'],
    ['q=quaysi', (row) => row.number === 6],
    ['q=r7', (row) => row.number === 7],
    ['q=nothing', () => false],
    [
      'state=open&band=severe&owner=none',
      (row) => row.status !== 'closed' && row.rating >= 20 && !row.owner && !row.owner_label,
    ],
  ]
  for (const [query, expected] of filters) {
    test(`filter by ${query}`, async ({ assert }) => {
      const rows = await sql(
        admin(),
        `select *, case owner_id when ? then 'manager' else owner_id::text end as owner from raid_items where project_id = ? and type = 'risk'`,
        [log.people.manager.membershipId, log.project.id]
      )
      const wanted = rows.filter(expected).map((row: any) => `R${row.number}`)
      for (const path of [log.url, '/raid']) {
        const page = await manager.open(`${path}?type=risk&${query}`)
        assert.sameMembers(refs(page.text()), wanted)
        if (wanted.length > 0) assert.include(page.text(), 'remove this filter')
        else assert.include(page.text(), 'Clear filters')
      }
    })
  }

  test('of issues filter by priority and kind', async ({ assert }) => {
    const { url, raise } = await issues()
    const found = async (query: string) =>
      refs((await manager.open(`${url}?type=issue&sort=ref&direction=asc&${query}`)).text())
    await raise({ severity: 5, urgency: 5, issueKind: 'problem_concern' })
    await raise({ severity: 2, urgency: 5, issueKind: 'request_for_change' })
    await raise({ priorityOverride: 'critical', priorityReason: 'The minister asks' })
    await raise({ severity: 1, urgency: 1, issueKind: 'off_specification' })
    await raise({})
    assert.deepEqual(await found('priority=critical'), ['I1', 'I3'])
    assert.deepEqual(await found('priority=high'), ['I2'])
    assert.deepEqual(await found('priority=medium'), [])
    assert.deepEqual(await found('priority=low'), ['I4'])
    assert.deepEqual(await found('kind=request_for_change'), ['I2'])
    assert.deepEqual(await found('kind=off_specification&priority=low'), ['I4'])
    assert.lengthOf(await found('nature=threat&flow=inbound'), 5)
  })

  test('keep the sort and a cell of the heat map when filtered anew', async ({ assert }) => {
    const html = await list('type=risk&likelihood=3&impact=5&sort=title&direction=desc&q=risk')
    const kept = [...html.matchAll(/<input type="hidden" name="(\w+)" value="(\w+)">/g)]
    assert.includeDeepMembers(
      kept.map(([, name, value]) => [name, value]),
      [
        ['likelihood', '3'],
        ['impact', '5'],
        ['sort', 'title'],
        ['direction', 'desc'],
      ]
    )
    assert.notInclude(
      kept.map(([, name]) => name),
      'q'
    )
  })

  test('have a tab for each type, counted', async ({ assert }) => {
    const html = (await list('type=issue')).replaceAll(/\s+/g, ' ')
    assert.match(html, /Risks <span class="count">13</)
    assert.match(html, /aria-current="page" > .*?Issues <span class="count">1</)
    assert.deepEqual(refs(html), ['I1'])
  })

  test('take any address without an error', async ({ assert }) => {
    const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const cursors = [
      'nonsense',
      '',
      cursor(null),
      cursor([1]),
      cursor([null, 1]),
      cursor(['x', 'y']),
      cursor([1, 2, 3]),
      cursor({ a: 1 }),
      cursor(['2026-02-30', 1]),
      cursor(['infinity', 1]),
      cursor(['9999-99-99', 1]),
      cursor(['\u0000', 1]),
      cursor([99999, 1]),
      cursor(['2026-01-01 99:00:00+00', 1]),
      cursor(['2026-01-01 10:00:00+00', 'not-a-uuid']),
      cursor([1, '------------------------------------']),
      cursor(['x', 99999999999]),
      cursor(["'; drop table raid_items; --", 1]),
    ]
    for (const path of [log.url, '/raid']) {
      for (const sort of SORTS) {
        for (const at of cursors) {
          const page = await manager.open(
            `${path}?type=risk&sort=${sort}&${sort.length % 2 ? 'after' : 'before'}=${at}`
          )
          assert.equal(page.status(), 200, `${path} ${sort} ${at}`)
        }
      }
    }
    for (const query of [
      'per_page=2.5',
      'per_page=-1',
      'per_page=1e9',
      'per_page=x',
      'q=%00',
      'q[]=a',
      'q=%26%7C!():*',
      "q='",
      'owner=x',
      'edit=x',
      'project=x',
      'likelihood=9',
      'direction=up',
      'nature=both&priority=none&kind=x&flow=y',
      `q=${'x'.repeat(3000)}`,
    ]) {
      const page = await manager.open(`${log.url}?type=risk&${query}`)
      assert.equal(page.status(), 200, query)
    }
  })
})

test.group('RAID search', (group) => {
  let log: Log
  let manager: Walk
  group.each.setup(async ({ context }) => {
    if (!log) {
      log = await Log.create()
      const titles = [
        'Zügige Straße gesperrt',
        'Задержка поставщика',
        '供应商延迟',
        'हिन्दी भाषा',
        'Καθυστέρηση',
        'A4 paper runs out',
        'Co-op store',
        "L'accès est coupé",
        '水务基础设施项目管理系统',
      ]
      for (const title of titles) await log.raise('risk', { title })
      await log.raise('risk', { title: 'ผู้รับเหมา', description: 'ความเสี่ยงจากความล่าช้า' })
      await log.raise('assumption', { title: 'Fourth' })
    }
    manager = await Walk.begin(context.client, log.people.manager)
  })

  const cases: [string, string[]][] = [
    ['zügi', ['R1']],
    ['zugi', ['R1']],
    ['STRASSE', ['R1']],
    ['Straße', ['R1']],
    ['постав', ['R2']],
    ['供应商', ['R3']],
    ['भाषा', ['R4']],
    ['καθυστ', ['R5']],
    ['a4', ['R6']],
    ['paper a4', ['R6']],
    ['co-op', ['R7']],
    ['accès', ['R8']],
    ['acces', ['R8']],
    ['管理', ['R9']],
    ['系统 水务', ['R9']],
    ['管理 供应商', []],
    ['ล่าช้า', ['R10']],
    ['R3', ['R3']],
    ['r3', ['R3']],
    ['R33', []],
    ['"paper runs"', ['R6']],
    ['“paper runs”', ['R6']],
    ['"runs paper"', []],
    ['"paper run"', []],
    ['"paper run', ['R6']],
    ['out "A4 paper"', ['R6']],
    ['"co-op store"', ['R7']],
    ['"co op store"', ['R7']],
    ['"L\'accès est"', ['R8']],
    ['"ACCE\u0300S est"', ['R8']],
    ['"acces coupé"', []],
    ['"系统"', ['R9']],
    ['"---"', []],
    ['""', []],
    [`"it's \\ 'x' | !y:*"`, []],
    ['I3', []],
    ['paper & !co | (x:*)', []],
    ['---', []],
  ]
  for (const [query, expected] of cases) {
    test(`"${query}" finds ${expected.join(', ') || 'nothing'}`, async ({ assert }) => {
      for (const path of [log.url, '/raid']) {
        const page = await manager.open(`${path}?type=risk&q=${encodeURIComponent(query)}`)
        assert.deepEqual(refs(page.text()), expected, path)
      }
    })
  }

  test('a reference with its code finds one project’s entry only', async ({ assert }) => {
    const other = await log.world.project()
    await log.world.inside(async () => {
      await RaidItem.raise(other, { type: 'risk', title: 'Elsewhere' })
    })
    const both = await manager.open('/raid?type=risk&q=R1')
    assert.lengthOf(refs(both.text()), 2)
    const one = await manager.open(`/raid?type=risk&q=${other.code}-R1`)
    assert.deepEqual(refs(one.text()), ['R1'])
    assert.include(one.text(), 'Elsewhere')
    const none = await manager.open(`${log.url}?type=risk&q=${other.code}-R1`)
    assert.deepEqual(refs(none.text()), [])
  })
})
