import { test } from '@japa/runner'
import { tasksOf } from '#jobs/tasks'
import { startMonitoring, stopMonitoring } from '#monitoring/sentry'
import { sql } from '#tenancy/sql'
import { loggedLines } from '#tests/support/logged_lines'
import { admin } from '#tests/support/admin'
import { SentryReceiver } from '#tests/support/sentry_receiver'
import { register, World } from '#tests/support/world'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const MESSAGE = 'Canary words of a complaint'

/** Every message of feedback fails in the database, which quotes it, until the answer is called. */
async function failingFeedback() {
  await sql(
    admin(),
    `create function public.fail_feedback() returns trigger language plpgsql as
       $$ begin raise exception 'no room for %', new.message using detail = new.message; end $$`
  )
  await sql(
    admin(),
    `create trigger fail before insert on feedback for each row execute function public.fail_feedback()`
  )
  return async () => {
    await sql(admin(), 'drop function public.fail_feedback() cascade')
  }
}

test.group('Monitoring of errors', (group) => {
  let sentry: SentryReceiver

  group.each.setup(async () => {
    sentry = await SentryReceiver.start()
    await startMonitoring({
      dsn: sentry.dsn,
      release: 'orchestrate@test',
      environment: 'test',
      tracesSampleRate: 1,
    })
    const mend = await failingFeedback()
    return async () => {
      await mend()
      await stopMonitoring()
      sentry.stop()
    }
  })

  test('tells what failed and where, and nothing of the person', async ({ client, assert }) => {
    const person = await register('Canaria')
    const { lines, restore } = loggedLines()
    const answer = await client
      .post('/feedback?note=canary-query')
      .as(person)
      .header('user-agent', FIREFOX)
      .header('referer', 'http://localhost/projects?q=canary-referer')
      .form({ message: MESSAGE, page: '/projects' })
    restore()
    answer.assertStatus(500)
    await stopMonitoring()

    const [event, ...more] = sentry.events
    assert.lengthOf(more, 0)
    assert.equal(event.exception.values.at(-1).value, '[sql insert feedback] no room for [value]')
    assert.equal(event.transaction, 'POST /feedback')
    assert.match(event.request.url, /\/feedback$/)
    assert.equal(event.contexts.browser.name, 'Firefox')
    assert.equal(event.contexts.os.name, 'Linux')
    assert.equal(event.release, 'orchestrate@test')
    assert.match(event.tags.session, /^[0-9a-f]{12}$/)
    assert.equal(event.tags.request_id, answer.header('x-request-id') ?? event.tags.request_id)
    const frames = event.exception.values.at(-1).stacktrace.frames
    assert.isTrue(
      frames.some(({ filename }: any) => filename.startsWith('app:///app/controllers/'))
    )
    for (const { filename } of frames) assert.match(filename, /^(app:\/\/\/|node:)/)
    assert.equal(event.tags.code, 'P0001')

    assert.notProperty(event, 'user')
    const names = person.name.split(/\s+/)
    for (const canary of [...names, person.email, person.userId, MESSAGE, 'canary-']) {
      assert.notInclude(sentry.raw.join('\n'), canary)
      assert.notInclude(lines.join('\n'), canary)
    }
    assert.include(lines.join('\n'), 'no room for [value]')
  })

  test('times requests under the pattern of their route', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const answer = await client.get(`/projects/${project.id}?q=canary-query`).as(manager)
    answer.assertStatus(200)
    await stopMonitoring()
    const span = sentry.spans.find(({ name }: any) => name === 'GET /projects/:project_id')
    assert.equal(span.attributes['http.response.status_code'].value, 200)
    assert.isAbove(span.end_timestamp, span.start_timestamp)
    assert.notInclude(sentry.raw.join('\n'), 'canary-query')
    assert.notInclude(sentry.raw.join('\n'), project.id)
  })

  test('does not tell of what people did wrong', async ({ client, assert }) => {
    const person = await register('person')
    const refused = await client.post('/feedback').as(person).form({ message: '' })
    refused.assertStatus(303)
    const missing = await client.get('/nowhere').as(person)
    missing.assertStatus(404)
    await stopMonitoring()
    assert.lengthOf(sentry.events, 0)
  })

  test('tells that a job failed, which is tried again', async ({ assert }) => {
    const { broken } = tasksOf({
      broken: {
        scope: 'platform',
        run: async () => {
          throw new Error('No mail to someone@example.test today')
        },
      } as never,
    })
    await assert.rejects(async () => {
      await broken!({}, { job: { id: '7' } } as never)
    })
    await stopMonitoring()
    const [event] = sentry.events
    assert.equal(event.transaction, 'job broken')
    assert.equal(event.exception.values[0].value, 'No mail to [email] today')
    assert.deepEqual(event.tags, { job: 'broken', job_id: '7' })
    assert.isTrue(sentry.spans.some(({ name }: any) => name === 'job broken'))
  })

  test('changes no answer when it is {$self}')
    .with(['failing', 'silent'] as const)
    .run(async ({ client, assert }, mood) => {
      sentry.mood = mood
      const person = await register('person')
      const answer = await client.post('/feedback').as(person).form({ message: MESSAGE })
      answer.assertStatus(500)
      assert.include(answer.text(), 'Nothing you sent was saved')
      const next = await client.get('/feedback').as(person)
      next.assertStatus(200)
    })
})

test.group('Without monitoring', () => {
  test('nothing is sent, and errors are answered', async ({ client }) => {
    const mend = await failingFeedback()
    const person = await register('person')
    const answer = await client.post('/feedback').as(person).form({ message: MESSAGE })
    await mend()
    answer.assertStatus(500)
  })
})
