import { setTimeout } from 'node:timers/promises'
import { test } from '@japa/runner'
import { claudeSettings } from '#config/assistant'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { deskFor, switchOn } from '#tests/support/assistant'
import { eventually } from '#tests/support/eventually'
import { Stream } from '#tests/support/stream'

/** An answer that no test waits for the end of. */
const ENDLESS = 'And so on. '.repeat(300)

test.group('Assistant: streams', (group) => {
  const desk = deskFor(group)

  function ask(by = desk.manager) {
    return Stream.post(`${desk.page}/questions`, by, { question: 'How is it going?' })
  }

  async function row() {
    const [found] = await sql(admin(), 'select * from ai_interactions where organisation_id = ?', [
      desk.world.organisationId,
    ])
    return found
  }

  test('hand each piece on before the next one comes', async ({ assert }) => {
    desk.claude.answers('One, two <b>, three, four, five, six.', { chunkSize: 6 })
    const goOn = desk.claude.holdAfter(1)
    const stream = await ask()
    assert.equal(stream.header('content-type'), 'text/event-stream; charset=utf-8')
    assert.isNull(stream.header('content-encoding'))
    const first = await stream.next()
    assert.include(first, 'How is it going?')
    assert.include(first, 'Claude is answering')
    const second = await stream.next()
    assert.include(second, '<span>One, t</span>')
    assert.equal((await row()).status, 'running', 'Claude is still writing')
    assert.notInclude(desk.claude.handed.join(''), 'message_stop')
    goOn()
    const rest = await stream.rest()
    const pieces = [second, ...rest].flatMap((event) => event!.match(/<span>.*<\/span>/g) ?? [])
    assert.equal(
      pieces.join('').replaceAll(/<\/?span>/g, ''),
      'One, two &lt;b&gt;, three, four, five, six.'
    )
    assert.include(rest.at(-1)!, 'What was sent')
    assert.equal((await row()).status, 'answered')
  })

  test('hold no transaction open while they last', async ({ assert }) => {
    desk.claude.answers(ENDLESS, { latency: 200 })
    const stream = await ask()
    await stream.next()
    await stream.next()
    const open = await sql(
      admin(),
      `select query from pg_stat_activity
        where usename = 'orch_app' and state = 'idle in transaction'`
    )
    assert.deepEqual(open, [])
    stream.leave()
    await desk.settled()
  })

  test('end with the reader, and cost what was read', async ({ assert }) => {
    desk.claude.answers(ENDLESS, { latency: 200 })
    const before = desk.claude.leftAlone
    const stream = await ask()
    await stream.next()
    await stream.next()
    stream.leave()
    const left = await desk.settled()
    assert.containSubset(left, { status: 'aborted', input_tokens: 1200, is_estimated: true })
    assert.isAbove(left.output_tokens, 0)
    assert.isAbove(Number(left.cost_micros), 0)
    await eventually(async () => desk.claude.leftAlone > before)
  })

  for (const { what, end } of [
    {
      what: 'was signed out elsewhere',
      end: () => sql(admin(), 'delete from sessions where user_id = ?', [desk.team.userId]),
    },
    {
      what: 'is no member any more',
      end: () =>
        sql(admin(), `update memberships set status = 'deactivated' where id = ?`, [
          desk.team.membershipId,
        ]),
    },
    {
      what: 'may see the project no more',
      end: async () => {
        await sql(admin(), 'delete from project_members where project_id = ?', [desk.project.id])
        await sql(admin(), `update projects set visibility = 'members' where id = ?`, [
          desk.project.id,
        ])
      },
    },
  ]) {
    test(`end for whoever ${what}`, async ({ assert, cleanup }) => {
      const { secondLook } = claudeSettings
      Object.assign(claudeSettings, { secondLook: 50 })
      cleanup(() => void Object.assign(claudeSettings, { secondLook }))
      desk.claude.answers(ENDLESS, { latency: 100 })
      const stream = await ask(desk.team)
      await stream.next()
      await stream.next()
      await end()
      const rest = await stream.rest()
      assert.isBelow(rest.length, 100)
      assert.include(rest.at(-1)!, 'The answer was interrupted.')
      assert.notInclude(rest.at(-1)!, 'And so on')
      assert.equal((await row()).status, 'aborted')
    })
  }

  test('check their reader once at a time, even if the database is slow', async ({
    assert,
    cleanup,
  }) => {
    const { secondLook } = claudeSettings
    Object.assign(claudeSettings, { secondLook: 20 })
    cleanup(() => void Object.assign(claudeSettings, { secondLook }))
    desk.claude.answers(ENDLESS, { latency: 200 })
    const stream = await ask()
    await stream.next()
    await stream.next()
    const slow = await admin().transaction()
    await sql(slow, 'lock table sessions in access exclusive mode')
    await setTimeout(400)
    const looking = await sql(
      slow,
      `select query from pg_stat_activity where wait_event_type = 'Lock' and query like 'select 1 from sessions%'`
    )
    await slow.rollback()
    stream.leave()
    await desk.settled()
    assert.lengthOf(looking, 1)
  })

  test('report an answer that breaks off', async ({ assert }) => {
    desk.claude.answers('One, two, three, four, five.', { latency: 20, truncateAfterChunks: 4 })
    const events = await (await ask()).rest()
    assert.include(events.at(-1)!, 'was lost')
    assert.include(events.at(-1)!, 'One, two')
  })

  test('lead somebody who cannot ask to a page that says why', async ({ assert }) => {
    await switchOn(desk.world, { isEnabled: false })
    const stream = await ask()
    assert.equal(stream.status, 204)
    assert.equal(stream.header('hx-redirect'), desk.page)
    assert.lengthOf(desk.claude.journal, 0)
  })
})
