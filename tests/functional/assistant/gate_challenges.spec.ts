import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import Comment from '#models/comment'
import Gate from '#models/gate'
import GateCriterion from '#models/gate_criterion'
import GateEvidence from '#models/gate_evidence'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { deskFor } from '#tests/support/assistant'
import { countQueries } from '#tests/support/query_count'
import { Walk } from '#tests/support/walk'
import { World, type Person } from '#tests/support/world'

test.group('Assistant: questions about a gate', (group) => {
  const desk = deskFor(group)
  let gate: Gate
  let risk: RaidItem
  let walk: Walk

  group.each.setup(async () => {
    risk = await raise('Tide gate leaks')
    gate = await desk.world.inside(async () =>
      (await Gate.of(desk.project).firstOrFail()).refersTo(desk.project)
    )
  })

  const page = () => `${desk.page}/gates/${gate.id}`

  function raise(title: string, more: Partial<RaidItem> = {}) {
    return desk.world.inside(
      () => RaidItem.raise(desk.project, { type: 'risk', title, ...more }),
      desk.manager
    )
  }

  function criterion() {
    return desk.world.inside(async () =>
      (await GateCriterion.of(gate).firstOrFail()).refersTo(gate)
    )
  }

  async function challenge(client: ApiClient, person: Person, ...inputs: unknown[]) {
    desk.claude.wantsTools('ask_question', inputs)
    walk = await Walk.begin(client, person)
    await walk.open(page())
    return desk.settled(await walk.submit(page(), {}))
  }

  const asking = (question: string, ...refs: string[]) => ({ question, to: 'submitter', refs })

  async function become(what: 'task' | 'comment', fields: Record<string, unknown>) {
    const [{ id }] = await desk.proposals()
    await walk.open(`${desk.page}/drafts/${id}/question`)
    return walk.submitAndFollow(`${desk.page}/drafts/${id}/${what}`, fields)
  }

  function lastEvents(...types: string[]) {
    return sql(
      admin(),
      `select action, actor_kind from audit.events where organisation_id = ? and entity_type = any(?)
        order by seq desc limit 2`,
      [desk.world.organisationId, types]
    )
  }

  test('name the criterion, the evidence or the entry that they rest on, with links', async ({
    assert,
    client,
  }) => {
    const first = await criterion()
    await desk.world.inside(() =>
      GateEvidence.addFile(first, 'minutes.txt', Buffer.from('CANARY-FILE'))
    )
    const row = await challenge(
      client,
      desk.manager,
      asking('Do the minutes show it?', `${gate.ref}.C1`, `${gate.ref}.E1`),
      asking('Who stops the leak?', risk.ref, 'X-R99'),
      asking('Is it all invented?', 'X-R99')
    )
    assert.equal(row.status, 'answered')
    const shown = (await walk.open(page())).text()
    const at = `/projects/${desk.project.id}`
    assert.include(shown, 'Do the minutes show it?')
    assert.include(shown, `${at}/gates/${gate.id}/criteria/${first.id}`)
    assert.include(shown, `>${gate.ref}.E1</a>`)
    assert.include(shown, `${at}/raid/${risk.id}`)
    assert.notInclude(shown, 'Is it all invented?')
    assert.include(desk.claude.sent, 'minutes.txt')
    assert.notInclude(desk.claude.sent, 'CANARY-FILE')
  })

  test('are put to deciders too, from what they may see, and never from votes', async ({
    assert,
    client,
  }) => {
    const secret = await raise('CANARY-NAMED')
    const first = await criterion()
    await desk.world.inside(() => GateEvidence.addRecord(first, secret), desk.manager)
    const named = `update raid_items set sensitivity = 'named_people' where id = ?`
    await sql(admin(), named, [secret.id])
    const decider = await desk.world.person('gate_decider')
    await challenge(client, decider, asking('Who stops the leak?', risk.ref))
    assert.include((await walk.open(page())).text(), 'Who stops the leak?')
    assert.notMatch(desk.claude.sent, /CANARY|"vote"|confidence/)
    const [{ votes }] = await sql(
      admin(),
      `select (select count(*) from gate_votes where organisation_id = ?)::int
         + (select count(*) from gate_poll_answers where organisation_id = ?)::int as votes`,
      [desk.world.organisationId, desk.world.organisationId]
    )
    assert.equal(votes, 0)
  })

  test('cost as many queries many as few', async ({ assert, client }) => {
    const visit = () => client.get(page()).as(desk.manager)
    const one = asking('Who stops the leak?', risk.ref, `${gate.ref}.C1`)
    await challenge(client, desk.manager, one)
    await visit()
    const few = await countQueries(visit)
    await challenge(client, desk.manager, ...Array.from({ length: 10 }, () => one))
    assert.lengthOf((await visit()).text().match(/Use question: Who stops the leak/g)!, 10)
    assert.equal(await countQueries(visit), few)
  })

  test('become a task of whoever asked, as they leave it in the form', async ({
    assert,
    client,
  }) => {
    await challenge(client, desk.manager, asking('Who stops the leak?', risk.ref))
    await become('task', { title: 'Stop the leak', assignee: desk.team.membershipId })
    const task = await desk.world.inside(() => Task.query().firstOrFail())
    assert.containSubset(task.$attributes, {
      title: 'Stop the leak',
      assigneeId: desk.team.membershipId,
      createdBy: desk.manager.membershipId,
    })
    const [proposal] = await desk.proposals()
    assert.containSubset(proposal.$attributes, { status: 'accepted', taskId: task.id })
    assert.deepEqual(await lastEvents('task', 'ai_proposal'), [
      { action: 'ai_proposal.accepted', actor_kind: 'ai' },
      { action: 'task.created', actor_kind: 'ai' },
    ])
    assert.notInclude((await walk.open(page())).text(), 'Who stops the leak?')
  })

  test('become a comment under the entry that they rest on', async ({ assert, client }) => {
    await challenge(client, desk.manager, asking('Who stops the leak?', `${gate.ref}.C1`, risk.ref))
    const wrong = await become('comment', { on: `${gate.ref}.C1`, body: 'Who?' })
    assert.include(wrong.text(), 'Choose a record that the question is based on')
    await become('comment', { on: risk.ref, body: 'Who stops the leak?' })
    const [comment] = await desk.world.inside(() => Comment.query().exec())
    assert.containSubset(comment.$attributes, {
      raidItemId: risk.id,
      body: 'Who stops the leak?',
      authorId: desk.manager.membershipId,
    })
    assert.deepEqual(await lastEvents('comment'), [{ action: 'comment.created', actor_kind: 'ai' }])
  })

  test('are their asker’s alone, and become what that person may make', async ({
    assert,
    client,
  }) => {
    await challenge(client, desk.manager, asking('Who stops the leak?', risk.ref))
    const [{ id }] = await desk.proposals()
    const path = `${desk.page}/drafts/${id}`
    const elsewhere = await (await World.create()).person('manager')
    for (const [person, read, task, comment] of [
      [desk.team, 404, 404, 404],
      [await desk.world.person('viewer'), 404, 403, 403],
      [await desk.world.person('gate_decider'), 404, 403, 404],
      [await desk.world.person('stranger'), 404, 404, 404],
      [elsewhere, 404, 404, 404],
    ] as const) {
      const shown = await client.get(`${path}/question`).as(person)
      shown.assertStatus(read)
      const body = { title: 'x', assignee: desk.team.membershipId, on: risk.ref, body: 'x' }
      const tasked = await client.post(`${path}/task`).as(person).form(body)
      tasked.assertStatus(task)
      const commented = await client.post(`${path}/comment`).as(person).form(body)
      commented.assertStatus(comment)
    }
    for (const person of [await desk.world.person('stranger'), elsewhere]) {
      for (const way of [page(), `${page()}/previews`]) {
        const asked = await client.post(way).as(person).form({})
        asked.assertStatus(404)
      }
    }
    assert.lengthOf(await desk.world.inside(() => Task.query().exec()), 0)
    assert.lengthOf(await desk.world.inside(() => Comment.query().exec()), 0)
    assert.lengthOf(desk.claude.journal, 1)
  })
})
