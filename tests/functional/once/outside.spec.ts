import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import Invitation from '#models/invitation'
import { sql } from '#tenancy/sql'
import { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { linkedTask } from '#tests/support/exercises/externals'
import { requestWithCode } from '#tests/support/exercises/privacy'
import { rollingBack } from '#tests/support/rollback'
import { Walk } from '#tests/support/walk'
import { register, World, type Account } from '#tests/support/world'

const count = async (text: string, values: unknown[]) =>
  (await sql(admin(), `select count(*)::int as count ${text}`, values))[0].count

test.group('A form outside any organisation that is sent again', () => {
  const sendTwice = async (send: () => ReturnType<ApiClient['post']>) => {
    const first = await send()
    first.assertStatus(303)
    const again = await send()
    again.assertStatus(303)
    again.assertHeader('location', first.header('location')!)
    return first.header('location')!
  }

  const posting = (client: ApiClient, person: Account | null, path: string, fields: object) => {
    const form = { ...fields, _once: randomUUID() }
    return () => {
      const request = client.post(path).form(form)
      return person ? request.as(person) : request
    }
  }

  test('gives feedback once', async ({ assert, client }) => {
    const person = await register('member')
    const send = posting(client, person, '/feedback', { message: 'Slow', page: '/raid' })
    await sendTwice(send)
    assert.equal(await count('from feedback where user_id = ?', [person.userId]), 1)
  })

  test('accepts feedback again that was refused or rolled back', async ({ assert, client }) => {
    const person = await register('member')
    const once = { _once: randomUUID() }
    const give = (message: string) =>
      client
        .post('/feedback')
        .as(person)
        .form({ message, ...once })
    await give('')
    await rollingBack(() => give('Quick'))
    await give('Quick')
    assert.equal(await count('from feedback where user_id = ?', [person.userId]), 1)
  })

  test('founds one organisation', async ({ assert, client }) => {
    const person = await register('member')
    const path = await sendTwice(posting(client, person, '/organisations', { name: 'Quays Ltd' }))
    assert.equal(path, '/work')
    assert.equal(await count('from memberships where user_id = ?', [person.userId]), 1)
  })

  test('founds one organisation, sent twice at once', async ({ assert, client }) => {
    const person = await register('member')
    const send = posting(client, person, '/organisations', { name: 'Locks Ltd' })
    const answers = await Promise.all([send(), send(), send()])
    for (const answer of answers) answer.assertHeader('location', '/work')
    assert.equal(await count('from memberships where user_id = ?', [person.userId]), 1)
  })

  test('asks about one’s data once, from within the product and without an account', async ({
    assert,
    client,
  }) => {
    const person = await register('member')
    await sendTwice(posting(client, person, '/profile/privacy/requests', { kind: 'access' }))
    assert.equal(await count('from privacy_requests where user_id = ?', [person.userId]), 1)

    const { name, email } = await register('stranger')
    const fields = { kind: 'access', name, email }
    const path = await sendTwice(posting(client, person, '/privacy/requests', fields))
    assert.match(path, /^\/privacy\/requests\/P-/)
    const ref = path.split('/').at(-1)
    assert.equal(await count('from privacy_requests where ref = ?', [ref]), 1)
    const codes =
      'from privacy_codes c join privacy_requests r on r.id = c.request_id where r.ref = ?'
    assert.equal(await count(codes, [ref]), 1)
  })

  test('asks for erasure and for a copy once', async ({ assert, client }) => {
    const person = await register('member')
    const erasure = { confirmation: person.email }
    await sendTwice(posting(client, person, '/profile/privacy/exports', { contents: 'access' }))
    await sendTwice(posting(client, person, '/profile/privacy/erasure', erasure))
    assert.equal(await count('from privacy_exports where user_id = ?', [person.userId]), 1)
    assert.equal(await count('from privacy_requests where user_id = ?', [person.userId]), 1)
  })

  test('accepts a code once, and a second press reports no used code', async ({
    assert,
    client,
  }) => {
    const proved = `from audit.events e join privacy_requests r on r.id = e.entity_id
      where r.ref = ? and e.action = 'privacy_request.status_changed'`
    for (const atOnce of [false, true]) {
      const person = await register('member')
      const { ref, code } = await requestWithCode(person)
      const before = await count(proved, [ref])
      const send = posting(client, person, `/privacy/requests/${ref}/proof`, { code })
      const answers = atOnce ? await Promise.all([send(), send()]) : [await send(), await send()]
      for (const answer of answers) answer.assertHeader('location', `/privacy/requests/${ref}`)
      assert.equal(await count(proved, [ref]), before + 1)
      // Another form with the used code is refused as before.
      const later = posting(client, person, `/privacy/requests/${ref}/proof`, { code })
      assert.notEqual((await later()).header('location'), `/privacy/requests/${ref}`)
    }
  })

  test('withdraws a request once', async ({ assert, client }) => {
    const person = await register('member')
    const { ref, code } = await requestWithCode(person)
    const walk = await Walk.begin(client, { ...person, organisationId: PLATFORM, membershipId: '' })
    await walk.submit(`/privacy/requests/${ref}/proof`, { code })
    const once = { _once: randomUUID() }
    for (let time = 0; time < 2; time++) {
      const answer = await walk.submit(`/privacy/requests/${ref}/withdrawal`, once)
      answer.assertStatus(303)
      answer.assertHeader('location', `/privacy/requests/${ref}`)
    }
    const told = `from audit.events e join privacy_requests r on r.id = e.entity_id
      where r.ref = ? and e.action = 'privacy_request.withdrawn'`
    assert.equal(await count(told, [ref]), 1)
  })

  test('joins an organisation once, and leads into it again', async ({ assert, client }) => {
    const person = await register('member')
    const world = await World.create()
    const { name, membershipId } = await world.person('owner')
    const token = await world.inside(() =>
      Invitation.invite(
        { email: person.email, role: 'member', projects: [] },
        { name, membershipId }
      )
    )
    const join = posting(client, person, `/join/${token}`, {})
    for (let time = 0; time < 2; time++) {
      const answer = await join()
      answer.assertStatus(303)
      assert.match(answer.header('location')!, /^\/projects/)
    }
    const told = `from audit.events where organisation_id = ? and action = 'invitation.accepted'`
    assert.equal(await count(told, [world.organisationId]), 1)
  })

  test('of a link’s holder adds one comment and one file, and is told so on the task', async ({
    assert,
    client,
  }) => {
    const { world, token } = await linkedTask()
    const comment = posting(client, null, `/task/${token}/comments`, { body: 'At low water' })
    const first = await comment()
    first.assertHeader('location', `/task/${token}?told=comment`)
    const again = await comment()
    again.assertHeader('location', `/task/${token}?told=saved`)
    const page = await client.get(again.header('location')!)
    assert.include(page.text(), 'This has already been saved.')

    const key = randomUUID()
    for (const told of ['file', 'saved']) {
      const answer = await client
        .post(`/task/${token}/attachments`)
        .field('_once', key)
        .file('file', Buffer.from('At low water'), { filename: 'survey.txt' })
      answer.assertHeader('location', `/task/${token}?told=${told}`)
    }
    for (const table of ['comments', 'task_attachments']) {
      assert.equal(
        await count(`from ${table} where organisation_id = ?`, [world.organisationId]),
        1
      )
    }
    const kept = 'from sent_forms where path is not null and organisation_id = ?'
    assert.equal(await count(kept, [world.organisationId]), 0, 'the secret is written down nowhere')
  })

  test('of a link’s holder may be corrected after it was refused', async ({ assert, client }) => {
    const { world, token } = await linkedTask()
    const once = { _once: randomUUID() }
    const add = (body: string) => client.post(`/task/${token}/comments`).form({ body, ...once })
    const refused = await add('')
    refused.assertStatus(422)
    assert.equal(
      await count('from sent_forms where organisation_id = ?', [world.organisationId]),
      0
    )
    const mended = await add('At low water')
    mended.assertStatus(303)
  })
})
