import { once } from 'node:events'
import { createServer } from 'node:http'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import { EgressRefused, guardEgress } from '#privacy/egress_guard'

const PRODUCTION = { ours: ['login.orchestrate.example'], loopback: false }

test.group('The egress guard', (group) => {
  let open: () => void
  group.each.setup(() => {
    open = guardEgress(PRODUCTION)
    return () => open()
  })

  test('{address} is refused before anything is sent')
    .with(
      [
        'https://telemetry.example/collect',
        'https://api.resend.com.example/emails',
        'http://api.resend.com/emails',
        'http://169.254.169.254/latest/meta-data',
        'http://127.0.0.1:9/',
        'https://www.clarity.ms/tag/x',
      ].map((address) => ({ address }))
    )
    .run(async ({ assert }, { address }) => {
      for (const input of [address, new URL(address), new Request(address)]) {
        const error = await fetch(input).catch((thrown) => thrown)
        assert.instanceOf(error, EgressRefused)
      }
    })

  test('node:http is closed as well', async ({ assert }) => {
    const sent = request('https://telemetry.example/collect').end()
    const [error] = await once(sent, 'error')
    assert.instanceOf(error, EgressRefused)
  })

  test('names the host and nothing of the address behind it', async ({ assert }) => {
    const error = await fetch('https://telemetry.example/?who=vera').catch((thrown) => thrown)
    assert.include(error.message, 'telemetry.example')
    assert.notInclude(error.message, 'vera')
  })

  test('a registered host is allowed, and so is one that a processor serves for us, without following it', async ({
    assert,
    cleanup,
  }) => {
    open()
    const before = globalThis.fetch
    const tried: unknown[] = []
    globalThis.fetch = async (input, init) => {
      tried.push([input, init])
      return new Response()
    }
    open = guardEgress(PRODUCTION)
    cleanup(() => {
      open()
      globalThis.fetch = before
      open = () => {}
    })
    await fetch('https://api.resend.com/emails', { method: 'POST' })
    await fetch('https://login.orchestrate.example/token')
    assert.deepEqual(tried, [
      ['https://api.resend.com/emails', { redirect: 'error', method: 'POST' }],
      ['https://login.orchestrate.example/token', { redirect: 'error' }],
    ])
  })
})

test.group('The egress guard outside production', () => {
  test('lets this machine be reached, and still nobody else', async ({ assert, cleanup }) => {
    const server = createServer((_, response) => response.end('here')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const open = guardEgress({ ours: [], loopback: true })
    cleanup(() => {
      open()
      server.close()
    })
    const { port } = server.address() as AddressInfo
    assert.equal(await (await fetch(`http://127.0.0.1:${port}/`)).text(), 'here')
    const error = await fetch('https://telemetry.example/').catch((thrown) => thrown)
    assert.instanceOf(error, EgressRefused)
  })
})
