import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import { Stopping, type Pace } from '#serving/stopping'

const AT_ONCE: Pace = { notice: 0, streams: 60_000, rest: 60_000 }

test.group('Stopping a web process', (group) => {
  let server: Server
  let stopping: Stopping

  group.each.setup(() => {
    stopping = new Stopping()
    return () => {
      server.closeAllConnections()
      server.close()
    }
  })

  async function serve(answer: RequestListener) {
    server = createServer(answer)
    stopping.watch(server)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  test('connections are kept alive as long as nothing stops', async ({ assert }) => {
    const url = await serve((_, response) => response.end('here'))
    const answer = await fetch(url)
    assert.notEqual(answer.headers.get('connection'), 'close')
    assert.isFalse(stopping.hasBegun)
  })

  test('requests are still answered after it was told to, and give up their connection', async ({
    assert,
  }) => {
    const url = await serve((_, response) => response.end('here'))
    await stopping.begin(server, AT_ONCE)
    const answer = await fetch(url)
    assert.equal(await answer.text(), 'here')
    assert.equal(answer.headers.get('connection'), 'close')
    assert.isTrue(stopping.hasBegun)
  })

  test('a request under way is answered, and the server closes after it', async ({ assert }) => {
    let goOn = () => {}
    const arrived = new Promise<void>((arrive) => {
      void serve((_, response) => {
        goOn = () => response.end('whole')
        arrive()
      }).then((url) => (request = fetch(url)))
    })
    let request: Promise<Response>
    await arrived
    await stopping.begin(server, AT_ONCE)
    const closed = once(server, 'close')
    server.close()
    goOn()
    const answer = await request!
    assert.equal(await answer.text(), 'whole')
    assert.equal(answer.headers.get('connection'), 'close')
    await closed
  })

  test('streams are told to end, and what does not is cut off', async ({ assert }) => {
    const url = await serve((request, response) => {
      response.write('begun')
      if (request.url === '/heeds')
        stopping.streamsEnd.addEventListener('abort', () => response.end())
    })
    const heeding = await fetch(`${url}/heeds`)
    const deaf = await fetch(`${url}/deaf`)
    await stopping.begin(server, { notice: 0, streams: 1, rest: 1 })
    server.close()
    assert.equal(await heeding.text(), 'begun')
    await assert.rejects(() => deaf.text())
  })

  test('work that no request waits for is waited for, whether it fails or not', async ({
    assert,
  }) => {
    const done: string[] = []
    stopping.awaits(Promise.resolve().then(() => done.push('first')))
    stopping.awaits(Promise.reject(new Error('fails')))
    server = createServer()
    await stopping.end()
    assert.deepEqual(done, ['first'])
    assert.isTrue(stopping.streamsEnd.aborted)
  })
})
