import { test } from '@japa/runner'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { deskFor, wholeIn } from '#tests/support/assistant'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

const action = { title: 'Ask for the permit', why: 'Nobody asked yet', priority: 'high' }

test.group('Assistant: actions that answer an entry', (group) => {
  const desk = deskFor(group)
  let risk: RaidItem
  let walk: Walk

  group.each.setup(async () => {
    risk = await raise({ title: 'The crane may come late' })
  })

  const page = (item = risk) => `${desk.page}/entries/${item.id}`

  function raise(attributes: Partial<RaidItem> & { title: string }) {
    return desk.world.inside(
      () => RaidItem.raise(desk.project, { type: 'risk', ...attributes }),
      desk.team
    )
  }

  async function ask(client: any, question = '') {
    walk = await Walk.begin(client, desk.team)
    await walk.open(page())
    const response = await walk.submit(page(), { question })
    response.assertStatus(303)
    return desk.settled(response)
  }

  function tasks() {
    return desk.world.inside(() => Task.query().exec())
  }

  test('are asked for from its page, with what it needs and nothing else', async ({
    assert,
    client,
  }) => {
    await raise({ title: 'CANARY-OTHER' })
    await desk.world.inside(
      () =>
        Task.add(desk.project, {
          title: 'Grease it',
          assigneeId: desk.team.membershipId,
          raidItemId: risk.id,
        }),
      desk.team
    )
    walk = await Walk.begin(client, desk.team)
    const entry = await walk.open(`/projects/${desk.project.id}/raid/${risk.id}`)
    assert.include(entry.text(), page())
    const preview = await walk.submit(`${page()}/previews`, { question: 'No money is left' })
    preview.assertStatus(200)
    assert.lengthOf(desk.claude.journal, 0)
    await ask(client, 'No money is left')
    assert.equal(wholeIn(preview.text()), desk.claude.sent)
    assert.notInclude(desk.claude.sent, 'CANARY-OTHER')
    for (const text of ['The crane may come late', 'Grease it', 'No money is left', risk.ref]) {
      assert.include(desk.claude.sent, text)
    }
  })

  test('become tasks by their asker’s hand, marked as made with AI', async ({ assert, client }) => {
    desk.claude.wantsTool('propose_action', action)
    await ask(client)
    assert.lengthOf(await tasks(), 0)
    const shown = await walk.open(page())
    for (const text of [action.title, action.why, 'High']) assert.include(shown.text(), text)
    const [{ id }] = await desk.proposals()
    const path = `${desk.page}/actions/${id}`
    const form = await walk.open(path)
    assert.include(form.text(), `value="${action.title}"`)
    const given = { assignee: desk.team.membershipId, priority: 'high', version: risk.lockVersion }
    const wrong = await walk.submitAndFollow(`${path}/acceptance`, { ...given, title: '' })
    assert.include(wrong.text(), 'Enter a title')
    const done = await walk.submit(`${path}/acceptance`, { ...given, title: action.title })
    assert.equal(done.header('location'), page())
    const [task] = await tasks()
    assert.containSubset(task.$attributes, {
      title: action.title,
      priority: 'high',
      raidItemId: risk.id,
      sourceKind: 'raid_item',
      createdBy: desk.team.membershipId,
    })
    const [proposal] = await desk.proposals()
    assert.containSubset(proposal.$attributes, { status: 'accepted', taskId: task.id })
    const events = await sql(
      admin(),
      `select action, actor_kind from audit.events where organisation_id = ? and entity_id = ?`,
      [desk.world.organisationId, task.id]
    )
    assert.deepEqual(events, [{ action: 'task.created', actor_kind: 'ai' }])
    const again = await walk.submit(`${path}/acceptance`, { ...given, title: action.title })
    again.assertStatus(404)
    assert.lengthOf(await tasks(), 1)
  })

  test('suggest the person the answer names, if there is one', async ({ assert, client }) => {
    await desk.world.inside(async () => {
      const item = await RaidItem.findOrFail(risk.id)
      await item.revise({ ownerId: desk.manager.membershipId }, item.lockVersion)
    }, desk.team)
    await ask(client)
    const [, word] = desk.claude.sent.match(/owner\W+(Person-[A-Z2-7]{5})/)!
    desk.claude.wantsTool('propose_action', { ...action, assignee: word, due_on: '2027-02-01' })
    await ask(client)
    const [{ id }] = await desk.proposals()
    const form = await walk.open(`${desk.page}/actions/${id}`)
    assert.match(form.text(), new RegExp(`value="${desk.manager.membershipId}" selected`))
    assert.include(form.text(), 'value="2027-02-01"')
  })

  test('say that the entry changed since, and wait until that was read', async ({
    assert,
    client,
  }) => {
    desk.claude.wantsTool('propose_action', action)
    await ask(client)
    const [{ id }] = await desk.proposals()
    const path = `${desk.page}/actions/${id}`
    const before = await walk.open(path)
    assert.notInclude(before.text(), 'has changed since this was proposed')
    await desk.world.inside(async () => {
      const item = await RaidItem.findOrFail(risk.id)
      await item.revise({ cause: 'The permit came' }, item.lockVersion)
    }, desk.manager)
    const given = { title: 'Mine', assignee: desk.team.membershipId }
    const refused = await walk.submitAndFollow(`${path}/acceptance`, { ...given, version: 1 })
    assert.include(refused.text(), `${risk.ref} has changed`)
    assert.include(refused.text(), 'has changed since this was proposed')
    assert.include(refused.text(), 'value="Mine"')
    assert.lengthOf(await tasks(), 0)
    await walk.submit(`${path}/acceptance`, { ...given, version: 2 })
    const [task] = await tasks()
    assert.equal(task.title, 'Mine')
    assert.equal((await desk.proposals())[0].status, 'edited')
  })

  test('are not asked for about what is settled or kept to named people', async ({
    assert,
    client,
  }) => {
    const secret = await raise({ title: 'Secret', sensitivity: 'named_people' })
    const closed = await raise({ title: 'Over', status: 'closed' })
    walk = await Walk.begin(client, desk.team)
    for (const [item, why] of [
      [secret, 'Only named people can see this entry'],
      [closed, 'needs no actions'],
    ] as const) {
      const shown = await walk.open(page(item))
      assert.include(shown.text(), why)
      for (const path of [page(item), `${page(item)}/previews`]) {
        const refused = await walk.submit(path, { question: '' })
        assert.equal(refused.header('location'), page(item))
      }
      const entry = await walk.open(`/projects/${desk.project.id}/raid/${item.id}`)
      assert.notInclude(entry.text(), page(item))
    }
    assert.lengthOf(desk.claude.journal, 0)
  })

  test('are not made from a nonsensical answer: {name}')
    .with([
      { name: 'no reason', input: { title: 'x' } },
      { name: 'no day', input: { ...action, due_on: '2027-02-31' } },
      { name: 'no word for a person', input: { ...action, assignee: 'Mina Lowe' } },
      { name: 'an unknown priority', input: { ...action, priority: 'nuclear' } },
    ])
    .run(async ({ assert, client }, { input }) => {
      desk.claude.wantsTool('propose_action', input)
      assert.containSubset(await ask(client), { status: 'failed', failure: 'nonsense' })
      assert.lengthOf(await desk.proposals(), 0)
    })

  test('are nobody else’s to ask for, read or accept', async ({ assert, client }) => {
    desk.claude.wantsTool('propose_action', action)
    await ask(client)
    const [{ id }] = await desk.proposals()
    const path = `${desk.page}/actions/${id}`
    const elsewhere = await (await World.create()).person('owner')
    const body = { title: 'x', assignee: desk.team.membershipId, version: 1 }
    for (const [person, status, asking] of [
      [desk.manager, 404, 200],
      [await desk.world.person('viewer'), 403, 403],
      [await desk.world.person('stranger'), 404, 404],
      [elsewhere, 404, 404],
    ] as const) {
      const shown = await client.get(path).as(person)
      const accepted = await client.post(`${path}/acceptance`).as(person).form(body)
      for (const response of [shown, accepted]) response.assertStatus(status)
      const preview = await client.post(`${page()}/previews`).as(person).form({})
      preview.assertStatus(asking)
    }
    assert.lengthOf(await tasks(), 0)
  })
})
