import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { verifyIdentity } from '#models/privacy_request/identifying'
import type { RequestKind } from '#models/privacy_request/enumerations'
import { receiveRequest } from '#models/privacy_request/receiving'
import { recipientNames } from '#registries/agreements'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { Walk } from '#tests/support/walk'
import { register, registerStaff } from '#tests/support/world'
import { rowOf } from '#tests/support/privacy/desk'

test.group('Recipients of the data', () => {
  const answer = 'Your name is corrected.'

  for (const kind of ['rectification', 'restriction', 'erasure'] as const) {
    test(`must be accounted for before a request for ${kind} is fulfilled`, async ({
      client,
      assert,
    }) => {
      const { walk, step, id } = await handling(client, kind)
      const [first, ...rest] = recipientNames()
      const refused = (await step('fulfilment', { answer })).text()
      assert.containsSubset(await rowOf(id), { status: 'working', evidence_sha256: null })
      assert.include(refused, 'First record whether these were told')
      assert.include(refused, `${first} (not recorded yet)`)
      assert.notInclude(refused, 'Fulfil and tell the person')

      const unsaid = await step('recipients', { 'recipients[]': [first], 'outcome': 'impossible' })
      assert.isEmpty(await recipientsOf(id))
      assert.include(unsaid.text(), 'Enter why they were not told')
      assert.match(unsaid.text(), new RegExp(`value="${first}" checked`))

      const reason = 'Its logs cannot be searched by person'
      await step('recipients', { 'recipients[]': [first], 'outcome': 'impossible', reason })
      await step('recipients', {
        'recipients[]': rest,
        'other': 'The regulator',
        'outcome': 'informed',
      })
      assert.sameDeepMembers(await recipientsOf(id), [
        { recipient: first, outcome: 'impossible' },
        ...[...rest, 'The regulator'].map((recipient) => ({ recipient, outcome: 'informed' })),
      ])
      await step('fulfilment', { answer })
      assert.equal((await rowOf(id)).status, 'fulfilled')
      assert.include((await walk.open(`/admin/privacy/${id}`)).text(), reason)
    })
  }

  test('are noted once each, and none is noted where none is named', async ({ client, assert }) => {
    const { step, id } = await handling(client, 'rectification')
    const note = (body: Record<string, unknown>) =>
      step('recipients', { outcome: 'informed', ...body })
    await note({})
    assert.isEmpty(await recipientsOf(id))
    await note({ 'recipients[]': ['Resend'], 'other': 'Resend' })
    await note({ 'recipients[]': ['Resend', 'Sentry'] })
    assert.deepEqual(await recipientsOf(id), [{ recipient: 'Resend', outcome: 'informed' }])
  })

  test('need not be told when nothing changed', async ({ client, assert }) => {
    const staff = await registerStaff()
    const { id } = await asked('objection')
    await client.post(`/admin/privacy/${id}/fulfilment`).as(staff).form({ answer, lock_version: 2 })
    assert.equal((await rowOf(id)).status, 'fulfilled')
  })
})

/** One of the staff at a request of this kind, each step on it as it stands by then. */
async function handling(client: ApiClient, kind: RequestKind) {
  const staff = await registerStaff()
  const walk = await Walk.begin(client, { ...staff, organisationId: PLATFORM, membershipId: '' })
  const { id } = await asked(kind)
  const step = async (path: string, body: Record<string, unknown>) => {
    const { lock_version: version } = await rowOf(id)
    await walk.open(`/admin/privacy/${id}`)
    const form = { ...body, lock_version: version }
    return walk.submitAndFollow(`/admin/privacy/${id}/${path}`, form)
  }
  return { walk, step, id }
}

/** A request of this kind of which it is known who asks. */
async function asked(kind: RequestKind) {
  const { userId, name, email } = await register('asker')
  return Tenancy.system(PLATFORM, async () => {
    const request = await receiveRequest({
      kind,
      channel: 'profile',
      userId,
      contact: { name, email },
      details: null,
    })
    await verifyIdentity(request, 'session')
    return request
  })
}

function recipientsOf(id: string) {
  return sql(
    admin(),
    'select recipient, outcome from privacy_request_recipients where request_id = ?',
    [id]
  )
}
