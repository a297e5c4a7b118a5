import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { parse } from 'csv-parse/sync'
import { raidColumns } from '#exports/lists/raid'
import { taskColumns } from '#exports/lists/tasks'
import { fieldsOf } from '#models/raid/fields'
import { statuses, statusLabel, types, type RaidType } from '#models/raid/enumerations'
import { isSettled } from '#models/raid/transitions'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { exported, type Edit } from '#tests/support/own_exports'
import { Reimporting } from '#tests/support/reimports'
import type { Person } from '#tests/support/world'

/** What says which record a row is, and in which version. */
const IDENTITY = ['Ref', 'Version']

/** What follows from other columns, or changes on a page of its own. */
const READ_ONLY: Record<RaidType | 'task', string[]> = {
  risk: ['Project', 'Programme', 'Current score', 'Band'],
  assumption: ['Project', 'Programme'],
  issue: ['Project', 'Programme', 'Priority'],
  dependency: [
    'Project',
    'Programme',
    'Counterpart project',
    'Counterpart person',
    'Answer of the project',
    'Answer of the counterpart',
  ],
  decision: ['Project', 'Programme'],
  task: ['Project', 'Programme', 'Assignee in the file', 'Follows from'],
}

/** What goes together with the status, and so into a file of its own. */
const CLOSING = ['Closed on', 'Completed']

