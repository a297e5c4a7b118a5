import { test } from '@japa/runner'
import { taskColumns } from '#exports/lists/tasks'
import { raidColumns } from '#exports/lists/raid'
import { controls } from '#models/import/controls'
import { ownLayouts } from '#models/import/revising/layouts'
import { takeOf } from '#models/import/revising/revisions'
import { types, type RaidType } from '#models/raid/enumerations'
import RaidItem from '#models/raid_item'
import RaidLink from '#models/raid_link'
import Task from '#models/task'
import { unescaped } from '#tests/support/html'
import { eventsOf, Importing } from '#tests/support/imports'
import { edited, exported, type Edit } from '#tests/support/own_exports'

const FORMATS = ['csv', 'xlsx'] as const

/** What files and spreadsheets like to spoil. */
const AWKWARD = {
  title: '=SUM(1,2) "quoted", and 100 %',
  description: 'First line\n\nSecond;  line\twith tab\n- a list\n',
}

test.group('Importing again', (group) => {
  let here: Importing

  group.each.setup(async () => {
    here = await Importing.begin()
  })

  test('knows every heading of every export', async ({ assert }) => {
    await here.world.inside(async () => {
      const layouts = ownLayouts()
      for (const type of Object.keys(types) as RaidType[]) {
        const known = layouts[type]!.columns.map(({ header }) => header)
        assert.includeMembers(known, headersOf(raidColumns(type)), type)
      }
      const known = layouts.task!.columns.map(({ header }) => header)
      assert.includeMembers(known, headersOf(taskColumns))
    })
  })

  for (const format of FORMATS) {
    test(`what was exported as ${format} and not touched changes nothing`, async (ctx) => {
      const { assert, client } = ctx
      await furnish()
      for (const type of Object.keys(types)) {
        const path = await bringBack(client, `raid.${format}?type=${type}`, format, [])
        const page = await here.preview(client, path)
        assert.include(page, 'Nothing is changed', type)
        assert.include(page, '2 rows say what the record says already', type)
        assert.notInclude(page, 'formaction', type)
      }
      const path = await bringBack(client, `tasks.${format}?status=all`, format, [])
      const page = await here.preview(client, path)
      assert.include(page, '3 rows say what the record says already')
      const done = await here.execute(client, path)
      assert.match(done.header('location')!, /\/edit$/)
      assert.lengthOf(await eventsOf(here.world, 'import.completed'), 0)
    })

    test(`three cells of a risk log as ${format} change three fields, and are undone`, async (ctx) => {
      const { assert, client } = ctx
      const { risks } = await furnish()
      const [first, second] = risks
      const before = await itemsNow()
      const path = await bringBack(client, `raid.${format}?type=risk`, format, [
        [first.ref, 'Title', 'The crane comes in May'],
        [first.ref, 'Response due', '2027-05-04'],
        [second.ref, 'Status', 'Monitoring'],
      ])
      const page = await here.preview(client, path)
      for (const words of ['2 records will be changed', 'The crane comes in May', 'Monitoring']) {
        assert.include(page, words)
      }
      await execute(client, path, page)
      const after = await itemsNow()
      assert.deepEqual(differences(before, after), [
        [first.ref, 'dueOn', '2027-05-04'],
        [first.ref, 'title', 'The crane comes in May'],
        [second.ref, 'status', 'monitoring'],
      ])
      const id = path.split('/').at(-1)
      const told = (await eventsOf(here.world, 'raid_item.%')).filter(
        ({ facts }) => facts.import === id
      )
      assert.sameDeepMembers(
        told.map(({ action, entity_id: of }) => [action, of]),
        [
          ['raid_item.updated', first.id],
          ['raid_item.status_changed', second.id],
        ]
      )
      const [completed] = await eventsOf(here.world, 'import.completed')
      assert.deepEqual(completed.facts, { format, count: 0, changed: 2, skipped: 0 })
      const result = await client.get(path).as(here.person)
      for (const words of ['2 changed', first.ref]) result.assertTextIncludes(words)

      await client.post(`${path}/reversal`).as(here.person)
      assert.deepEqual(differences(before, await itemsNow()), [])
      const undone = unescaped((await client.get(path).as(here.person)).text())
      assert.include(undone, '2 changes taken back')
    })

    test(`three cells of a list of tasks as ${format} change three fields`, async (ctx) => {
      const { assert, client } = ctx
      const { tasks } = await furnish()
      const team = await here.world.person('team')
      const before = await tasksNow()
      const path = await bringBack(client, `tasks.${format}?status=all`, format, [
        [tasks[0].ref, 'Assignee', team.name],
        [tasks[0].ref, 'Due', ''],
        [tasks[1].ref, 'Status', 'Done'],
      ])
      const page = await here.preview(client, path)
      await execute(client, path, page)
      const after = await tasksNow()
      assert.sameDeepMembers(
        differences(before, after).filter(([, name]) => name !== 'completedOn'),
        [
          [tasks[0].ref, 'assigneeId', team.membershipId],
          [tasks[0].ref, 'dueOn', null],
          [tasks[1].ref, 'status', 'done'],
        ]
      )
      await client.post(`${path}/reversal`).as(here.person)
      assert.deepEqual(differences(before, await tasksNow()), [])
    })
  }

  test('leaves out what was changed here since, unless it is chosen', async ({
    assert,
    client,
  }) => {
    const { risks } = await furnish()
    const [first, second] = risks
    const file = await exported(
      client,
      `/projects/${here.project.id}/raid.csv?type=risk`,
      here.person
    )
    await here.world.inside(
      () => first.revise({ title: 'Changed by a colleague' }, first.lockVersion),
      here.person
    )
    const changed = await edited(file, 'csv', [
      [first.ref, 'Title', 'Changed in the file'],
      [second.ref, 'Title', 'Changed in the file too'],
    ])
    const path = await here.upload(client, changed, 'risks.csv')
    let page = await here.preview(client, path)
    for (const words of ['One record was changed here', 'Make 1 change', 'Changed here too']) {
      assert.include(page, words)
    }
    const take = takeOf(first.id, 2)
    await client
      .put(path)
      .as(here.person)
      .form({ [controls.shown]: [take], [controls.take]: [take] })
    page = await here.preview(client, path)
    assert.include(page, 'Make 2 changes')
    await client
      .put(path)
      .as(here.person)
      .form({ [controls.shown]: [take] })
    page = await here.preview(client, path)
    await execute(client, path, page)
    const titles = (await itemsNow()).map(({ title }) => title)
    assert.includeMembers(titles, ['Changed by a colleague', 'Changed in the file too'])
  })

  test('goes back to the preview when the record moved on meanwhile', async ({
    assert,
    client,
  }) => {
    const { risks } = await furnish()
    const path = await bringBack(client, 'raid.csv?type=risk', 'csv', [
      [risks[0].ref, 'Title', 'Changed in the file'],
    ])
    const page = await here.preview(client, path)
    await here.world.inside(
      () => risks[0].revise({ effect: 'Worse' }, risks[0].lockVersion),
      here.person
    )
    const form = { [controls.seen]: seenIn(page) }
    const response = await here.execute(client, path).form(form)
    assert.match(response.header('location')!, /\/edit$/)
    assert.lengthOf(await eventsOf(here.world, 'import.completed'), 0)
  })

  test('refuses row by row what the log would refuse, and changes the rest', async (ctx) => {
    const { assert, client } = ctx
    const { assumptions, risks, tasks } = await furnish()
    const [first, second] = risks
    const before = await itemsNow()
    const path = await bringBack(client, 'raid.csv?type=risk', 'csv', [
      [first.ref, 'Status', 'Realised'],
      [first.ref, 'Title', 'Not even this'],
      [second.ref, 'Current likelihood', ''],
    ])
    let page = await here.preview(client, path)
    assert.include(page, 'Open cannot become realised')
    assert.include(page, 'Score the current likelihood too')
    assert.notInclude(page, 'formaction')
    const unproved = await bringBack(client, 'raid.csv?type=assumption', 'csv', [
      [assumptions[0].ref, 'Status', 'Invalidated'],
      [assumptions[1].ref, 'Status', 'Invalidated'],
    ])
    page = await here.preview(client, unproved)
    assert.include(page, 'Say on its page why it proved false')
    assert.include(page, '1 record will be changed')
    const moved = await bringBack(client, 'tasks.csv?status=all', 'csv', [
      [tasks[0].ref, 'Status', 'Blocked'],
      [tasks[1].ref, 'Assignee', 'Nobody We Know'],
      [tasks[2].ref, 'Title', ''],
    ])
    page = await here.preview(client, moved)
    for (const reason of ['Say what holds it up', 'nobody known here', 'Title cannot be empty']) {
      assert.include(page, reason)
    }
    assert.deepEqual(differences(before, await itemsNow()), [])
  })

  test('tells what the file does not name, what nobody can see, and what is named twice', async (ctx) => {
    const { assert, client } = ctx
    const { risks } = await furnish()
    const [first, second] = risks
    const secret = await here.world.inside(() =>
      RaidItem.raise(here.project, { type: 'risk', title: 'Secret', sensitivity: 'named_people' })
    )
    const lines = (rows: string[][]) => rows.map((row) => row.join(',')).join('\n')
    const path = await here.upload(
      client,
      lines([
        ['Ref', 'Title', 'Status'],
        [first.ref, 'Renamed by the file', 'Open'],
        [secret.ref, 'Guessed', 'Open'],
        [`${here.project.code}-R999`, 'Never was', 'Open'],
        ['', 'Added at the end of the list', 'Open'],
      ])
    )
    const page = await here.preview(client, path)
    for (const words of [
      `There is no ${secret.ref} that you can see`,
      `There is no ${here.project.code}-R999 that you can see`,
      '1 record of the project is not in the file and stays as it is',
      'Import 1 entry and make 1 change',
      second.title,
    ]) {
      assert.include(page, words)
    }
    const twice = await here.upload(
      client,
      lines([
        ['Ref', 'Title', 'Status'],
        [first.ref, 'One way', 'Open'],
        [first.ref, 'Another way', 'Open'],
      ])
    )
    const other = await here.preview(client, twice)
    assert.include(other, `2 rows of the file are about ${first.ref}`)
  })

  test('finds again what another tool calls by its own reference', async ({ assert, client }) => {
    const header = 'Issue key,Issue type,Summary,Status,Priority,Description'
    const first = [
      header,
      'PROJ-1,Bug,Login fails,Open,High,Since Monday',
      'PROJ-2,Bug,Slow list,Open,Low,',
    ]
    const path = await here.upload(client, first.join('\n'), 'jira.csv')
    await here.execute(client, path)
    const [login, slow] = await itemsNow()

    const again = await here.upload(client, first.join('\n'), 'jira.csv')
    const same = await here.preview(client, again)
    assert.include(same, 'Nothing is changed')

    await here.world.inside(
      () => slow.revise({ title: 'Renamed here' }, slow.lockVersion),
      here.person
    )
    const second = [
      'Summary,Issue key,Issue type,Status,Priority,Description',
      'Login fails,PROJ-1,Bug,In Progress,High,Since Tuesday',
      'Slow list again,PROJ-2,Bug,Open,Low,',
      'A new one,PROJ-3,Bug,Open,Low,',
    ]
    const later = await here.upload(client, second.join('\n'), 'later.csv')
    const page = await here.preview(client, later)
    assert.include(page, 'Import 1 entry and make 1 change')
    assert.include(page, 'One record was changed here')
    await execute(client, later, page)
    const [now, renamed, added] = await itemsNow()
    assert.equal(now.status, 'in_progress')
    assert.match(now.description!, /^Since Tuesday\n\nIssue type: Bug\n\nImported from jira.csv/)
    assert.equal(renamed.title, 'Renamed here')
    assert.equal(added.title, 'A new one')

    await client.post(`${later}/reversal`).as(here.person)
    const back = await itemsNow()
    assert.lengthOf(back, 2)
    assert.deepEqual([back[0].status, back[0].description], [login.status, login.description])
    const once = await here.upload(client, second.join('\n'), 'later.csv')
    const third = await here.preview(client, once)
    assert.include(third, 'Import 1 entry and make 1 change')
  })

  test('takes a plain number for the same record only in files of one kind', async ({
    assert,
    client,
  }) => {
    const path = await here.upload(client, 'ID,Risk,Owner\n7,Crane late,Ann')
    await here.execute(client, path)
    const other = await here.upload(client, 'No,Risk,Status\n7,Yard floods,Open')
    const page = await here.preview(client, other)
    assert.include(page, '1 entry will be added')
    const same = await here.upload(client, 'ID,Risk,Owner\n7,Crane very late,Ann')
    const known = await here.preview(client, same)
    assert.include(known, '1 record will be changed')
    await client
      .put(same)
      .as(here.person)
      .form({ [controls.known]: 'add' })
    const added = await here.preview(client, same)
    assert.include(added, '1 entry will be added')
  })

  test('undoes only what nobody went on from', async ({ assert, client }) => {
    const { risks } = await furnish()
    const [first, second] = risks
    const path = await bringBack(client, 'raid.csv?type=risk', 'csv', [
      [first.ref, 'Effect', 'From the file'],
      [second.ref, 'Effect', 'From the file'],
    ])
    const page = await here.preview(client, path)
    await execute(client, path, page)
    await here.world.inside(async () => {
      const item = await RaidItem.findOrFail(first.id)
      await item.revise({ cause: 'Found since' }, item.lockVersion)
    }, here.person)
    await client.post(`${path}/reversal`).as(here.person)
    const now = new Map((await itemsNow()).map((item) => [item.id, item]))
    assert.equal(now.get(first.id)!.effect, 'From the file')
    assert.equal(now.get(second.id)!.effect, second.effect)
    const result = unescaped((await client.get(path).as(here.person)).text())
    assert.include(result, 'was changed')
    const [undone] = await eventsOf(here.world, 'import.undone')
    assert.deepEqual(undone.facts, { format: 'csv', count: 0, changed: 1, skipped: 1 })
  })

  test('shows many changes a page at a time, and makes them all', async ({ assert, client }) => {
    await here.world.inside(async () => {
      for (let number = 1; number <= 60; number++) {
        await RaidItem.raise(here.project, { type: 'risk', title: `Risk ${number}` })
      }
    }, here.person)
    const edits = Array.from({ length: 60 }, (_, index): Edit => {
      return [`${here.project.code}-R${index + 1}`, 'Title', `Risk renamed ${index + 1}`]
    })
    const path = await bringBack(client, 'raid.csv?type=risk&sort=ref', 'csv', edits)
    const first = await here.preview(client, path)
    assert.include(first, '1 to 50 of 60')
    const second = unescaped((await client.get(`${path}/edit?page=2`).as(here.person)).text())
    assert.include(second, '51 to 60 of 60')
    await execute(client, path, second)
    assert.isTrue((await itemsNow()).every(({ title }) => title.startsWith('Risk renamed')))
  })

  /** Entries of every type and tasks, with what is awkward in files. */
  async function furnish() {
    return here.world.inside(async () => {
      const raised: Record<string, RaidItem[]> = {}
      for (const type of Object.keys(types) as RaidType[]) {
        raised[type] = [
          await RaidItem.raise(here.project, {
            type,
            ...AWKWARD,
            ownerId: here.person.membershipId,
            dueOn: '2027-03-04',
            ...(type === 'risk' && { currentLikelihood: 4, currentImpact: 2, category: 'legal' }),
          }),
          await RaidItem.raise(here.project, {
            type,
            title: `A second ${type}`,
            ownerLabel: 'Somebody Else',
            ...(type === 'risk' && { currentLikelihood: 3, currentImpact: 3, effect: 'Bad' }),
          }),
        ]
      }
      const [, second] = raised.assumption
      await RaidLink.create({ fromId: second.id, toId: raised.risk[0].id, kind: 'invalidated_by' })
      const give = (title: string, more: Partial<Task> = {}) =>
        Task.add(here.project, { title, assigneeId: here.person.membershipId, ...more })
      const whole = await give('Whole', { ...AWKWARD, dueOn: '2027-02-01' } as Partial<Task>)
      const tasks = [whole, await give('Part', { parentId: whole.id }), await give('Other')]
      return { risks: raised.risk, assumptions: raised.assumption, tasks }
    }, here.person)
  }

  async function bringBack(client: any, list: string, format: 'csv' | 'xlsx', edits: Edit[]) {
    const file = await exported(client, `/projects/${here.project.id}/${list}`, here.person)
    const name = `${list.split('.')[0]}.${format}`
    return here.upload(client, await edited(file, format, edits), name)
  }

  async function execute(client: any, path: string, page: string) {
    const form = { [controls.seen]: seenIn(page) }
    const response = await here.execute(client, path).form(form)
    response.assertHeader('location', path)
  }

  function itemsNow() {
    return here.world.inside(async () => {
      const items = await RaidItem.query().orderBy('id')
      return items.map((item) => item.refersTo(here.project))
    })
  }

  function tasksNow() {
    return here.world.inside(async () => {
      const tasks = await Task.query().orderBy('id')
      return tasks.map((task) => task.refersTo(here.project))
    })
  }
})

const APART = ['lockVersion', 'updatedAt']

function differences<T extends RaidItem | Task>(before: T[], after: T[]) {
  const now = new Map(after.map((record) => [record.id, record]))
  return before
    .flatMap((record) =>
      Object.keys(record.$attributes)
        .filter((name) => !APART.includes(name))
        .map((name) => [record.ref, name, now.get(record.id)!.$attributes[name]] as const)
        .filter(([, name, value]) => String(value) !== String(record.$attributes[name]))
    )
    .sort((one, other) => `${one}`.localeCompare(`${other}`))
    .map((difference) => [...difference])
}

function seenIn(page: string) {
  return /name="seen" value="([^"]+)"/.exec(page)?.[1] ?? ''
}

function headersOf(columns: { header: string }[]) {
  return columns.map(({ header }) => header)
}
