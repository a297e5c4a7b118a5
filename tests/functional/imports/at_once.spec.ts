import type { ApiClient, ApiRequest, ApiResponse } from '@japa/api-client'
import { test } from '@japa/runner'
import Gate from '#models/gate'
import GateCriterion from '#models/gate_criterion'
import Import from '#models/import'
import ImportMapping from '#models/import_mapping'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Importing, keepMapping } from '#tests/support/imports'
import { sendWhileAtWork } from '#tests/support/waiting'

const MOST_MAPPINGS = 200

type Brought = { path: string; task: Task; other: Task }

/** What people hang on what an import brought, and where they send it. */
const ADDITIONS: Record<string, (client: ApiClient, brought: Brought) => ApiRequest> = {
  file: (client, { task }) =>
    client.post(`${pageOf(task)}/attachments`).file('file', Buffer.from('Hired'), {
      filename: 'barge.txt',
    }),
  comment: (client, { task }) => client.post(`${pageOf(task)}/comments`).form({ body: 'Seen' }),
  step: (client, { task }) =>
    client.post(`${pageOf(task)}/checklist`).form({ text: 'Hire a barge' }),
  predecessor: (client, { task, other }) =>
    client.post(`${pageOf(task)}/predecessors`).form({ ref: `T${other.number}` }),
}

type Entry = { item: RaidItem; other: RaidItem; criterion: GateCriterion; assignee: string }

/** The same for an entry. */
const ADDED_TO_ENTRIES: Record<string, (client: ApiClient, brought: Entry) => ApiRequest> = {
  comment: (client, { item }) => client.post(`${entryPage(item)}/comments`).form({ body: 'Seen' }),
  link: (client, { item, other }) =>
    client.post(`${entryPage(item)}/links`).form({ ref: `R${other.number}`, kind: 'relates_to' }),
  escalation: (client, { item }) =>
    client
      .post(`${entryPage(item)}/escalations`)
      .form({ level: 'organisation', reason: 'None left', ask: 'A rig', lock_version: 1 }),
  task: (client, { item, assignee }) =>
    client
      .post(`/projects/${item.projectId}/tasks`)
      .form({ title: 'Hire another', assignee, priority: 'medium', raid_item_id: item.id }),
  evidence: (client, { item, criterion }) =>
    client
      .post(
        `/projects/${item.projectId}/gates/${criterion.gateId}/criteria/${criterion.id}/evidence`
      )
      .form({ kind: 'record', record: `R${item.number}` }),
}

const entryPage = ({ id, projectId }: RaidItem) => `/projects/${projectId}/raid/${id}`

const pageOf = ({ id, projectId }: Task) => `/projects/${projectId}/tasks/${id}`

test.group('Imports: two at once', (group) => {
  let here: Importing
  group.each.setup(async () => {
    here = await Importing.begin()
  })

  test('keep no more mappings than may be kept', async ({ assert, client }) => {
    const { id } = await keepMapping(here.world, here.person)
    const mapping = await here.world.inside(() => ImportMapping.findOrFail(id))
    await here.world.inside(async () => {
      for (let number = 2; number < MOST_MAPPINGS; number++) {
        const { columns, createdBy, shape, type } = mapping
        const name = `Mapping ${number}`
        await ImportMapping.create({ columns, createdBy, shape, type, name, lockVersion: 1 })
      }
    }, here.person)
    const path = await here.upload(client)
    const answers = await Promise.all(
      ['One more', 'Another', 'And another'].map((name) =>
        client.post(`${path}/mappings`).as(here.person).form({ name, table: 'risks!1' })
      )
    )
    const kept = answers.filter((answer) => answer.header('location') === `${path}/edit`)
    assert.lengthOf(kept, 1)
    const [{ count }] = await sql(
      admin(),
      'select count(*)::int as count from import_mappings where organisation_id = ?',
      [here.world.organisationId]
    )
    assert.equal(count, MOST_MAPPINGS)
  })

  for (const [what, add] of Object.entries(ADDITIONS)) {
    test(`an import being undone accepts no ${what} any more`, async ({ assert, client }) => {
      const brought = await bring(client)
      const answer = await whileUndone(brought.path, () => add(client, brought).as(here.person))
      answer.assertStatus(404)
      assert.deepEqual(await titles(), ['Own'])
    })

    test(`an entry that a ${what} was added to is kept`, async ({ assert, client }) => {
      const brought = await bring(client)
      const answer = await add(client, brought).as(here.person)
      answer.assertStatus(303)
      await client.post(`${brought.path}/reversal`).as(here.person)
      assert.deepEqual(await titles(), ['Grease the gate', 'Own'])
    })
  }

  for (const [what, add] of Object.entries(ADDED_TO_ENTRIES)) {
    test(`an entry being undone accepts no ${what} any more`, async ({ client }) => {
      const other = await here.world.inside(
        () => RaidItem.raise(here.project, { type: 'risk', title: 'Own' }),
        here.person
      )
      const criterion = await here.world.inside(async () => {
        const [gate] = await Gate.of(here.project)
        const [first] = await GateCriterion.of(gate)
        return first
      })
      const path = await here.upload(client, 'Risk,Status\nLate crane,Open')
      await here.execute(client, path)
      const item = await here.world.inside(() =>
        RaidItem.query().where('title', 'Late crane').firstOrFail()
      )
      const answer = await whileUndone(path, () =>
        add(client, { item, other, criterion, assignee: here.person.membershipId }).as(here.person)
      )
      answer.assertStatus(404)
    })
  }

  async function bring(client: ApiClient): Promise<Brought> {
    const path = await here.upload(client, 'ID,Task\n1,Grease the gate', 'tasks.csv')
    const done = await here.execute(client, path)
    done.assertHeader('location', path)
    const task = await here.world.inside(() => Task.query().firstOrFail())
    const own = { title: 'Own', assigneeId: here.person.membershipId }
    const other = await here.world.inside(() => Task.add(here.project, own), here.person)
    return { path, task, other }
  }

  /** Undoes an import, and has something sent before the undoing is committed, which waits for it. */
  async function whileUndone(path: string, send: () => ApiRequest) {
    const { answer } = await here.world.inside(async () => {
      const done = await Import.findOrFail(path.split('/').at(-1))
      await done.lockRow()
      await done.reverse(here.project, { viewer: await here.world.viewer(here.person) })
      return sendWhileAtWork<ApiResponse>(send)
    }, here.person)
    return answer
  }

  async function titles() {
    const tasks = await here.world.inside(() => Task.query().orderBy('title').exec())
    return tasks.map(({ title }) => title)
  }
})
