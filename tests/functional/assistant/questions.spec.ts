import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import ExternalResource from '#models/external_resource'
import PersonFlag from '#models/person_flag'
import ProjectMember from '#models/project_member'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { priceList } from '#registries/assistant_prices'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { deskFor, wholeIn } from '#tests/support/assistant'
import { USAGE, type FakeClaude } from '#tests/support/claude'
import { Walk } from '#tests/support/walk'
import { register, World, type Person } from '#tests/support/world'

test.group('Assistant: questions', (group) => {
  const desk = deskFor(group)

  function ask(client: ApiClient, person: Person, question = 'How is it going?', more = {}) {
    return client
      .post(`${desk.page}/questions`)
      .as(person)
      .form({ question, ...more })
  }

  /** Asks and waits until the answer, or what became of it, is kept. */
  async function askAndWait(
    client: ApiClient,
    person = desk.manager,
    question?: string,
    more = {}
  ) {
    const response = await ask(client, person, question, more)
    response.assertStatus(303)
    return { path: response.header('location')!, row: await desk.settled(response) }
  }

  /** What the asker sees of what was sent. */
  async function shownAsSent(client: ApiClient, path: string, person = desk.manager) {
    return wholeIn((await client.get(path).as(person)).text())
  }

  function raise(attributes: Partial<RaidItem> & { title: string }, readers: string[] = []) {
    return desk.world.inside(
      () => RaidItem.raise(desk.project, { type: 'risk', ...attributes }, readers),
      desk.manager
    )
  }

  test('are logged as the very body that was sent, sealed, with what they took', async ({
    client,
    assert,
  }) => {
    await raise({ title: 'Tide gate leaks' })
    desk.claude.answers('It goes well, <b>they say</b>.')
    const { path, row } = await askAndWait(
      client,
      desk.manager,
      'Is the CANARYQUESTION gate & "tight"?'
    )
    assert.lengthOf(desk.claude.journal, 1)
    assert.equal(await shownAsSent(client, path), desk.claude.sent)
    assert.containSubset(row, {
      status: 'answered',
      model: 'claude-sonnet-5-5',
      price_version: priceList.version,
      input_tokens: USAGE.input_tokens,
      output_tokens: USAGE.output_tokens,
      is_estimated: false,
      membership_id: desk.manager.membershipId,
    })
    const cost = Math.ceil((USAGE.input_tokens * 2 + USAGE.output_tokens * 10) * 0.8)
    assert.equal(Number(row.cost_micros), cost)
    assert.isAbove(Number(row.reserved_micros), cost)
    assert.notMatch(JSON.stringify(row), /CANARYQUESTION|Tide gate|they say/)
    const events = await sql(
      admin(),
      `select action, facts from audit.events where entity_id = ? order by seq`,
      [row.id]
    )
    assert.deepEqual(
      events.map(({ action }) => action),
      ['ai_interaction.created']
    )
    assert.notInclude(JSON.stringify(events), 'CANARY')
  })

  test('bring along what the asker may see of this project, and nothing else', async ({
    client,
    assert,
  }) => {
    const { team } = desk
    const outsider = await desk.world.inside(() =>
      ExternalResource.create({ name: 'Olga Outside', email: 'olga@canary.test' })
    )
    await raise({ title: 'CANARY-OWN leaks', ownerId: desk.manager.membershipId })
    await raise({ title: 'CANARY-LEADS', sensitivity: 'project_leads' })
    const named = await raise({ title: 'CANARY-NAMED', sensitivity: 'named_people' }, [
      team.membershipId,
    ])
    await desk.world.inside(
      () =>
        Task.add(desk.project, {
          title: 'CANARY-TASK for Olga Outside, olga@canary.test or else@canary.test',
          externalResourceId: outsider.id,
        }),
      desk.manager
    )
    await desk.world.inside(
      () =>
        Task.add(desk.project, {
          title: 'CANARY-SECRET',
          raidItemId: named.id,
          assigneeId: team.membershipId,
        }),
      desk.manager
    )
    const other = await desk.world.project({ name: 'CANARY-OTHER' })
    await desk.world.inside(
      () => RaidItem.raise(other, { type: 'risk', title: 'CANARY-ELSEWHERE' }),
      desk.manager
    )
    const foreign = await World.create('CANARY-FOREIGN')
    const theirs = await foreign.project({ name: 'CANARY-THEIRS' })
    await foreign.inside(() => RaidItem.raise(theirs, { type: 'risk', title: 'CANARY-THEIR-RISK' }))

    const lead = sentOf(
      desk.claude,
      await askAndWait(client, desk.manager, 'What does Olga Outside do?')
    )
    const member = sentOf(desk.claude, await askAndWait(client, team))
    const canaries = (text: string) => [...new Set(text.match(/CANARY-[A-Z-]*[A-Z]/g))].sort()
    assert.deepEqual(canaries(lead), ['CANARY-LEADS', 'CANARY-OWN', 'CANARY-TASK'])
    assert.deepEqual(canaries(member), ['CANARY-OWN', 'CANARY-TASK'])
    for (const sent of [lead, member]) {
      assert.notMatch(sent, /Olga|Outside|@|example\.test|canary\.test/)
      assert.notMatch(sent, /manager person|team person|sponsor person/i)
      for (const id of [
        desk.manager.membershipId,
        desk.manager.userId,
        desk.world.organisationId,
        outsider.id,
      ]) {
        assert.notInclude(sent, id)
      }
    }
  })

  test('leave out people who restricted the use of their data', async ({ client, assert }) => {
    const { team } = desk
    await sql(admin(), `update users set name = 'Rex Quill' where id = ?`, [team.userId])
    await raise({ title: 'Rex Quill says that it leaks', ownerId: team.membershipId })
    const before = sentOf(desk.claude, await askAndWait(client))
    assert.notInclude(before, 'Quill')
    await flag(team, 'restricted')
    const { path } = await askAndWait(client)
    const sent = desk.claude.sent
    assert.include(sent, '[withheld] says that it leaks')
    assert.notInclude(sent, 'Quill')
    const page = await client.get(path).as(desk.manager)
    assert.include(page.text(), 'A person whose data is restricted was left out.')
  })

  test('are answered on a page that waits, with names and links put back', async ({
    client,
    assert,
  }) => {
    await sql(admin(), `update users set name = 'Mina Lowe' where id = ?`, [desk.manager.userId])
    const { ref, id } = await raise({
      title: 'Tide gate leaks',
      ownerId: desk.manager.membershipId,
    })
    const gone = await raise({ title: 'Later removed' })
    desk.claude.answers('x')
    const goOn = desk.claude.holdAfter(1)
    const response = await ask(client, desk.manager)
    const waiting = await client.get(response.header('location')!).as(desk.manager)
    waiting.assertStatus(200)
    assert.equal(waiting.header('refresh'), '2')
    assert.include(waiting.text(), 'Claude is answering')
    goOn()
    await desk.settled(response)

    const sent = desk.claude.sent
    const [, word] = sent.match(/owner\W+(Person-[A-Z2-7]{5})/)!
    desk.claude.answers(
      `${word} owns ${ref}, not ${gone.ref} or ${desk.project.code}-R999. Person-22222 left.`
    )
    const { path } = await askAndWait(client)
    await desk.world.inside(async () => (await RaidItem.findOrFail(gone.id)).delete())
    for (const address of [path, desk.page]) {
      const page = await client.get(address).as(desk.manager)
      assert.isUndefined(page.header('refresh'))
      assert.include(
        page.text(),
        `Mina Lowe owns <a href="/projects/${desk.project.id}/raid/${id}">${ref}</a>`
      )
      assert.include(page.text(), `not ${gone.ref} or ${desk.project.code}-R999. somebody left.`)
    }
  })

  test('remember the conversation, and only that one', async ({ client, assert }) => {
    desk.claude.answers('First answer.')
    const { row: first } = await askAndWait(client, desk.manager, 'First question?')
    const { row: second } = await askAndWait(client, desk.manager, 'Second question?', {
      conversation_id: first.id,
    })
    assert.equal(second.conversation_id, first.id)
    assert.deepEqual(messagesOf(desk.claude), [
      'First question?',
      'First answer.',
      'Second question?',
    ])
    await askAndWait(client, desk.manager, 'Another matter?')
    assert.deepEqual(messagesOf(desk.claude), ['Another matter?'])
    const { team } = desk
    await askAndWait(client, team, 'Mine?', { conversation_id: first.id })
    assert.deepEqual(messagesOf(desk.claude), ['Mine?'])
  })

  test('and their answers are their asker’s alone', async ({ client }) => {
    const { path } = await askAndWait(client)
    for (const [role, status] of [
      ['manager', 200],
      ['owner', 404],
      ['pmo', 404],
      ['team', 404],
      ['stranger', 404],
    ] as const) {
      const response = await client.get(path).as(await desk.world.person(role))
      response.assertStatus(status)
    }
  })

  test('are refused to whoever does not see the project', async ({ client, assert }) => {
    const stranger = await desk.world.person('stranger')
    const elsewhere = await (await World.create()).person('owner')
    for (const person of [stranger, elsewhere]) {
      const response = await ask(client, person)
      response.assertStatus(404)
      const preview = await client
        .post(`${desk.page}/previews`)
        .as(person)
        .form({ question: 'Is it late?' })
      preview.assertStatus(404)
    }
    assert.lengthOf(desk.claude.journal, 0)
  })

  test('are shown before they are asked, exactly', async ({ client, assert }) => {
    await raise({ title: 'Tide gate leaks' })
    const preview = await client
      .post(`${desk.page}/previews`)
      .as(desk.manager)
      .form({ question: 'Is it late?' })
    preview.assertStatus(200)
    assert.lengthOf(desk.claude.journal, 0)
    assert.include(preview.text(), 'Tide gate leaks')
    assert.include(preview.text(), '>Is it late?</textarea>')
    const [{ count }] = await sql(
      admin(),
      'select count(*)::int as count from ai_interactions where organisation_id = ?',
      [desk.world.organisationId]
    )
    assert.equal(count, 0)
    const { path } = await askAndWait(client, desk.manager, 'Is it late?')
    const [, before] = preview.text().match(/byte for byte[\s\S]*?<pre[^>]*>([\s\S]*?)<\/pre>/)!
    const after = await client.get(path).as(desk.manager)
    assert.include(after.text(), before)
  })

  test('keep what was typed when it cannot be asked', async ({ client, assert }) => {
    const walk = await Walk.begin(client, desk.manager)
    await walk.open(desk.page)
    for (const [question, message] of [
      ['   ', 'Enter a question'],
      ['x'.repeat(4001), 'Keep a question to 4,000 characters'],
    ]) {
      const response = await walk.submit(`${desk.page}/questions`, {
        question,
      })
      response.assertStatus(303)
      assert.equal(response.header('location'), desk.page)
      const page = await walk.follow(response)
      assert.include(page.text(), message)
    }
    assert.lengthOf(desk.claude.journal, 0)
  })

  test('that Claude cannot answer say why: {kind}')
    .with([
      { kind: 'overload', status: 529, type: 'overloaded_error', told: 'Claude is busy' },
      { kind: 'failure', status: 500, type: 'api_error', told: 'cannot be reached' },
      { kind: 'refusal', status: 400, type: 'invalid_request_error', told: 'did not accept' },
    ])
    .run(async ({ client, assert }, { status, type, told }) => {
      for (let time = 0; time < 3; time++) desk.claude.failsOnce(status, type)
      const { path, row } = await askAndWait(client)
      assert.equal(row.status, 'failed')
      assert.equal(Number(row.cost_micros), 0)
      const page = await client.get(path).as(desk.manager)
      assert.include(page.text(), told)
      assert.notInclude(page.text(), 'Made by AI')
    })

  test('that Claude cannot answer are asked again without being typed again', async ({
    client,
    assert,
  }) => {
    const typed = '>Is the <i>dyke</i> high enough?</textarea>'.replace('<i>', '&lt;i&gt;')
    desk.claude.failsOnce(400, 'invalid_request_error')
    const { path, row } = await askAndWait(client, desk.manager, 'Is the <i>dyke</i> high enough?')
    const page = await client.get(path).as(desk.manager)
    const again = `${desk.page}?conversation=${row.id}&amp;again=${row.id}#question`
    assert.include(page.text(), `href="${again}"`)
    const form = await client.get(again.replace('&amp;', '&').split('#')[0]).as(desk.manager)
    assert.include(form.text(), typed.replace('</i>', '&lt;/i&gt;'))
    const other = await client.get(again.replace('&amp;', '&').split('#')[0]).as(desk.team)
    other.assertStatus(200)
    assert.notInclude(other.text(), 'dyke')
    const { path: answered } = await askAndWait(client)
    assert.notInclude((await client.get(answered).as(desk.manager)).text(), 'again=')
  })

  test('that break off cost what arrived', async ({ client, assert }) => {
    desk.claude.answers('It is on track, and more so every day.', {
      latency: 15,
      truncateAfterChunks: 4,
    })
    const { row } = await askAndWait(client)
    assert.containSubset(row, { status: 'failed', is_estimated: true })
    assert.isAbove(row.output_tokens, 0)
    assert.isAbove(Number(row.cost_micros), 0)
  })

  test('that come too fast are refused', async ({ client, assert }) => {
    const team = await desk.world.join(await register('fast'))
    await desk.world.inside(() => ProjectMember.grant(desk.project, team.membershipId, 'team'))
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask(client, team)))
    const statuses = answers.map((response) => response.status()).sort()
    assert.deepEqual(statuses, [...Array(10).fill(303), 429, 429])
    const other = await ask(client, desk.manager)
    other.assertStatus(303)
  })

  function flag(person: Person, name: 'restricted' | 'object_ai') {
    return Tenancy.system(PLATFORM, () =>
      PersonFlag.raise(person.userId, name, { setBy: 'person' })
    )
  }
})

function sentOf(claude: FakeClaude, _asked: unknown) {
  return claude.sent
}

function messagesOf(claude: FakeClaude) {
  return claude.sentBody.messages.map(({ content }: { content: string }) => content)
}
