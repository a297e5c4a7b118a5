import { test } from '@japa/runner'
import logger from '@adonisjs/core/services/logger'
import { failures } from '#assistant/failure'
import { jobs } from '#jobs/index'
import { Worker } from '#jobs/worker'
import { switchOn } from '#tests/support/assistant'
import { FakeClaude } from '#tests/support/claude'
import { eventually } from '#tests/support/eventually'
import { LOOKS_AGAIN } from '#tests/support/html'
import { headersOf } from '#tests/support/session_headers'
import { Stream } from '#tests/support/stream'
import { WebProcess } from '#tests/support/web_process'
import { World } from '#tests/support/world'

test.group('What takes its time, with two web processes', (group) => {
  let claude: FakeClaude
  let one: WebProcess
  let other: WebProcess

  group.setup(async () => {
    claude = await FakeClaude.start()
    const env = {
      ANTHROPIC_API_KEY: 'test-key',
      ANTHROPIC_BASE_URL: claude.origin,
      STOP_NOTICE_SECONDS: '0',
      WORKER_IN_PROCESS: '',
    }
    ;[one, other] = await Promise.all([WebProcess.start(env), WebProcess.start(env)])
    return async () => {
      for (const web of [one, other]) web.signal('SIGKILL')
      await Promise.all([one.ended, other.ended])
      await claude.stop()
    }
  })

  group.each.setup(() => claude.forget())

  async function desk() {
    const world = await World.create()
    await switchOn(world)
    const project = await world.project()
    const person = await world.person('manager')
    const page = `/projects/${project.id}/assistant/questions`
    return { person, page, headers: await headersOf(person) }
  }

  const idIn = (event: string | null) => event!.match(/turn-([0-9a-f-]{36})/)![1]

  test('an answer that streams through one process is followed and continued through the other', async ({
    assert,
  }) => {
    const { person, page, headers } = await desk()
    claude.answers('One, two, three, four, five, six.', { latency: 20, chunkSize: 6 })
    const goOn = claude.holdAfter(3)
    const stream = await Stream.post(page, person, { question: 'How is it going?' }, one.url)
    const id = idIn(await stream.next())
    const waiting = await other.ask(`${page}/${id}`, headers)
    assert.equal(waiting.headers.get('refresh'), '2', 'it looks again by itself')
    assert.include(await waiting.text(), 'Claude is answering')
    goOn()
    const events = await stream.rest()
    assert.include(events.at(-1), 'four, five, six.')

    const whole = await other.ask(`${page}/${id}`, headers)
    assert.isNull(whole.headers.get('refresh'))
    assert.include(await whole.text(), 'One, two, three, four, five, six.')
    const fields = { question: 'And after six?', conversation_id: id }
    const next = await other.ask(page, headers, fields)
    assert.equal(next.status, 303)
    const address = next.headers.get('location')!
    await eventually(async () => !(await one.ask(address, headers)).headers.has('refresh'))
    const told = JSON.stringify(claude.sentBody.messages)
    for (const words of ['How is it going?', 'four, five, six.', 'And after six?']) {
      assert.include(told, words)
    }
  })

  test('a worker’s progress is shown, and its file downloaded, through either process', async ({
    assert,
  }) => {
    const world = await World.create()
    await world.project()
    const headers = await headersOf(await world.person('pmo'))
    const asked = await one.ask('/portfolio/packs', headers, { query: '' })
    assert.equal(asked.status, 303)
    const page = asked.headers.get('location')!
    for (const web of [one, other]) {
      const waiting = await web.ask(page, headers)
      const text = await waiting.text()
      for (const words of [LOOKS_AGAIN, 'Parts written']) assert.include(text, words)
    }
    const worker = new Worker(logger, { make_board_pack: jobs.make_board_pack })
    await worker.start()
    await eventually(async () => {
      const answer = await other.ask(page, headers)
      return !(await answer.text()).includes(LOOKS_AGAIN)
    })
    await worker.stop()
    for (const web of [one, other]) {
      const file = await web.ask(`${page}/download`, headers, { format: 'pdf' })
      assert.equal(file.status, 200)
      assert.equal(Buffer.from(await file.arrayBuffer()).toString('latin1', 0, 4), '%PDF')
    }
  })

  test('an answer whose process is told to stop ends, and the other says so', async ({
    assert,
  }) => {
    const { person, page, headers } = await desk()
    claude.answers('And so on. '.repeat(20), { latency: 20 })
    const goOn = claude.holdAfter(3)
    const stream = await Stream.post(page, person, { question: 'How is it going?' }, one.url)
    const id = idIn(await stream.next())
    one.signal('SIGTERM')
    await stream.rest()
    assert.equal(await one.ended, 0)
    goOn()
    const told = await other.ask(`${page}/${id}`, headers)
    assert.isNull(told.headers.get('refresh'))
    const text = await told.text()
    assert.include(text, 'How is it going?')
    assert.include(text, failures.lost)
  })
})
