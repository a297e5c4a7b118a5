import dns from 'node:dns'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import { guardEgress } from '#privacy/egress_guard'
import { destinationOf, DestinationRefused, isPublic, type Address } from '#webhooks/destination'
import { post } from '#webhooks/sending'
import { Receiver, toThisMachine } from '#tests/support/webhooks'

const PRIVATE = [
  '10.0.0.1',
  '172.16.5.4',
  '192.168.1.1',
  '127.0.0.1',
  '127.8.8.8',
  '0.0.0.0',
  '169.254.169.254',
  '100.64.0.1',
  '198.18.0.1',
  '192.31.196.1',
  '192.52.193.1',
  '192.175.48.1',
  '192.0.2.1',
  '203.0.113.9',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '192.0.0.8',
  '192.88.99.1',
  '::1',
  '::',
  'fe80::1',
  'fc00::1',
  'fd12:3456::1',
  'ff02::1',
  '2001:db8::1',
  'fec0::1',
  '::ffff:10.0.0.1',
  '::7f00:1',
  '::a9fe:a9fe',
  '::ffff:127.0.0.1',
  '64:ff9b::a00:1',
  '64:ff9b:1::1',
  '3fff::1',
  '5f00::1',
  '2002:a00:1::',
  '2001::1',
  '2001:2::1',
  '2001:1f0::1',
  'fd00:ec2::254',
  '100::1',
  'not an address',
  '',
]

const found = (...addresses: string[]) => ({
  isLoopbackOpen: false,
  resolve: async (): Promise<Address[]> =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
})

test.group('Webhooks: destinations', () => {
  test('{address} is not a public address')
    .with(PRIVATE.map((address) => ({ address })))
    .run(({ assert }, { address }) => {
      assert.isFalse(isPublic(address))
    })

  test('{address} is a public address')
    .with(['93.184.216.34', '1.1.1.1', '2606:4700::1111'].map((address) => ({ address })))
    .run(({ assert }, { address }) => {
      assert.isTrue(isPublic(address))
    })

  test('a name that also leads into a private network is refused', async ({ assert }) => {
    const url = new URL('https://hooks.example.org/')
    const error = await destinationOf(url, found('93.184.216.34', '10.0.0.1')).catch((e) => e)
    assert.instanceOf(error, DestinationRefused)
    assert.equal(error.failure, 'address_private')
  })

  test('a name is asked for once, and what it answered is connected to', async ({ assert }) => {
    const answers = [['93.184.216.34'], ['127.0.0.1']]
    const asked: string[] = []
    const resolve = async (hostname: string) => {
      asked.push(hostname)
      return found(...answers.shift()!).resolve()
    }
    const address = await destinationOf(new URL('https://hooks.example.org/'), {
      resolve,
      isLoopbackOpen: false,
    })
    assert.equal(address.address, '93.184.216.34')
    assert.lengthOf(asked, 1)
  })

  test('{url} is refused before anything is sent')
    .with(
      [
        'http://hooks.example.org/',
        'https://hooks.example.org:8080/',
        'https://ada@hooks.example.org/',
        'https://:secret@hooks.example.org/',
        'https://hooks.example.org/#part',
        'https://127.0.0.1/',
      ].map((url) => ({ url }))
    )
    .run(async ({ assert }, { url }) => {
      const outcome = await post({ url, headers: {}, body: '{}' }, found('93.184.216.34'))
      assert.deepEqual(outcome, { responseCode: null, failure: 'address_form' })
    })

  test('webhooks reach this machine only in tests', async ({ assert, cleanup }) => {
    const receiver = await Receiver.start()
    cleanup(() => receiver.stop())
    const message = { url: receiver.url, headers: {}, body: '{}' }
    const refused = await post(message, found('127.0.0.1'))
    assert.equal(refused.failure, 'address_form')
    assert.isEmpty(receiver.received)
  })

  test('pass the egress guard, which refuses everything else', async ({ assert, cleanup }) => {
    const receiver = await Receiver.start()
    cleanup(() => receiver.stop())
    cleanup(guardEgress({ ours: [], loopback: false }))
    const sent = await post({ url: receiver.url, headers: {}, body: '{}' }, toThisMachine)
    assert.deepEqual(sent, { responseCode: 204, failure: null })
    const error = await fetch(receiver.url, { method: 'POST' }).catch((thrown) => thrown)
    assert.instanceOf(error, Error)
    assert.lengthOf(receiver.received, 1)
  })

  test('the checked address is connected to, whatever its name resolves to by then', async ({
    assert,
    cleanup,
  }) => {
    const { lookup } = dns
    cleanup(() => void Object.assign(dns, { lookup }))
    const asked: unknown[] = []
    Object.assign(dns, { lookup: (name: unknown) => void asked.push(name) })
    const message = { url: 'https://hooks.example.org/', headers: {}, body: '{}' }
    const outcome = await post(message, found('2606:4700::1111'), 200)
    assert.include(['unreachable', 'timeout'], outcome.failure!)
    assert.isEmpty(asked)
  })

  test('a receiver that never answers times out', async ({ assert, cleanup }) => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    cleanup(() => void silent.close())
    const { port } = silent.address() as AddressInfo
    const message = { url: `http://127.0.0.1:${port}/`, headers: {}, body: '{}' }
    assert.equal((await post(message, toThisMachine, 50)).failure, 'timeout')
  })

  test('a redirect is not followed', async ({ assert, cleanup }) => {
    const [receiver, elsewhere] = [await Receiver.start(), await Receiver.start()]
    cleanup(() => receiver.stop())
    cleanup(() => elsewhere.stop())
    Object.assign(receiver, { status: 307, headers: { location: elsewhere.url } })
    const outcome = await post({ url: receiver.url, headers: {}, body: '{}' }, toThisMachine)
    assert.deepEqual(outcome, { responseCode: 307, failure: 'redirected' })
    assert.isEmpty(elsewhere.received)
  })
})
