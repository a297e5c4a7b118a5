import { test } from '@japa/runner'
import { startMonitoring, stopMonitoring } from '#monitoring/sentry'
import { troubleOf } from '#monitoring/trouble'
import PersonFlag from '#models/person_flag'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { loggedLines } from '#tests/support/logged_lines'
import { SentryReceiver } from '#tests/support/sentry_receiver'
import { World } from '#tests/support/world'

const CANARY = 'wanda-canary'
const ROUTE = '/projects/:project_id/raid'
const SENT = {
  name: 'TypeError',
  message: CANARY,
  route: ROUTE,
  stack: [
    `TypeError: ${CANARY} is not a function`,
    `    at ${CANARY} (https://app.example/assets/app-Bx3.js:12:345)`,
    `    at https://app.example/projects/1?q=${CANARY}:1:1`,
    `    at chrome-extension://${CANARY}/inject.js:9:9`,
  ].join('\n'),
}

test.group('Failing scripts', (group) => {
  let sentry: SentryReceiver

  group.each.setup(async () => {
    sentry = await SentryReceiver.start()
    const settings = { release: 'orchestrate@test', environment: 'test', tracesSampleRate: 0 }
    await startMonitoring({ dsn: sentry.dsn, ...settings })
    return async () => {
      await stopMonitoring()
      sentry.stop()
    }
  })

  test('are told with kind, place and pattern, and nothing that was written', async ({
    client,
    assert,
    cleanup,
  }) => {
    const { lines, restore } = loggedLines()
    cleanup(restore)
    const answer = await client
      .post('/troubles')
      .header(
        'user-agent',
        'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
      )
      .json(SENT)
    answer.assertStatus(204)
    const told = lines.join('')
    assert.include(told, '"type":"TypeError"')
    assert.include(told, 'app-Bx3.js:12:345')
    assert.include(told, ROUTE)
    assert.notInclude(told, CANARY)
    await stopMonitoring()
    const sent = sentry.raw.join('\n')
    assert.include(sent, 'BrowserTypeError')
    assert.notInclude(sent, CANARY)
  })

  test('are reported by pages, except for people who objected', async ({ client, assert }) => {
    const world = await World.create()
    const [person, other] = [await world.person('member'), await world.person('pmo')]
    await Tenancy.system(PLATFORM, () =>
      PersonFlag.raise(person.userId, 'object_telemetry', { setBy: 'person' })
    )
    const objector = await client.get('/projects').as(person)
    assert.notInclude(objector.text(), 'name="trouble"')
    const page = await client.get('/projects').as(other)
    assert.include(page.text(), '<meta name="trouble" content="/troubles" data-route="/projects">')

    const { lines, restore } = loggedLines()
    await client.post('/troubles').as(person).json(SENT)
    restore()
    assert.notInclude(lines.join(''), 'TypeError')
  })

  test('are ignored when they are not ours, whatever is sent', ({ assert }) => {
    const foreign = 'Error\n at x (chrome-extension://abc/inject.js:1:1)'
    for (const sent of [null, 7, 'x', [], {}, { stack: foreign }, { stack: {} }]) {
      assert.isNull(troubleOf(sent, [ROUTE]))
    }
    const forged = { name: CANARY, route: CANARY, stack: '/assets/app.js:1:2'.repeat(99) }
    const { type, frames, route } = troubleOf(forged, [ROUTE])!
    assert.deepEqual({ type, route }, { type: 'Error', route: '[unknown]' })
    assert.lengthOf(frames, 10)
  })
})

test.group('Failing scripts without monitoring', () => {
  test('are not asked for', async ({ client, assert }) => {
    const page = await client.get('/sign-in')
    assert.notInclude(page.text(), 'name="trouble"')
  })
})
