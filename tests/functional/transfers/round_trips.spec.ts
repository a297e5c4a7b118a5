import { test } from '@japa/runner'
import Comment from '#models/comment'
import type Project from '#models/project'
import ProjectImport from '#models/project_import'
import ProjectMember from '#models/project_member'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { IDS } from '#models/ids'
import { eventsOf } from '#tests/support/imports'
import { populated } from '#tests/support/populated'
import { archiveOf, forged, restore } from '#tests/support/transfers'
import { Table } from '#tests/support/table'
import { unzip } from '#tests/support/unzip'
import { register, World, type Person } from '#tests/support/world'

/** The link of a task to a report or condition, which come as history, is told in the task’s words. */
const FROM_ELSEWHERE =
  /"source_kind":"(report|none|gate_condition)",|"description":(null|"Followed from what was decided or reported elsewhere."),|,"gate_condition_id":[^,}]*|,"status_report_id":[^,}]*/g

/** The project has another code and creator, who is named, as is the project that was sealed. */
const OWN_TO_EACH = ['data/project.json', 'data/names.json']

/** Texts that were hashed where they were sealed: no id in them is changed. */
const SEALED = /"(body|pack|record)":"(?:[^"\\]|\\.)*"/g

/** Ids in the order in which they are met, so that two archives can be held against each other. */
function withoutIds(archive: Buffer, codes: RegExp) {
  const known = new Map<string, string>()
  const plain = (text: string) =>
    text
      .replaceAll(FROM_ELSEWHERE, '')
      .replaceAll(SEALED, (sealed) => sealed.replaceAll(IDS, '#'))
      .replaceAll(IDS, (id) => {
        if (!known.has(id)) known.set(id, `#${known.size}`)
        return known.get(id)!
      })
      .replaceAll(codes, 'CODE')
      .replaceAll(/"updated_at":"[^"]*"/g, '"updated_at":""')
  return Object.fromEntries(
    [...unzip(archive)]
      .filter(([path]) => /^(data|history)\//.test(path) && !OWN_TO_EACH.includes(path))
      .map(([path, bytes]) => [path, plain(bytes.toString())])
  )
}

test.group('A project that goes and comes back', (group) => {
  let world: World
  let project: Project
  let owner: Person

  group.setup(async () => {
    const found = await populated()
    world = found.world
    project = found.project
    owner = await world.person('owner')
  })

  test('is the same, except for its ids', async ({ assert, client }) => {
    const before = await archiveOf(client, owner, project.id)
    const { row } = await restore(client, world, owner, before, 'BACK1')
    assert.equal(row.problem, null)
    assert.deepEqual(row.outcome!.left, {})
    const after = await archiveOf(client, owner, row.projectId!)
    const codes = new RegExp(`${project.code}|BACK1`, 'g')
    const [one, other] = [withoutIds(before, codes), withoutIds(after, codes)]
    for (const [path, text] of Object.entries(one)) assert.equal(other[path], text, path)
    assert.sameMembers(Object.keys(other), Object.keys(one))
  })

  test('brings its files along, as they were', async ({ assert, client }) => {
    const filesIn = (archive: Buffer) =>
      [...unzip(archive)]
        .filter(([path]) => /^(evidence|attachments)\//.test(path))
        .map(([path, bytes]) => [path.split('/')[0], bytes.toString()])
    const before = await archiveOf(client, owner, project.id)
    const { row } = await restore(client, world, owner, before, 'FILED')
    const after = await archiveOf(client, owner, row.projectId!)
    assert.deepEqual(filesIn(before), [
      ['evidence', 'All agreed.'],
      ['attachments', 'Hired for May.'],
    ])
    assert.deepEqual(filesIn(after), filesIn(before))
  })

  test('keeps numbers, and goes on counting', async ({ assert, client }) => {
    const archive = await archiveOf(client, owner, project.id)
    const { row } = await restore(client, world, owner, archive, 'BACK2')
    const [theirs, ours] = await world.inside(async () => [
      await RaidItem.query().where('project_id', project.id).orderBy('number'),
      await RaidItem.query().where('project_id', row.projectId!).orderBy('number'),
    ])
    assert.deepEqual(
      ours.map(({ number, title, status }) => [number, title, status]),
      theirs.map(({ number, title, status }) => [number, title, status])
    )
    const page = await client.get(`/projects/${row.projectId}/raid`).as(owner)
    page.assertTextIncludes('BACK2-R1')
  })

  test('is recorded record by record', async ({ assert, client }) => {
    const archive = await archiveOf(client, owner, project.id)
    assert.isNotEmpty(await eventsOf(world, 'project.exported'))
    const { row } = await restore(client, world, owner, archive, 'BACK3')
    const items = await world.inside(() =>
      RaidItem.query().where('project_id', row.projectId!).exec()
    )
    const told = await eventsOf(world, 'raid_item.created')
    for (const { id } of items) assert.isTrue(told.some(({ entity_id: of }) => of === id))
    const [done] = (await eventsOf(world, 'project_import.completed')).slice(-1)
    assert.deepEqual(done.facts, { ref: 'BACK3', status: 'done' })
  })

  test('says what was imported, and shows it on every page', async ({ client }) => {
    const archive = await archiveOf(client, owner, project.id)
    const { path, row } = await restore(client, world, owner, archive, 'BACK4')
    const page = await client.get(path).as(owner)
    for (const words of ['BACK4 was imported', 'Imported', 'RAID entries'])
      page.assertTextIncludes(words)
    for (const part of [
      '',
      '/raid',
      '/tasks',
      '/gates',
      '/reports',
      '/health',
      '/origin',
      '/audit',
    ]) {
      const shown = await client.get(`/projects/${row.projectId}${part}`).as(owner)
      shown.assertStatus(200)
    }
  })

  test('comes to another organisation with its people as names', async ({ assert, client }) => {
    const archive = await archiveOf(client, owner, project.id)
    const other = await World.create()
    const pmo = await other.person('pmo')
    const { path, row } = await restore(client, other, pmo, archive, 'MOVED')
    assert.equal(row.problem, null)
    assert.isNotEmpty(row.outcome!.unknown)
    const tasks = await other.inside(() => Task.query().where('project_id', row.projectId!).exec())
    for (const task of tasks) {
      assert.equal(task.assigneeId, pmo.membershipId)
      assert.isNotNull(task.assigneeLabel)
    }
    const comments = await other.inside(() => Comment.query().exec())
    for (const { body } of comments) assert.include(body, 'elsewhere')
    const page = await client.get(path).as(pmo)
    page.assertTextIncludes('People who are not members')
  })

  test('shortens a long comment of someone unknown between letters', async ({ assert, client }) => {
    const fresh = await World.create()
    const own = await fresh.project()
    const manager = await fresh.person('manager')
    await fresh.inside(async () => {
      const risk = await RaidItem.raise(own, { type: 'risk', nature: 'threat', title: 'Swell' })
      // Wherever the text is cut, it is inside a letter in one of the two.
      for (const body of ['🌊'.repeat(5000), `x${'🌊'.repeat(4999)}`]) {
        await Comment.create({ raidItemId: risk.id, authorId: manager.membershipId, body })
      }
    }, manager)
    const archive = await archiveOf(client, manager, own.id)
    const other = await World.create()
    const { row } = await restore(client, other, await other.person('pmo'), archive, 'SWELL')
    assert.isNull(row.problem)
    const comments = await other.inside(() => Comment.query().exec())
    assert.lengthOf(comments, 2)
    for (const { body } of comments) assert.match(body, /🌊…$/u)
  })

  test('brings decisions as history that nobody here decided', async ({ assert, client }) => {
    const decided = await world.inside(async () => {
      const { default: GateDecision } = await import('#models/gate_decision')
      return GateDecision.query().firstOrFail()
    })
    const archive = await archiveOf(client, owner, decided.projectId)
    const { row } = await restore(client, world, owner, archive, 'BACK5')
    assert.equal(row.problem, null)
    const { default: GateDecision } = await import('#models/gate_decision')
    const here = await world.inside(() =>
      GateDecision.query().where('project_id', row.projectId!).exec()
    )
    assert.lengthOf(here, 0)
    const history = await client.get(`/projects/${row.projectId}/origin`).as(owner)
    for (const words of ['Decisions on gates', decided.rationale, 'are not sealed here']) {
      history.assertTextIncludes(words)
    }
    const again = unzip(await archiveOf(client, owner, row.projectId!))
    assert.include(again.get('history/gate_decisions.json')!.toString(), decided.recordSha256)
    const gates = await client.get(`/projects/${row.projectId}/gates`).as(owner)
    gates.assertStatus(200)
  })

  test('tells earlier history in words, also what nothing here is called', async ({
    assert,
    client,
  }) => {
    const at = '2026-05-01T09:00:00Z'
    const archive = await forged(await archiveOf(client, owner, project.id), {
      'history/project_ratings.json': () =>
        JSON.stringify([
          { dimension: 'overall', rating: 'not_rated', declared_at: at },
          { dimension: 'constructor', rating: 'mauve', declared_at: at },
        ]),
      'history/delivery_confidences.json': () => JSON.stringify([{ rating: 'red', given_at: at }]),
      'history/gate_conditions.json': () =>
        JSON.stringify([{ number: 7, state: 'claimed', text: 'Permit granted' }]),
    })
    const { row } = await restore(client, world, owner, archive, 'WORDS')
    assert.isNull(row.problem)
    const page = (await client.get(`/projects/${row.projectId}/origin`).as(owner)).text()
    for (const words of ['Overall: Not rated', 'constructor: mauve', '>Red<']) {
      assert.include(page, words)
    }
    assert.match(page, /\(Claimed[^)]*\): Permit granted/)
  })

  test('is imported by those who may create projects, and seen by whoever imports it', async ({
    client,
  }) => {
    const archive = await archiveOf(client, owner, project.id)
    const refused = await client
      .post('/project-imports')
      .as(await world.person('manager'))
      .file('file', archive, { filename: 'project.zip' })
    refused.assertStatus(403)
    const { path } = await restore(client, world, owner, archive, 'BACK6')
    const foreign = await World.create()
    for (const person of [await world.person('pmo'), await foreign.person('owner')]) {
      const response = await client.get(path).as(person)
      response.assertStatus(404)
    }
  })

  test('is exported by those who lead it', async ({ client }) => {
    for (const role of ['manager', 'pmo', 'admin'] as const) {
      await archiveOf(client, await world.person(role), project.id)
    }
    for (const role of ['team', 'viewer', 'sponsor', 'auditor'] as const) {
      const response = await client
        .get(`/projects/${project.id}/archive`)
        .as(await world.person(role))
      response.assertStatus(403)
    }
  })

  test('leaves out what is kept to named people, and says how much', async ({ assert, client }) => {
    const fresh = await World.create()
    const own = await fresh.project()
    const manager = await fresh.person('manager')
    await fresh.inside(async () => {
      await RaidItem.raise(own, { type: 'risk', nature: 'threat', title: 'Open to all' })
    }, manager)
    const sponsor = await fresh.person('sponsor')
    await fresh.inside(async () => {
      const secret = await RaidItem.raise(own, { type: 'risk', nature: 'threat', title: 'Hush' })
      await secret.merge({ sensitivity: 'named_people' }).save()
    }, sponsor)
    const files = unzip(await archiveOf(client, manager, own.id))
    assert.notInclude(files.get('data/raid_items.json')!.toString(), 'Hush')
    assert.equal(JSON.parse(files.get('manifest.json')!.toString()).withheld, 1)
  })

  test('withholds a part of a pack once an entry in it is kept from the exporter', async ({
    assert,
    client,
  }) => {
    const table = await Table.create()
    const item = await table.raise('risk')
    await table.open({ chair: 'chair', one: 'decider' })
    const bodies = async () => {
      const archive = await archiveOf(client, table.people.manager, table.project.id)
      const sections = JSON.parse(
        unzip(archive).get('history/gate_pack_sections.json')!.toString()
      ) as { name: string; sha256: string; body: string | null }[]
      return new Map(sections.map(({ name, sha256, body }) => [name, { sha256, body }]))
    }
    const before = await bodies()
    assert.include(before.get('raid')!.body!, item.title)
    await table.quietly(
      `update raid_items set sensitivity = 'named_people', created_by = ?, owner_id = null where id = ?`,
      [table.people.sponsor.membershipId, item.id]
    )
    const after = await bodies()
    assert.deepEqual(after.get('raid'), { sha256: before.get('raid')!.sha256, body: null })
    assert.deepEqual([...after].filter(([, { body }]) => body === null).length, 1)
  })

  test('says nothing of another project that the exporter may not see', async ({
    assert,
    client,
  }) => {
    const fresh = await World.create()
    const own = await fresh.project()
    const leader = await fresh.join(await register('other'))
    const other = await fresh.project({
      name: 'Closed harbour',
      visibility: 'members',
      managerId: leader.membershipId,
      sponsorId: leader.membershipId,
    })
    await fresh.inside(async () => {
      for (const role of await ProjectMember.query().where('project_id', other.id)) {
        await role.delete()
      }
    })
    await fresh.inside(() =>
      RaidItem.raise(own, {
        type: 'dependency',
        title: 'A pump on loan',
        direction: 'inbound',
        counterpartKind: 'project',
        counterpartProjectId: other.id,
      })
    )
    const archived = async (role: 'manager' | 'pmo') => {
      const files = unzip(await archiveOf(client, await fresh.person(role), own.id))
      return [...files.values()].map(String).join()
    }
    assert.include(await archived('pmo'), 'Closed harbour')
    const theirs = await archived('manager')
    assert.include(theirs, 'A pump on loan')
    assert.notInclude(theirs, 'Closed harbour')
    assert.notInclude(theirs, other.id)
  })

  test('takes the code that is given, unless another project has it', async ({ client }) => {
    const archive = await archiveOf(client, owner, project.id)
    for (const code of [project.code, 'no code']) {
      const response = await client
        .post('/project-imports')
        .as(owner)
        .file('file', archive, { filename: 'project.zip' })
        .field('code', code)
        .header('referer', '/project-imports/create')
        .redirects(0)
      response.assertStatus(303)
      response.assertHeader('location', '/project-imports/create')
    }
  })

  test('deletes the archive afterwards', async ({ assert, client }) => {
    const archive = await archiveOf(client, owner, project.id)
    const { row } = await restore(client, world, owner, archive, 'BACK7')
    assert.isNull(await world.inside(() => row.bytes()))
    assert.instanceOf(row, ProjectImport)
  })
})
