import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { controls } from '#models/import/controls'
import { takeOf } from '#models/import/revising/revisions'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import TaskPredecessor from '#models/task_predecessor'
import { unescaped } from '#tests/support/html'
import { eventsOf } from '#tests/support/imports'
import { edited, exported, type Edit } from '#tests/support/own_exports'
import { differences, Reimporting } from '#tests/support/reimports'

const LIST = 'tasks.csv?status=all'

test.group('Importing again where tasks stand', (group) => {
  let here: Reimporting
  /** Two wholes, a part of the first, and one by itself. */
  let tasks: Task[]
  let refs: string[]

  group.each.setup(async () => {
    here = await Reimporting.begin()
    tasks = await here.world.inside(async () => {
      const give = (title: string, more: Partial<Task> = {}) =>
        Task.add(here.project, { title, assigneeId: here.person.membershipId, ...more })
      const first = await give('First')
      const part = await give('Part', { parentId: first.id })
      return [first, await give('Second'), part, await give('Alone')].toSorted(
        (one, other) => one.number - other.number
      )
    }, here.person)
    refs = tasks.map(({ ref }) => ref)
  })

  const named = (title: string) => tasks.find((task) => task.title === title)!
  const ref = (title: string) => named(title).ref
  const bring = (client: ApiClient, edits: Edit[], list = LIST) =>
    here.bringBack(client, list, list.includes('xlsx') ? 'xlsx' : 'csv', edits)
  const wait = (title: string, other: string) =>
    here.world.inside(async () => {
      const [one, before] = [named(title), named(other)]
      await TaskPredecessor.join(await fresh(one), await fresh(before))
    }, here.person)
  const fresh = async ({ id }: Task) => (await Task.findOrFail(id)).refersTo(here.project)
  const links = () =>
    here.world.inside(async () => {
      const title = new Map(tasks.map((task) => [task.id, task.title]))
      const all = await TaskPredecessor.query()
      return all
        .map(({ taskId, predecessorId }) => `${title.get(taskId)} < ${title.get(predecessorId)}`)
        .toSorted()
    })
  const apply = async (client: ApiClient, edits: Edit[], list?: string) => {
    const path = await bring(client, edits, list)
    const page = await here.preview(client, path)
    await here.confirm(client, path, page)
    return { path, page, id: path.split('/').at(-1) }
  }
  const undo = async (client: ApiClient, path: string) => {
    await client.post(`${path}/reversal`).as(here.person)
    return unescaped((await client.get(path).as(here.person)).text())
  }

  for (const list of [LIST, 'tasks.xlsx?status=all']) {
    test(`moves a task under another: ${list}`, async ({ assert, client }) => {
      const before = await here.tasksNow()
      const moves: Edit[] = [
        [ref('Part'), 'Part of', ref('Second')],
        [ref('Alone'), 'Part of', ref('Second').toLowerCase()],
      ]
      const { id, page, path } = await apply(client, moves, list)
      assert.include(page, '2 records will be changed')
      assert.match(
        page,
        new RegExp(`Part of[\\s\\S]{0,400}${ref('First')}[\\s\\S]{0,400}${ref('Second')}`)
      )
      assert.deepEqual(
        differences(before, await here.tasksNow()),
        [
          [ref('Part'), 'parentId', named('Second').id],
          [ref('Alone'), 'parentId', named('Second').id],
        ].toSorted((one, other) => `${one}`.localeCompare(`${other}`))
      )
      const told = (await eventsOf(here.world, 'task.updated')).filter(
        ({ facts }) => facts.import === id
      )
      assert.sameMembers(
        told.map(({ entity_id: of }) => of),
        [named('Part').id, named('Alone').id]
      )
      const undone = await undo(client, path)
      assert.deepEqual(differences(before, await here.tasksNow()), [], undone)
    })
  }

  test('removes a subtask and moves others in one file', async ({ assert, client }) => {
    const before = await here.tasksNow()
    const { path } = await apply(client, [
      [ref('Part'), 'Part of', ''],
      [ref('First'), 'Part of', ref('Part')],
    ])
    const [, , part] = ['First', 'Second', 'Part'].map(named)
    assert.isNull((await here.world.inside(() => fresh(part))).parentId)
    const first = await here.world.inside(() => fresh(named('First')))
    assert.equal(first.parentId, part.id)
    await undo(client, path)
    assert.deepEqual(differences(before, await here.tasksNow()), [])
  })

  test('adds and removes what tasks wait for', async ({ assert, client }) => {
    await wait('Alone', 'First')
    await wait('Second', 'First')
    const before = await links()
    const { id, page, path } = await apply(client, [
      [ref('Alone'), 'Waits for', `${ref('Second')}, ${ref('Part')}`],
      [ref('Second'), 'Waits for', ''],
    ])
    assert.include(page, '2 records will be changed')
    assert.match(page, new RegExp(`Waits for[\\s\\S]{0,400}${ref('First')}`))
    assert.deepEqual(await links(), ['Alone < Part', 'Alone < Second'])
    const told = (await eventsOf(here.world, 'task.predecessor_%')).filter(
      ({ facts }) => facts.import === id
    )
    assert.sameDeepMembers(
      told.map(({ action, entity_id: of }) => [action, of]),
      [
        ['task.predecessor_added', named('Alone').id],
        ['task.predecessor_added', named('Alone').id],
        ['task.predecessor_removed', named('Alone').id],
        ['task.predecessor_removed', named('Second').id],
      ]
    )
    const undone = await undo(client, path)
    assert.deepEqual(await links(), before, undone)
  })

  test('changes nothing that was not edited, whatever its order and wording', async ({
    assert,
    client,
  }) => {
    await wait('Alone', 'First')
    await wait('Alone', 'Second')
    const path = await bring(client, [
      [ref('Alone'), 'Waits for', `T${named('Second').number};\n${ref('First')}`],
      [ref('Part'), 'Part of', `t${named('First').number}`],
    ])
    assert.include(await here.preview(client, path), 'No records will be changed')
  })

  for (const [what, edits, reason] of [
    ['under itself', [['Alone', 'Part of', 'Alone']], 'A task cannot be its own subtask'],
    ['under a part', [['Alone', 'Part of', 'Part']], 'is itself a subtask'],
    ['under another, with parts', [['First', 'Part of', 'Second']], 'It has its own subtasks'],
    [
      'under each other',
      [
        ['Second', 'Part of', 'Alone'],
        ['Alone', 'Part of', 'Second'],
      ],
      'is itself a subtask',
    ],
    ['under two', [['Alone', 'Part of', 'First, Second']], '“Part of” names 2'],
    ['under nothing known', [['Alone', 'Part of', 'T999']], 'There is no T999 that you can see'],
    ['under no reference', [['Alone', 'Part of', 'First?']], 'is not a task reference'],
    ['elsewhere', [['Alone', 'Part of', 'OTHER-T1']], 'OTHER-T1 is not a task in this project'],
    ['to wait for itself', [['Alone', 'Waits for', 'Alone']], 'A task cannot wait for itself'],
    ['to wait for its whole', [['Part', 'Waits for', 'First']], 'its own subtask'],
    ['to wait for its part', [['First', 'Waits for', 'Part']], 'its own subtask'],
    [
      'to wait in a circle',
      [
        ['First', 'Waits for', 'Second'],
        ['Second', 'Waits for', 'Alone'],
        ['Alone', 'Waits for', 'First'],
      ],
      'already waits for it',
    ],
    ['to wait for nothing known', [['Alone', 'Waits for', 'T999']], 'There is no T999'],
    ['to wait elsewhere', [['Alone', 'Waits for', 'OTHER-T1']], 'is not a task in this project'],
  ] as [string, [string, string, string][], string][]) {
    test(`refuses a move beside its row: ${what}`, async ({ assert, client }) => {
      const before = await here.tasksNow()
      const titles = new Map(tasks.map((task) => [task.title, task.ref]))
      const asked = edits.map(([title, header, value]): Edit => {
        const cells = value.split(', ').map((one) => titles.get(one) ?? one)
        return [ref(title), header, cells.join(', ')]
      })
      const path = await bring(client, asked)
      const page = await here.preview(client, path)
      assert.include(page, reason)
      assert.notInclude(page, 'formaction')
      const done = await here.execute(client, path)
      assert.match(done.header('location')!, /\/edit$/)
      assert.deepEqual(differences(before, await here.tasksNow()), [])
      assert.deepEqual(await links(), [])
    })
  }

  test('refuses an open task under one that is settled, also where the file settles it', async ({
    assert,
    client,
  }) => {
    const path = await bring(client, [
      [ref('Second'), 'Status', 'Done'],
      [ref('Alone'), 'Part of', ref('Second')],
    ])
    const page = await here.preview(client, path)
    assert.match(page, /cannot finish or cancel|done or cancelled/)
    assert.notInclude(page, '2 records will be changed')
  })

  test('leaves out a move of what was moved or ordered here since, unless it is chosen', async ({
    assert,
    client,
  }) => {
    const file = await exported(client, `/projects/${here.project.id}/${LIST}`, here.person)
    await wait('Alone', 'First')
    const moved = await edited(file, 'csv', [[ref('Alone'), 'Waits for', ref('Second')]])
    const path = await here.upload(client, moved, 'tasks.csv')
    let page = await here.preview(client, path)
    assert.include(page, 'One record was changed here')
    assert.notInclude(page, 'Make 1 change')
    const take = takeOf(named('Alone').id, 2)
    const form = { [controls.shown]: [take], [controls.take]: [take] }
    await client.put(path).as(here.person).form(form)
    page = await here.preview(client, path)
    assert.include(page, 'Make 1 change')
    await here.confirm(client, path, page)
    assert.deepEqual(await links(), ['Alone < Second'])
  })

  test('goes back to the preview when somebody was quicker', async ({ assert, client }) => {
    const path = await bring(client, [[ref('Alone'), 'Waits for', ref('Second')]])
    const page = await here.preview(client, path)
    await wait('Second', 'Alone')
    const seen = /name="seen" value="([^"]+)"/.exec(page)![1]
    const done = await here.execute(client, path).form({ [controls.seen]: seen })
    assert.match(done.header('location')!, /\/edit$/)
    assert.include(await here.preview(client, path), 'already waits for it')
    assert.deepEqual(await links(), ['Second < Alone'])
  })

  test('undoing keeps what cannot go back, and says why', async ({ assert, client }) => {
    const { path } = await apply(client, [[ref('Part'), 'Part of', '']])
    await here.world.inside(
      () =>
        Task.add(here.project, {
          title: 'Sub',
          parentId: named('Part').id,
          assigneeId: here.person.membershipId,
        }),
      here.person
    )
    const page = await undo(client, path)
    assert.include(page, 'it has its own subtasks')
    const { parentId } = await here.world.inside(() => fresh(named('Part')))
    assert.isNull(parentId)
  })

  test('neither shows nor moves what depends on confidential tasks', async ({ assert, client }) => {
    const hidden = await here.world.inside(
      async () => {
        const secret = await RaidItem.raise(here.project, {
          type: 'risk',
          title: 'Secret',
          sensitivity: 'named_people',
        })
        const sponsor = await here.world.person('sponsor')
        const whole = await Task.add(here.project, {
          title: 'Hidden',
          raidItemId: secret.id,
          assigneeId: sponsor.membershipId,
        })
        await Task.add(here.project, {
          title: 'Seen part',
          parentId: whole.id,
          assigneeId: here.person.membershipId,
        })
        const alone = await fresh(named('Alone'))
        await TaskPredecessor.join(alone, whole)
        return whole
      },
      await here.world.person('owner')
    )
    const file = await exported(client, `/projects/${here.project.id}/${LIST}`, here.person)
    const lines = file.toString()
    assert.notInclude(lines, 'Hidden')
    assert.notInclude(lines, hidden.ref)
    const seen = /([A-Z0-9]+-T\d+),[^\n]*Seen part/.exec(lines)![1]
    const asked = await edited(file, 'csv', [
      [seen, 'Part of', ref('First')],
      [ref('Second'), 'Part of', hidden.ref],
      [ref('Alone'), 'Waits for', ref('First')],
    ])
    const path = await here.upload(client, asked, 'tasks.csv')
    const page = await here.preview(client, path)
    assert.include(page, 'It is part of a task that you cannot see')
    assert.include(page, `There is no ${hidden.ref} that you can see`)
    assert.notInclude(page, 'Hidden')
    await here.confirm(client, path, page)
    const all = await here.world.inside(() =>
      TaskPredecessor.query().where('task_id', named('Alone').id).exec()
    )
    assert.sameMembers(
      all.map(({ predecessorId }) => predecessorId),
      [hidden.id, named('First').id]
    )
  })

  test('a subtask answers what its task answers, and nothing else', async ({ assert, client }) => {
    const [guarded, other] = await here.world.inside(async () => {
      const raise = (title: string) => RaidItem.raise(here.project, { type: 'risk', title })
      const give = async (title: string) =>
        Task.add(here.project, {
          title,
          raidItemId: (await raise(title)).id,
          assigneeId: here.person.membershipId,
        })
      return [await give('Guarded'), await give('Other')] as const
    }, here.person)
    const before = await here.tasksNow()
    const path = await bring(client, [
      [ref('Alone'), 'Part of', guarded.ref],
      [other.ref, 'Part of', guarded.ref],
    ])
    const page = await here.preview(client, path)
    assert.include(page, `${guarded.ref} answers a different entry`)
    assert.include(page, `Answers the same entry as ${guarded.ref}`)
    await here.confirm(client, path, page)
    const moved = await here.world.inside(() => fresh(named('Alone')))
    assert.deepInclude(moved.$attributes, {
      parentId: guarded.id,
      raidItemId: guarded.raidItemId,
      sourceKind: 'raid_item',
    })
    await undo(client, path)
    assert.deepEqual(differences(before, await here.tasksNow()), [])
  })

  test('adds new rows under tasks of the project, and lets them wait for such', async ({
    assert,
    client,
  }) => {
    const file = await exported(client, `/projects/${here.project.id}/${LIST}`, here.person)
    const [head] = file.toString().split(/\r?\n/)
    const headers = head.replace(/^\uFEFF/, '').split(',')
    const line = (cells: Record<string, string>) =>
      headers.map((header) => cells[header] ?? '').join(',')
    const lines = [
      line({ 'Title': 'New part', 'Part of': ref('Second'), 'Waits for': ref('Alone') }),
      line({ 'Title': 'Too deep', 'Part of': ref('Part') }),
      line({ 'Title': 'Nowhere', 'Part of': 'T999', 'Waits for': 'T998' }),
    ]
    const path = await here.upload(client, [file.toString().trim(), ...lines].join('\r\n'), 't.csv')
    const page = await here.preview(client, path)
    for (const words of [
      `Becomes a subtask of ${ref('Second')}`,
      `Waits for ${ref('Alone')}`,
      `${ref('Part')} is itself a subtask`,
      'Is under T999, which does not become a task',
      'Does not wait for T998',
    ]) {
      assert.include(page, words)
    }
    await here.execute(client, path).form({ [controls.seen]: '' })
    const added = (await here.tasksNow()).slice(4)
    assert.sameDeepMembers(
      added.map(({ title, parentId }) => [title, parentId]),
      [
        ['New part', named('Second').id],
        ['Too deep', null],
        ['Nowhere', null],
      ]
    )
    const joined = await here.world.inside(() => TaskPredecessor.query().exec())
    assert.deepEqual(
      joined.map(({ predecessorId }) => predecessorId),
      [named('Alone').id]
    )
  })

  test('is refused to whoever may not import', async ({ assert, client }) => {
    const path = await bring(client, [[ref('Alone'), 'Part of', ref('Second')]])
    const elsewhere = await Reimporting.begin()
    for (const [person, status] of [
      [await here.world.person('team'), 403],
      [await here.world.person('viewer'), 403],
      [await here.world.person('stranger'), 404],
      [elsewhere.person, 404],
    ] as const) {
      const answer = await client.post(`${path}/execution`).as(person)
      assert.equal(answer.status(), status)
    }
    assert.lengthOf(refs, 4)
    assert.isNull((await here.world.inside(() => fresh(named('Alone')))).parentId)
  })
})
