import { test } from '@japa/runner'
import { HttpRequest } from '@adonisjs/core/http'
import type { ApiClient } from '@japa/api-client'
import type { Person } from '#tests/support/world'
import { World } from '#tests/support/world'

const OBJECTS = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
const LISTS = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

test.group('A body of JSON that nests without end', (group) => {
  let manager: Person
  let log: string
  group.each.setup(async () => {
    const world = await World.create()
    log = `/projects/${(await world.project()).id}/raid`
    manager = await world.person('manager')
  })

  const send = (client: ApiClient, path: string, body: string) => {
    const request = client.post(path)
    if (path.startsWith('/api')) request.withTokenOf(manager)
    else request.as(manager)
    return request.header('content-type', 'application/json').setup(() => {
      request.request.send(body)
    })
  }

  for (const [kind, body] of Object.entries({ objects: OBJECTS, lists: LISTS })) {
    test(`is refused, of ${kind}, by the API and by pages`, async ({ assert, client }) => {
      for (const depth of [150, 2_000, 2_300, 100_000]) {
        const answer = await send(client, `/api/v1${log}`, body(depth))
        answer.assertStatus(400)
        assert.include(answer.body().type, '#bad_request')
        ;(await send(client, log, body(depth))).assertStatus(400)
      }
    })
  }

  test('is refused where it ends the stack of the parser', async ({ cleanup, client }) => {
    const { setInitialBody } = HttpRequest.prototype
    cleanup(() => {
      HttpRequest.prototype.setInitialBody = setInitialBody
    })
    HttpRequest.prototype.setInitialBody = () => {
      throw new RangeError('Maximum call stack size exceeded')
    }
    ;(await send(client, `/api/v1${log}`, '{}')).assertStatus(400)
  })

  test('is read where it nests as records do', async ({ client }) => {
    const body = JSON.stringify({ type: 'risk', title: 'A gale', nature: 'threat' })
    ;(await send(client, `/api/v1${log}`, body)).assertStatus(201)
  })
})

test.group('A body that is not packed as it says', () => {
  test('is refused, by the API and by pages', async ({ client }) => {
    const world = await World.create()
    const log = `/projects/${(await world.project()).id}/raid`
    const manager = await world.person('manager')
    for (const encoding of ['gzip', 'deflate', 'br']) {
      const packed = (path: string, type: string) => {
        const request = client.post(path).header('content-encoding', encoding)
        return request.header('content-type', type).setup(() => {
          request.request.send('{"title":1}')
        })
      }
      const form = packed(log, 'application/x-www-form-urlencoded').as(manager)
      const call = packed(`/api/v1${log}`, 'application/json').withTokenOf(manager)
      ;(await form).assertStatus(400)
      ;(await call).assertStatus(400)
    }
  })
})
