import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import Feedback from '#models/feedback'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { countQueries } from '#tests/support/query_count'
import { Walk } from '#tests/support/walk'
import { register, registerStaff, World, type Account } from '#tests/support/world'

function send(client: ApiClient, account: Account, fields: Record<string, unknown>) {
  return client.post('/feedback').as(account).form(fields)
}

function feedbackOf({ userId }: Account) {
  return sql(admin(), 'select * from feedback where user_id = ? order by id', [userId])
}

test.group('Feedback', () => {
  test('keeps the message, the page and the account, and nothing else', async ({
    client,
    assert,
  }) => {
    const [person, other] = [await register('person'), await register('other')]
    const response = await send(client, person, {
      message: '  The log is slow\r\nsince Monday  ',
      page: '/raid?q=secret+search#part',
      id: '01930000-0000-7000-8000-000000000001',
      user_id: other.userId,
      userId: other.userId,
      organisation_id: '01930000-0000-7000-8000-000000000002',
      status: 'closed',
      lock_version: 7,
      email: 'me@example.test',
      browser: 'Firefox',
      screenshot: 'data:image/png;base64,AAAA',
    })
    response.assertStatus(303)
    response.assertHeader('location', '/feedback')
    const [row, ...more] = await feedbackOf(person)
    assert.lengthOf(more, 0)
    assert.lengthOf(await feedbackOf(other), 0)
    assert.notEqual(row.id, '01930000-0000-7000-8000-000000000001')
    const { id, created_at: createdAt, updated_at: updatedAt, ...kept } = row
    assert.isTrue(Boolean(id) && createdAt <= new Date() && updatedAt <= new Date())
    assert.deepEqual(kept, {
      organisation_id: PLATFORM,
      user_id: person.userId,
      message: 'The log is slow\nsince Monday',
      page: '/raid',
      status: 'new',
      lock_version: 1,
    })
  })

  test('keeps only pages of ours, by their path: {$i}')
    .with([
      { given: '/projects', kept: '/projects' },
      { given: '/projects?organisation=1&q=name#x', kept: '/projects' },
      { given: `/join/${'a'.repeat(43)}`, kept: '/join/…' },
      {
        given: '/projects/01930000-0000-7000-8000-00000000d001/raid',
        kept: '/projects/01930000-0000-7000-8000-00000000d001/raid',
      },
      { given: 'https://elsewhere.test/raid', kept: null },
      { given: '//elsewhere.test/raid', kept: null },
      { given: '/\\elsewhere.test', kept: null },
      { given: '/%2F%2Felsewhere.test', kept: null },
      { given: 'javascript:alert(1)', kept: null },
      { given: `/${'a/'.repeat(300)}`, kept: null },
      { given: '', kept: null },
      { given: ['/raid', '/audit'], kept: null },
    ])
    .run(async ({ client, assert }, { given, kept }) => {
      const person = await register('person')
      await send(client, person, { message: 'Hello', page: given })
      const [row] = await feedbackOf(person)
      assert.equal(row.page, kept)
    })

  test('leaves nothing of the message or its author in the audit trail', async ({
    client,
    assert,
  }) => {
    const person = await register('person')
    await send(client, person, { message: 'A canary sings', page: '/raid' })
    const [{ id }] = await feedbackOf(person)
    const events = await sql(
      admin(),
      `select e.action, e.actor_ref, e.header, v.value from audit.events e
         left join audit.event_values v on v.event_id = e.id
        where e.organisation_id = ? and e.entity_id = ?`,
      [PLATFORM, id]
    )
    assert.deepEqual(
      events.map(({ action, actor_ref: actor, value }) => ({ action, actor, value })),
      [{ action: 'feedback.created', actor: null, value: '{"after": "new"}' }]
    )
    assert.notInclude(JSON.stringify(events), person.userId)
  })

  test('without a message says so beside the field and keeps the page', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const person = await world.person('team')
    const walk = await Walk.begin(client, person)
    await walk.open('/projects')
    const page = await walk.submitAndFollow('/feedback', { message: ' ', page: '/raid?q=x' })
    assert.include(page.text(), 'Enter your feedback')
    assert.include(page.text(), 'name="page" value="/raid"')
    const long = await walk.submitAndFollow('/feedback', { message: 'a'.repeat(5001) })
    assert.include(long.text(), 'Keep this to 5000 characters')
    assert.include(long.text(), 'aaaa')
    assert.lengthOf(await feedbackOf(person), 0)
  })

  test('is taken from anyone who is signed in, and from nobody else', async ({
    client,
    assert,
  }) => {
    for (const account of [await register('nobody'), await registerStaff()]) {
      const form = await client.get('/feedback/create?page=/admin').as(account)
      form.assertStatus(200)
      await send(client, account, { message: 'Hello' })
      assert.lengthOf(await feedbackOf(account), 1)
    }
    for (const path of ['/feedback', '/feedback/create']) {
      const visitor = await client.get(path)
      visitor.assertHeader('location', '/sign-in')
    }
    const forged = await client.post('/feedback').form({ message: 'Hello' })
    forged.assertStatus(403)
  })

  test('has a link at the foot of every page, and none for visitors', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const nobody = await register('nobody')
    for (const [account, path] of [
      [manager, `/projects/${project.id}`],
      [manager, '/projects'],
      [manager, '/profile'],
      [nobody, '/organisations'],
      [nobody, '/privacy'],
    ] as const) {
      const page = await client.get(`${path}?q=private`).as(account)
      assert.include(page.text(), `/feedback/create?page=${encodeURIComponent(path)}"`)
    }
    const visitor = await client.get('/privacy')
    assert.notInclude(visitor.text(), '/feedback')
  })

  test('answers with the form alone where it opens over another page', async ({
    client,
    assert,
  }) => {
    const person = await register('person')
    const form = await client.get('/feedback/create?page=/raid').as(person).forFragment('feedback')
    assert.notInclude(form.text(), '<html')
    assert.notInclude(form.text(), '<title')
    assert.include(form.text(), 'hx-target="#feedback"')
    const thanks = await client.get('/feedback').as(person).forFragment('feedback', 'div')
    assert.include(thanks.text(), 'Thank you')
    assert.notInclude(thanks.text(), '<html')
  })

  test('shows people their own with its answers, and nobody else’s', async ({ client, assert }) => {
    const [person, other] = [await register('person'), await register('other')]
    await send(client, person, { message: 'Mine <b>bold</b>', page: '/raid' })
    await send(client, other, { message: 'Theirs', page: '/raid' })
    const [{ id }] = await feedbackOf(person)
    await Tenancy.system(PLATFORM, async () => {
      const feedback = await Feedback.findById(id)
      await feedback.answer('It is mended', 1)
    })
    const page = await client.get('/feedback').as(person)
    assert.include(page.text(), 'Mine &lt;b&gt;bold&lt;/b&gt;')
    assert.include(page.text(), 'It is mended')
    assert.include(page.text(), 'Answered')
    assert.notInclude(page.text(), 'Theirs')
  })

  test('lists at the same cost, however much there is, and pages on', async ({
    client,
    assert,
  }) => {
    const person = await register('person')
    const add = (count: number) =>
      Tenancy.system(PLATFORM, async () => {
        for (let number = 0; number < count; number++) {
          const { id } = await Feedback.submit(person.userId, {
            message: `Remark ${number}.`,
            page: null,
          })
          if (number < 3) await (await Feedback.findById(id)).answer('Yes', 1)
        }
      })
    await add(2)
    const visit = () => client.get('/feedback').as(person)
    await visit()
    const few = await countQueries(visit)
    await add(55)
    assert.equal(await countQueries(visit), few)
    const first = await visit()
    const [, next] = first.text().match(/href="([^"]+)" rel="next"/)!
    const second = await client.get(next).as(person)
    assert.include(second.text(), 'Remark 0.')
    const [, previous] = second.text().match(/href="([^"]+)" rel="prev"/)!
    const back = await client.get(previous).as(person)
    assert.include(back.text(), 'Remark 54.')
  })
})