test.group('Importing again every column', (group) => {
  let here: Reimporting
  let other: Person

  group.each.setup(async () => {
    here = await Reimporting.begin()
    other = await here.world.person('team')
  })

  const rowOf = async (client: ApiClient, list: string, ref: string) => {
    const file = await exported(client, `/projects/${here.project.id}/${list}`, here.person)
    const rows: Record<string, string>[] = parse(file.toString().replace(/^\uFEFF/, ''), {
      columns: true,
    })
    return rows.find((row) => row.Ref === ref)!
  }

  /** Another value for each column of an entry, as people would write it. */
  const editsOf = (item: RaidItem): Record<string, string> => {
    const following = Object.keys(statuses[item.type]).filter(
      (one) => one !== item.status && item.mayBecome(one)
    )
    const next = following.find((one) => !isSettled(item.type, one)) ?? following[0]
    const written = fieldsOf(item.type)
      .filter(({ kind }) => kind !== 'people' && kind !== 'project')
      .map((field) => [field.label, valueFor(field)])
    return { ...Object.fromEntries(written), Status: statusLabel(item.type, next), ...FITTING }
  }

  const valueFor = ({ choices, kind, label }: ReturnType<typeof fieldsOf>[number]) => {
    if (kind === 'date') return '2027-06-07'
    if (kind === 'scale') return '4'
    if (kind === 'choice') return Object.values(choices!).at(-1)!
    if (kind === 'person' || kind === 'assignee') return other.name
    return `${label}, said anew`
  }

  /** An opportunity is met otherwise than a threat. */
  const FITTING = { Response: 'Share' }

  for (const type of Object.keys(types) as RaidType[]) {
    test(`of a ${type}: each comes back changed, or is told to be read only`, async ({
      assert,
      client,
    }) => {
      const item = await here.world.inside(async () => {
        const raised = await RaidItem.raise(here.project, { type, title: 'Before' })
        return raised.refersTo(here.project)
      }, here.person)
      const list = `raid.csv?type=${type}`
      const headers = await here.world.inside(async () =>
        raidColumns(type).map(({ header }) => header)
      )
      const edits = await here.world.inside(async () => editsOf(item))
      const known = [...IDENTITY, ...READ_ONLY[type], ...CLOSING, ...Object.keys(edits)]
      assert.includeMembers(known, headers)
      const changed = headers.filter(
        (header) => ![...IDENTITY, ...READ_ONLY[type], ...CLOSING].includes(header)
      )

      const path = await here.bringBack(
        client,
        list,
        'csv',
        changed.map((header): Edit => [item.ref, header, edits[header]])
      )
      const page = await here.preview(client, path)
      assert.include(page, '1 record will be changed')
      await here.confirm(client, path, page)
      const now = await rowOf(client, list, item.ref)
      for (const header of changed) assert.equal(now[header], edits[header], header)

      const vain = await here.bringBack(
        client,
        list,
        'csv',
        READ_ONLY[type].map((header): Edit => [item.ref, header, 'Something else'])
      )
      assert.include(await here.preview(client, vain), 'No records will be changed')
    })

    test(`of a ${type}: it closes on the day that the file says`, async ({ assert, client }) => {
      const item = await here.world.inside(async () => {
        const raised = await RaidItem.raise(here.project, { type, title: 'Before' })
        return raised.refersTo(here.project)
      }, here.person)
      const list = `raid.csv?type=${type}`
      for (let step = 0; step < 4; step++) {
        const present = await here.world.inside(async () =>
          (await RaidItem.findOrFail(item.id)).refersTo(here.project)
        )
        if (isSettled(type, present.status)) break
        const next = await here.world.inside(async () => ahead(present))
        const label = statusLabel(type, next)
        const edits: Edit[] = [[item.ref, 'Status', label]]
        if (isSettled(type, next)) edits.push([item.ref, 'Closed on', '2026-02-03'])
        const path = await here.bringBack(client, list, 'csv', edits)
        await here.confirm(client, path, await here.preview(client, path))
      }
      assert.equal((await rowOf(client, list, item.ref))['Closed on'], '2026-02-03')
    })
  }

  /** The next status on the way to an end that a file may bring about. */
  const ahead = (item: RaidItem) => {
    const open = Object.keys(statuses[item.type]).filter(
      (one) =>
        one !== item.status &&
        item.mayBecome(one) &&
        !['realised', 'invalidated', 'rejected'].includes(one)
    )
    return open.find((one) => isSettled(item.type, one)) ?? open[0]
  }

  test('of a task: each comes back changed, or is told to be read only', async ({
    assert,
    client,
  }) => {
    const [task, whole] = await here.world.inside(async () => {
      const give = async (title: string) =>
        (await Task.add(here.project, { title, assigneeId: here.person.membershipId })).refersTo(
          here.project
        )
      return [await give('Before'), await give('Whole'), await give('Earlier')]
    }, here.person)
    const edits: Record<string, string> = {
      'Title': 'Said anew',
      'Description': 'Told anew',
      'Status': 'Blocked',
      'Held up by': 'No boat',
      'Priority': 'Critical',
      'Assignee': other.name,
      'Start': '2027-06-07',
      'Due': '2027-06-08',
      'Part of': whole.ref,
      'Waits for': `${here.project.code}-T3`,
    }
    const headers = taskColumns.map(({ header }) => header)
    assert.sameMembers(headers, [
      ...IDENTITY,
      ...READ_ONLY.task,
      ...Object.keys(edits),
      'Completed',
    ])
    const list = 'tasks.csv?status=all'
    const path = await here.bringBack(
      client,
      list,
      'csv',
      Object.entries(edits).map(([header, value]): Edit => [task.ref, header, value])
    )
    const page = await here.preview(client, path)
    await here.confirm(client, path, page)
    let now = await rowOf(client, list, task.ref)
    for (const [header, value] of Object.entries(edits)) assert.equal(now[header], value, header)
    const vain = await here.bringBack(
      client,
      list,
      'csv',
      READ_ONLY.task.map((header): Edit => [task.ref, header, 'Something else'])
    )
    assert.include(await here.preview(client, vain), 'No records will be changed')
    const done = await here.bringBack(client, list, 'csv', [
      [task.ref, 'Status', 'Done'],
      [task.ref, 'Held up by', ''],
      [task.ref, 'Completed', '2026-02-03'],
    ])
    await here.confirm(client, done, await here.preview(client, done))
    now = await rowOf(client, list, task.ref)
    assert.deepEqual([now.Status, now.Completed], ['Done', '2026-02-03'])
  })

  test('is told in the guide where it is read only', async ({ assert }) => {
    const guide = (await readFile('resources/help/connections.md', 'utf-8')).replace(/\s+/g, ' ')
    for (const header of new Set(Object.values(READ_ONLY).flat())) {
      assert.include(guide, `“${header}”`)
    }
  })
})
