import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { deskFor } from '#tests/support/assistant'
import { inDays } from '#tests/support/table'
import { Walk } from '#tests/support/walk'
import { World, type Person } from '#tests/support/world'

test.group('Assistant: what changed', (group) => {
  const desk = deskFor(group)
  let risk: RaidItem
  let walk: Walk

  group.each.setup(async () => {
    risk = await raise('Tide gate leaks')
  })

  const page = () => `${desk.page}/changes`

  function raise(title: string, more: Partial<RaidItem> = {}) {
    return desk.world.inside(
      () => RaidItem.raise(desk.project, { type: 'risk', title, ...more }),
      desk.manager
    )
  }

  async function ask(client: ApiClient, person: Person, since = inDays(-7)) {
    walk = await Walk.begin(client, person)
    await walk.open(page())
    const response = await walk.submit(page(), { since })
    return { row: await desk.settled(response), path: response.header('location')! }
  }

  /** The lines that tell of changes to records, as they were sent. */
  function changesSent() {
    const lines: string[] = desk.claude.sentBody.system[1].text.split('\n')
    return lines
      .map((line) => JSON.parse(line))
      .filter(({ kind, ref }) => kind === 'change' && ref !== desk.project.code)
  }

  test('is told with links to the records that it names', async ({ assert, client }) => {
    desk.claude.answers(`${risk.ref} was raised; X-R99 was not.`)
    const { row, path } = await ask(client, desk.manager)
    assert.equal(row.status, 'answered')
    for (const shown of [await walk.open(path), await walk.open(page())]) {
      assert.include(
        shown.text(),
        `href="/projects/${desk.project.id}/raid/${risk.id}">${risk.ref}`
      )
      assert.notMatch(shown.text(), /href="[^"]*">X-R99/)
    }
    assert.deepEqual(changesSent(), [{ kind: 'change', ref: risk.ref, what: 'raid_item.created' }])
  })

  test('tells which fields changed, and neither who changed them nor what they held', async ({
    assert,
    client,
  }) => {
    await desk.world.inside(async () => {
      const item = await RaidItem.findOrFail(risk.id)
      await item.refersTo(desk.project).revise({ title: 'It leaks more' }, item.lockVersion)
      const task = await Task.add(desk.project, {
        title: 'Grease the gate',
        assigneeId: desk.manager.membershipId,
      })
      await task.revise({ status: 'done' }, task.lockVersion)
    }, desk.manager)
    await ask(client, desk.manager)
    assert.notInclude(desk.claude.sent, 'Tide gate leaks')
    assert.deepInclude(changesSent(), {
      kind: 'change',
      ref: risk.ref,
      what: 'raid_item.updated',
      fields: 'title',
    })
    assert.isTrue(
      changesSent().some(({ ref }) => ref.endsWith('-T1')),
      'what was done as well'
    )
    for (const line of changesSent()) {
      assert.includeMembers(['kind', 'ref', 'what', 'fields'], Object.keys(line))
    }
  })

  test('holds only what the asker may see, and what may be sent, since the day', async ({
    assert,
    client,
  }) => {
    await raise('CANARY-LEADS', { sensitivity: 'project_leads' })
    await raise('CANARY-NAMED', { sensitivity: 'named_people' })
    await ask(client, desk.team)
    assert.notInclude(desk.claude.sent, 'CANARY')
    assert.lengthOf(changesSent(), 1)
    await ask(client, desk.manager)
    assert.lengthOf(changesSent(), 2, 'leads see more, named people’s stays here')
    assert.notInclude(desk.claude.sent, 'CANARY-NAMED')
  })

  test('begins with a day that has begun', async ({ assert, client }) => {
    walk = await Walk.begin(client, desk.manager)
    for (const [since, message] of [
      ['', 'Enter a date'],
      ['2026-02-30', 'Enter a real date'],
      [inDays(2), 'Enter a date that is not in the future'],
    ]) {
      await walk.open(page())
      const answer = await walk.submitAndFollow(page(), { since })
      assert.include(answer.text(), message)
    }
    assert.lengthOf(desk.claude.journal, 0)
  })

  test('is told to those who see the project', async ({ client, assert }) => {
    const elsewhere = await (await World.create()).person('manager')
    for (const person of [await desk.world.person('stranger'), elsewhere]) {
      const shown = await client.get(page()).as(person)
      shown.assertStatus(404)
      for (const way of [page(), `${page()}/previews`]) {
        const asked = await client
          .post(way)
          .as(person)
          .form({ since: inDays(-1) })
        asked.assertStatus(404)
      }
    }
    const viewer = await ask(client, await desk.world.person('viewer'))
    assert.equal(viewer.row.status, 'answered')
    const [{ count }] = await sql(
      admin(),
      `select count(*)::int from ai_interactions where organisation_id = ?`,
      [desk.world.organisationId]
    )
    assert.equal(count, 1)
  })
})
