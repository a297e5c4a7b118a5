import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { projectList } from '#exports/lists/projects'
import { readWorkbook } from '#imports/index'
import GateCondition from '#models/gate_condition'
import Project from '#models/project'
import { readProjectFilters } from '#models/project/list'
import RaidItem from '#models/raid_item'
import { quietly } from '#tests/support/admin'
import { bytesOf } from '#tests/support/binary'
import { eventsOf } from '#tests/support/imports'
import { populated } from '#tests/support/populated'
import { addTasks } from '#tests/support/populated/tasks'
import { World, type Person } from '#tests/support/world'

const IN_PROJECT = ['raid', 'tasks', 'gates', 'conditions', 'reports']
const ACROSS = ['projects', 'portfolio', 'raid', 'tasks', 'reports']

async function inEachFormat(client: ApiClient, path: string, person: Person) {
  const csv = await client.get(`${path}.csv`).as(person)
  const json = await client.get(`${path}.json`).as(person)
  const request = client.get(`${path}.xlsx`).as(person)
  request.request.buffer(true).parse(bytesOf)
  const xlsx = await request
  for (const response of [csv, json, xlsx]) response.assertStatus(200)
  return {
    csv: csv.text(),
    json: json.body() as Record<string, unknown>[],
    xlsx: xlsx.body() as unknown as Buffer,
  }
}

/** The conditions of the populated organisation are those of the project whose gate was decided. */
async function pathOf(list: string, world: World, { id }: { id: string }) {
  if (list !== 'conditions') return `/projects/${id}/${list}`
  const { projectId } = await world.inside(() => GateCondition.firstOrFail())
  return `/projects/${projectId}/${list}`
}

test.group('Exports of lists', () => {
  test('hold the same rows in every format', async ({ assert, client }) => {
    const { world, project } = await populated()
    const pmo = await world.person('pmo')
    for (const list of IN_PROJECT) {
      const found = await inEachFormat(client, await pathOf(list, world, project), pmo)
      assert.isNotEmpty(found.json, list)
      const [sheet] = readWorkbook(found.xlsx, 'list.xlsx').sheets
      assert.lengthOf(sheet.rows, found.json.length + 1, list)
      const first = String(found.json[0].ref)
      assert.include(found.csv, first)
      assert.equal(sheet.rows[1].cells.get(0)?.text, first)
    }
  })

  test('hold across projects what the person may see', async ({ assert, client }) => {
    const world = await World.create()
    const project = await world.project()
    const stranger = await world.person('stranger')
    await world.inside(() =>
      RaidItem.raise(project, { type: 'risk', nature: 'threat', title: 'A' })
    )
    await world.inside(() => addTasks(world, project))
    for (const list of ACROSS) {
      const seen = await inEachFormat(client, `/${list}`, await world.person('pmo'))
      assert.include(JSON.stringify(seen.json), project.code, list)
      assert.deepEqual((await inEachFormat(client, `/${list}`, stranger)).json, [], list)
    }
  })

  test('follow the filters of the page', async ({ assert, client }) => {
    const world = await World.create()
    const project = await world.project()
    const person = await world.person('manager')
    await world.inside(async () => {
      for (const title of ['Flood', 'Fire']) {
        await RaidItem.raise(project, { type: 'risk', nature: 'threat', title })
      }
    }, person)
    const response = await client.get(`/projects/${project.id}/raid.json?q=flood`).as(person)
    assert.deepEqual(
      response.body().map(({ ref, title, status }: any) => ({ ref, title, status })),
      [{ ref: `${project.code}-R1`, title: 'Flood', status: 'open' }]
    )
  })

  test('end where the rows to come have left the list, and do not begin again', async ({
    assert,
  }) => {
    const world = await World.create()
    const { userId } = await world.person('owner')
    await world.inside(async () => {
      for (let number = 101; number <= 151; number++)
        await Project.begin({ code: `B${number}`, name: 'Berth' })
    })
    const reader = { organisationId: world.organisationId, userId, requestId: null }
    const { batches } = projectList(reader, readProjectFilters({ q: 'Berth' }))
    const seen: string[] = []
    for await (const rows of batches) {
      seen.push(...rows.map(({ code }) => code))
      await quietly(
        `update projects set name = 'Quay' where code = 'B151' and organisation_id = ?`,
        [world.organisationId]
      )
    }
    assert.lengthOf(seen, 50)
  })

  test('are told in the trail: which list, in which format, by whom', async ({
    assert,
    client,
  }) => {
    const world = await World.create()
    const project = await world.project()
    const person = await world.person('viewer')
    await client.get(`/projects/${project.id}/tasks.xlsx?q=secret`).as(person)
    const [event] = await eventsOf(world, 'export.taken')
    assert.deepEqual(event.facts, { ref: project.code, kind: 'task', format: 'xlsx' })
    assert.equal(event.entity_id, project.id)
    assert.notInclude(JSON.stringify(event), 'secret')
  })

  test('are named for what they hold', async ({ assert, client }) => {
    const world = await World.create()
    const project = await world.project()
    const response = await client
      .get(`/projects/${project.id}/gates.xlsx`)
      .as(await world.person('viewer'))
    assert.match(
      response.header('content-disposition')!,
      new RegExp(`^attachment; filename="${project.code}-gates-\\d{4}-\\d\\d-\\d\\d\\.xlsx"$`)
    )
  })

  test('of members are refused to those who may not read the members', async ({
    assert,
    client,
  }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    const { json } = await inEachFormat(client, '/members', owner)
    assert.include(
      json.map(({ email }) => email),
      owner.email
    )
    for (const format of ['csv', 'xlsx', 'json']) {
      const refused = await client.get(`/members.${format}`).as(await world.person('pmo'))
      refused.assertStatus(403)
    }
    assert.lengthOf(await eventsOf(world, 'export.taken'), 3)
  })

  test('of a project are not found by those who cannot see it', async ({ client }) => {
    const world = await World.create()
    const project = await world.project()
    const other = await World.create()
    for (const list of IN_PROJECT) {
      for (const person of [await world.person('stranger'), await other.person('owner')]) {
        const response = await client.get(`/projects/${project.id}/${list}.json`).as(person)
        response.assertStatus(404)
      }
    }
  })

  test('are offered on each list by one menu', async ({ assert, client }) => {
    const { world, project } = await populated()
    const pmo = await world.person('pmo')
    const pages = [
      ...(await Promise.all(IN_PROJECT.map((list) => pathOf(list, world, project)))),
      ...ACROSS.map((list) => `/${list}`),
    ]
    for (const page of pages) {
      const html = (await client.get(page).as(pmo)).text()
      for (const format of ['csv', 'xlsx', 'json']) {
        assert.isTrue(html.includes(`href="${page}.${format}`), `${page}.${format}`)
      }
    }
  })
})
