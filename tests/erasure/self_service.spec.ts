import { test } from '@japa/runner'
import { addDays } from '#models/days'
import { day } from '#registries/formats'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Walk } from '#tests/support/walk'
import { register, World, type Account } from '#tests/support/world'

const PATH = '/profile/privacy/erasure'

const requestsOf = ({ userId }: Account) =>
  sql(admin(), 'select * from privacy_requests where user_id = ? order by id', [userId])

test.group('Asking for one’s account to be deleted', () => {
  test('explains what happens, and takes the address as confirmation', async ({
    client,
    assert,
  }) => {
    const member = await (await World.create()).person('member')
    const walk = await Walk.begin(client, member)
    const page = await walk.open(PATH)
    for (const line of ['Former member', 'within 30 days', 'cannot be undone', member.email]) {
      assert.include(page.text(), line)
    }
    const wrong = await walk.submitAndFollow(PATH, { confirmation: 'x', details: 'I am leaving' })
    assert.include(wrong.text(), `Enter ${member.email} to confirm`)
    assert.include(wrong.text(), 'I am leaving')
    assert.lengthOf(await requestsOf(member), 0)
    const asked = await walk.submitAndFollow(PATH, { confirmation: member.email.toUpperCase() })
    assert.include(asked.text(), 'We have received your request')
    const [row] = await requestsOf(member)
    const latest = day(addDays(row.due_on, -14))
    assert.include(asked.text(), `The deletion starts by ${latest}`)
    assert.containsSubset(row, { kind: 'erasure', identity_method: 'session', status: 'working' })
    await walk.submitAndFollow(PATH, { confirmation: member.email })
    assert.lengthOf(await requestsOf(member), 1, 'one at a time')
  })

  test('is done once by forms sent at the same moment', async ({ client, assert }) => {
    const member = await (await World.create()).person('member')
    const send = () => client.post(PATH).as(member).form({ confirmation: member.email })
    await Promise.all(Array.from({ length: 6 }, send))
    assert.lengthOf(await requestsOf(member), 1)
  })

  test('can be thought better of until it starts', async ({ client, assert }) => {
    const member = await (await World.create()).person('member')
    const walk = await Walk.begin(client, member)
    await walk.submit(PATH, { confirmation: member.email })
    const [{ id }] = await requestsOf(member)
    await walk.submit(`/profile/privacy/requests/${id}`, {}, 'DELETE')
    assert.equal((await requestsOf(member))[0].status, 'withdrawn')
    const page = await walk.open(PATH)
    assert.include(page.text(), 'Enter your email address')
  })

  test('needs a session that began within the hour, or a mailed code', async ({
    client,
    assert,
  }) => {
    const account = await register('stale')
    const page = await client.get(PATH).as(account, 120)
    assert.include(page.text(), 'we will email you a code')
    const answer = await client.post(PATH).as(account, 120).form({ confirmation: account.email })
    const [row] = await requestsOf(account)
    assert.equal(answer.header('location'), `/privacy/requests/${row.ref}`)
    assert.equal(row.status, 'identity')
  })

  test('is refused to the only owner of an organisation, by its name', async ({
    client,
    assert,
  }) => {
    const owner = await (await World.create('Harbour Trust')).person('owner')
    const walk = await Walk.begin(client, owner)
    const page = await walk.open(PATH)
    assert.include(page.text(), 'You are the only owner of Harbour Trust')
    const refused = await walk.submitAndFollow(PATH, { confirmation: owner.email })
    assert.include(refused.text(), 'Someone else has to become owner first, in: Harbour Trust')
    assert.lengthOf(await requestsOf(owner), 0)
  })

  test('leads from the general form to its own page', async ({ client, assert }) => {
    const member = await (await World.create()).person('member')
    const page = await client.get('/profile/privacy').as(member)
    assert.include(page.text(), 'href="/profile/privacy/erasure"')
  })

  test('is for people who are signed in', async ({ client }) => {
    const page = await client.get(PATH).redirects(0)
    page.assertStatus(303)
  })
})
