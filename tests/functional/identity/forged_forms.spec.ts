import { test } from '@japa/runner'
import type { ApiRequest } from '@japa/api-client'
import { SESSION_COOKIE } from '#config/session'
import { ORGANISATION_COOKIE } from '#identity/organisation_choice'
import { Log } from '#tests/support/raid_log'
import { openSession } from '#tests/support/world'

const METHODS = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'nothing']
const ENTRY = { type: 'risk', nature: 'threat', title: 'Forged' }

test.group('Forged forms', (group) => {
  let log: Log
  let asBrowser: (request: ApiRequest) => ApiRequest
  group.each.setup(async () => {
    log = await Log.create()
    const { manager } = log.people
    const { id } = await openSession(manager)
    // What a browser sends of its own accord, whichever site the form is on.
    asBrowser = (request) =>
      request
        .accept('html')
        .withEncryptedCookie(SESSION_COOKIE, id)
        .withCookie(ORGANISATION_COOKIE, manager.organisationId)
  })

  for (const method of METHODS) {
    test(`change nothing, though they call themselves ${method}`, async ({ assert, client }) => {
      const item = await log.raise('risk')
      const before = await log.fresh(item)
      const fields = { ...ENTRY, _method: method, lock_version: 1 }
      const forged = [
        client.post(log.url).form(fields),
        client.post(log.url).fields(fields as Record<string, any>),
        client.post(log.url).json(fields),
        client.post(`${log.urlOf(item)}?_method=PUT`).form(fields),
        client.post(`${log.urlOf(item)}?_method=PUT`).json(fields),
      ]
      for (const request of forged) {
        const answer = await asBrowser(request)
        answer.assertStatus(403)
      }
      assert.deepEqual(await log.fresh(item), before)
      assert.equal(await log.count('raid_items'), 1)
    })
  }

  test('meet the usual answer, whatever method their address names', async ({ assert, client }) => {
    for (const query of [
      '_method[]=PUT',
      '_method[a]=PUT',
      '_method=PUT&_method=PUT',
      '_method=x',
    ]) {
      const answer = await asBrowser(client.post(`${log.url}?${query}`).form(ENTRY))
      answer.assertStatus(403)
      answer.assertHeader('x-content-type-options', 'nosniff')
    }
    assert.equal(await log.count('raid_items'), 0)
  })
})

test.group('Bodies of programs', () => {
  test('name no method', async ({ client }) => {
    const log = await Log.create()
    const answer = await client
      .post(`/api/v1/projects/${log.project.id}/raid`)
      .withTokenOf(log.people.manager)
      .json({ ...ENTRY, _method: 'PUT' })
    answer.assertStatus(422)
  })
})
