import { test } from '@japa/runner'
import { claudeSettings } from '#config/assistant'
import { bodyOf, ClaudeClient } from '#assistant/client'
import { AssistantFailure, ReaderLeft } from '#assistant/failure'
import { InvocationRefused, mintInvocation, type Invocation } from '#assistant/invocations'
import { Reply } from '#assistant/reply'
import type Project from '#models/project'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { FakeClaude } from '#tests/support/claude'
import { World } from '#tests/support/world'

const POST = { method: () => 'POST' }

test.group('Assistant: the client', (group) => {
  let claude: FakeClaude
  let world: World
  let project: Project

  group.setup(async () => {
    claude = await FakeClaude.start()
    world = await World.create()
    project = await world.project()
    return () => claude.stop()
  })
  group.each.setup(() => {
    claude.forget()
  })

  async function leave(): Promise<Invocation> {
    const manager = await world.person('manager')
    return world.inside(
      () => mintInvocation(POST, { projectId: project.id, feature: 'ask' }),
      manager
    )
  }

  function ask(invocation: Invocation, reply = new Reply(), options = {}) {
    const order = {
      system: [{ type: 'text' as const, text: 'Be brief.' }],
      messages: [{ role: 'user' as const, content: 'How is it going?' }],
      maxTokens: 100,
    }
    const body = bodyOf(order, invocation.membershipId)
    return new ClaudeClient().answer(invocation, body, reply, options)
  }

  async function failureOf(work: Promise<unknown>) {
    const error = await work.then(
      () => null,
      (thrown) => thrown
    )
    if (!(error instanceof AssistantFailure)) throw error ?? new Error('It did not fail')
    return error.kind
  }

  test('streams an answer and counts its tokens', async ({ assert }) => {
    const reply = new Reply()
    const parts: string[] = []
    await ask(await leave(), reply, { onText: (text: string) => parts.push(text) })
    assert.equal(reply.text, 'It is on track.')
    assert.isAbove(parts.length, 1)
    assert.equal(parts.join(''), reply.text)
    assert.containSubset(reply.tokens, { input: 1200, output: 80 })
    assert.isFalse(reply.isEstimated)
    const [{ path, headers, body }] = claude.journal
    assert.equal(path, '/v1/messages')
    assert.equal(JSON.parse(body).model, claudeSettings.model)
    assert.notInclude(JSON.stringify([headers, body]), (await leave()).membershipId)
  })

  test('sends nothing twice on one leave, however many try at once', async ({ assert }) => {
    const invocation = await leave()
    const attempts = await Promise.allSettled([1, 2, 3, 4, 5].map(() => ask(invocation)))
    const refused = attempts.filter(
      (attempt) => attempt.status === 'rejected' && attempt.reason instanceof InvocationRefused
    )
    assert.lengthOf(refused, 4)
    assert.lengthOf(claude.journal, 1)
  })

  test('sends nothing on a leave that is old, invented, or another’s', async ({ assert }) => {
    const old = await leave()
    await sql(
      admin(),
      `update ai_invocations set expires_at = expires_at - interval '1 minute' where id = ?`,
      [old.id]
    )
    const mine = await leave()
    const other = await world.person('team')
    const elsewhere = await world.project()
    const wrong: Invocation[] = [
      old,
      { ...mine, token: 'invented' },
      { ...mine, userId: other.userId, membershipId: other.membershipId },
      { ...mine, userId: other.userId },
      { ...mine, projectId: elsewhere.id },
      { ...mine, feature: 'raid_draft' },
      { ...mine, organisationId: (await World.create()).organisationId },
    ]
    for (const invocation of wrong) {
      await assert.rejects(() => ask(invocation), /no leave/)
    }
    assert.lengthOf(claude.journal, 0)
    await ask(mine)
  })

  test('gives leave to forms of members only', async ({ assert }) => {
    const about = { projectId: project.id, feature: 'ask' as const }
    const manager = await world.person('manager')
    await assert.rejects(
      () => world.inside(() => mintInvocation({ method: () => 'GET' }, about), manager),
      /Only a form/
    )
    await assert.rejects(() => world.inside(() => mintInvocation(POST, about)), /Only a member/)
  })

  test('treats a refusal as no answer', async ({ assert }) => {
    const refusal = { content: 'I would rather not.', finishReason: 'refusal' }
    claude.mock.clearFixtures()
    claude.mock.on({ endpoint: 'chat' }, refusal)
    assert.equal(await failureOf(ask(await leave())), 'declined')
  })

  test('asks again after an overload, and only after that', async ({ assert }) => {
    claude.failsOnce(529, 'overloaded_error')
    const reply = new Reply()
    await ask(await leave(), reply)
    assert.equal(reply.text, 'It is on track.')
    assert.lengthOf(claude.journal, 2)
    for (const [status, type, kind] of [
      [429, 'rate_limit_error', 'limited'],
      [500, 'api_error', 'unreachable'],
      [400, 'invalid_request_error', 'refused'],
      [401, 'authentication_error', 'refused'],
    ] as const) {
      claude.forget()
      claude.failsOnce(status, type)
      assert.equal(await failureOf(ask(await leave())), kind)
      assert.lengthOf(claude.journal, 1)
    }
  })

  test('gives up on an overload that lasts', async ({ assert }) => {
    for (let time = 0; time < 4; time++) claude.failsOnce(529, 'overloaded_error')
    assert.equal(await failureOf(ask(await leave())), 'overloaded')
    assert.lengthOf(claude.journal, 3)
  })

  test('keeps what arrived of an answer that breaks off', async ({ assert }) => {
    claude.answers('It is on track, and more so every day.', {
      truncateAfterChunks: 4,
      latency: 15,
    })
    const reply = new Reply()
    assert.include(['broken', 'unreachable'], await failureOf(ask(await leave(), reply)))
    assert.isNotEmpty(reply.text)
    assert.isTrue('It is on track, and more so every day.'.startsWith(reply.text))
    assert.isTrue(reply.isEstimated)
    assert.isAtLeast(reply.tokens.output, 1)
    assert.lengthOf(claude.journal, 1)
  })

  test('does not wait for ever: {name}')
    .with([
      { name: 'for the first word', timeouts: { first: 60, between: 5000, whole: 5000 } },
      { name: 'between two', timeouts: { first: 5000, between: 60, whole: 5000 } },
      { name: 'for the whole', timeouts: { first: 5000, between: 5000, whole: 300 } },
    ])
    .run(async ({ assert }, { timeouts }) => {
      claude.answers('It is on track.', { latency: 200 })
      Object.assign(claudeSettings, { timeouts })
      assert.equal(await failureOf(ask(await leave())), 'timeout')
    })

  test('stops when the reader leaves', async ({ assert }) => {
    claude.answers('It is on track, and more so every day.')
    claude.holdAfter(1)
    const reader = new AbortController()
    const reply = new Reply()
    const asked = ask(await leave(), reply, {
      signal: reader.signal,
      onText: () => reader.abort(),
    })
    await assert.rejects(() => asked)
    await asked.catch((error: unknown) => assert.instanceOf(error, ReaderLeft))
    assert.isBelow(reply.text.length, 30)
  })

  test('rejects nonsense from Claude', async ({ assert }) => {
    claude.wantsTool('propose', { title: 7 })
    const reply = new Reply()
    await ask(await leave(), reply)
    assert.deepEqual(reply.toolUses, [{ name: 'propose', input: { title: 7 } }])
    const broken = new Reply()
    for (const event of [
      {
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'tool_use', name: 'propose' },
      },
      {
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'input_json_delta', partial_json: '{"title":' },
      },
      { type: 'content_block_stop', index: 0 },
    ]) {
      broken.take(event as any)
    }
    assert.deepEqual(broken.toolUses, [{ name: 'propose', input: null }])
    claude.mock.setChaos({ malformedRate: 1 })
    assert.include(['broken', 'refused', 'unreachable'], await failureOf(ask(await leave())))
  })

  test('does not exist without a key', async ({ assert }) => {
    assert.throws(() => new ClaudeClient({ ...claudeSettings, apiKey: null }))
  })
})
