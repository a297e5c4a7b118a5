import { test } from '@japa/runner'
import PrivacyRequest from '#models/privacy_request'
import { fulfil } from '#models/privacy_request/closing'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { openedMails } from '#tests/support/sealed'
import { admin } from '#tests/support/admin'
import { receive, requestWithCode } from '#tests/support/exercises/privacy'
import { csrfOf, Visitor } from '#tests/support/visitor'
import { register, World } from '#tests/support/world'

async function ask(visitor: Visitor, fields: Record<string, string> = {}) {
  const page = await visitor.get('/privacy/requests/create')
  return visitor.post('/privacy/requests', {
    _csrf: csrfOf(page.text),
    kind: 'access',
    name: 'Vera Visitor',
    email: `vera-${Math.random()}@example.test`,
    details: 'Everything about me',
    ...fields,
  })
}

async function mailedCode(email: string) {
  const [mail] = await openedMails(
    `select text_body from email_outbox where email = ? and template = 'privacy_code'
      order by id desc limit 1`,
    [email]
  )
  return mail?.text_body.match(/^[0-9A-Z]{8}$/m)?.[0] as string | undefined
}

async function enter(visitor: Visitor, path: string, code: string) {
  const page = await visitor.get(path)
  return visitor.post(`${path}/proof`, { _csrf: csrfOf(page.text), code })
}

function rowOf(ref: string) {
  return sql(admin(), 'select * from privacy_requests where ref = ?', [ref]).then(([row]) => row)
}

const refIn = (location: string | null) => location!.split('/').at(-1)!
const pathIn = (location: string | null) => new URL(location!).pathname

test.group('Asking without an account', () => {
  test('takes a code to the address, then shows how the request stands', async ({ assert }) => {
    const visitor = new Visitor()
    const email = `vera-${Math.random()}@example.test`
    const answer = await ask(visitor, { email })
    assert.equal(answer.status, 303)
    const path = pathIn(answer.location)
    const before = await visitor.get(path)
    assert.include(before.text, 'Enter your code')
    assert.notInclude(before.text, 'A copy of my data')
    const entered = await enter(visitor, path, (await mailedCode(email))!)
    assert.equal(entered.status, 303)
    const after = await visitor.get(path)
    assert.include(after.text, 'A copy of my data')
    assert.include(after.text, 'Being worked on')
    const row = await rowOf(refIn(answer.location))
    assert.containsSubset(row, { status: 'working', identity_method: 'mailed_code', user_id: null })
    assert.include((await new Visitor().get(path)).text, 'Enter your code')
  })

  test('finds nothing by what is no ref', async ({ assert }) => {
    for (const ref of ['%00', 'P-%00AAAAA', '%F0%9F%92%A5', "'"]) {
      const visitor = new Visitor()
      const page = await visitor.get('/privacy/requests/P-AAAAAA')
      const fields = { _csrf: csrfOf(page.text), code: 'ABCD2345' }
      for (const [what, status] of [
        ['code', 303],
        ['proof', 303],
        ['withdrawal', 404],
      ] as const) {
        const answer = await visitor.post(`/privacy/requests/${ref}/${what}`, fields)
        assert.equal(answer.status, status, `${ref} ${what}`)
      }
    }
  })

  test('keeps who asks and what they write encrypted', async ({ assert }) => {
    const email = `vera-${Math.random()}@example.test`
    const answer = await ask(new Visitor(), {
      email,
      name: 'Canary Person',
      details: 'Canary words',
    })
    const row = await rowOf(refIn(answer.location))
    assert.notMatch(JSON.stringify(row), /[Cc]anary|vera/)
    const opened = await Tenancy.system(PLATFORM, () => PrivacyRequest.findOrFail(row.id))
    assert.deepEqual(opened.contact, { name: 'Canary Person', email })
    assert.equal(opened.details, 'Canary words')
    const told = await sql(
      admin(),
      `select e.facts::text || coalesce(string_agg(v.value, ' '), '') as text from audit.events e
         left join audit.event_values v on v.event_id = e.id
        where e.entity_id = ? group by e.id, e.facts`,
      [row.id]
    )
    assert.notMatch(JSON.stringify(told), /[Cc]anary|vera/)
  })

  test('answers the same with an account as without, and finds the account once proved', async ({
    assert,
  }) => {
    const account = await register('holder')
    const [known, unknown] = [new Visitor(), new Visitor()]
    const answers = [await ask(known, { email: account.email }), await ask(unknown)]
    for (const { status, location } of answers) {
      assert.equal(status, 303)
      assert.match(pathIn(location), /^\/privacy\/requests\/P-[0-9A-Z]{6}$/)
    }
    const ref = refIn(answers[0].location)
    assert.isNull((await rowOf(ref)).user_id)
    await enter(known, pathIn(answers[0].location), (await mailedCode(account.email))!)
    assert.equal((await rowOf(ref)).user_id, account.userId)
  })

  test('stops writing to an address after three a day, and does not say so', async ({ assert }) => {
    const email = `vera-${Math.random()}@example.test`
    const answers = []
    for (let count = 0; count < 4; count++) answers.push(await ask(new Visitor(), { email }))
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([303]))
    const rows = await sql(admin(), 'select from email_outbox where email = ?', [email])
    assert.lengthOf(rows, 3)
    assert.isUndefined(await rowOf(refIn(answers[3].location)))
    const page = await new Visitor().get(pathIn(answers[3].location))
    assert.equal(page.status, 200)
    assert.include(page.text, 'Enter your code')
  })

  test('stops at three also when many ask at once', async ({ assert }) => {
    const email = `vera-${Math.random()}@example.test`
    const asked = await Promise.all(Array.from({ length: 8 }, () => ask(new Visitor(), { email })))
    assert.deepEqual(new Set(asked.map(({ status }) => status)), new Set([303]))
    const mails = await openedMails(
      `select text_body from email_outbox where email = ? and template = 'privacy_code'`,
      [email]
    )
    assert.lengthOf(mails, 3)
  })

  test('mails three codes an hour at most, of which the newest is good for half an hour', async ({
    assert,
  }) => {
    const email = `vera-${Math.random()}@example.test`
    const visitor = new Visitor()
    const { location } = await ask(visitor, { email })
    const path = pathIn(location)
    const first = (await mailedCode(email))!
    for (let count = 0; count < 3; count++) {
      await visitor.post(`${path}/code`, { _csrf: csrfOf((await visitor.get(path)).text) })
    }
    const mails = await sql(
      admin(),
      `select from email_outbox where email = ? and template = 'privacy_code'`,
      [email]
    )
    assert.lengthOf(mails, 3)
    await enter(visitor, path, first)
    assert.include((await visitor.get(path)).text, 'Enter your code')
    await sql(
      admin(),
      `update privacy_codes set expires_at = expires_at - interval '30 minutes'
        where request_id = (select id from privacy_requests where ref = ?)`,
      [refIn(location)]
    )
    await enter(visitor, path, (await mailedCode(email))!)
    assert.include((await visitor.get(path)).text, 'Enter your code')
  })

  test('gives a code five tries, one use, and none to the next request', async ({ assert }) => {
    const { ref, code } = await requestWithCode(await register('asker'))
    const other = await requestWithCode(await register('asker'))
    const path = `/privacy/requests/${ref}`
    assert.equal(
      (await enter(new Visitor(), path, other.code)).location?.includes('profile'),
      false
    )
    for (let tries = 0; tries < 4; tries++) await enter(new Visitor(), path, 'WRONG000')
    const visitor = new Visitor()
    await enter(visitor, path, code)
    assert.include((await visitor.get(path)).text, 'Enter your code', 'the tries are used up')

    const again = `/privacy/requests/${other.ref}`
    await enter(visitor, again, other.code.toLowerCase().replace(/(.{4})/, '$1 '))
    assert.include((await visitor.get(again)).text, 'A copy of my data')
    const second = new Visitor()
    await enter(second, again, other.code)
    assert.include((await second.get(again)).text, 'Enter your code')
  })

  test('says what is wrong beside the field, keeps what was typed, and takes nothing in', async ({
    assert,
  }) => {
    const visitor = new Visitor()
    const [{ count }] = await sql(admin(), 'select count(*) from privacy_requests')
    const answer = await ask(visitor, { email: 'no address', details: 'My long story' })
    assert.equal(
      pathIn(answer.location),
      '/privacy/requests/create',
      'whether or not a browser says where it comes from'
    )
    const page = await visitor.get('/privacy/requests/create')
    assert.include(page.text, 'My long story')
    assert.include(page.text, 'id="email-error"')
    const [after] = await sql(admin(), 'select count(*) from privacy_requests')
    assert.equal(after.count, count)
  })

  test('cannot be withdrawn by somebody who has not entered its code', async ({ assert }) => {
    const { ref, code } = await requestWithCode(await register('asker'))
    const path = `/privacy/requests/${ref}`
    const stranger = new Visitor()
    const page = await stranger.get(path)
    const refused = await stranger.post(`${path}/withdrawal`, { _csrf: csrfOf(page.text) })
    assert.equal(refused.status, 404)
    assert.equal((await rowOf(ref)).status, 'received')
    const visitor = new Visitor()
    await enter(visitor, path, code)
    const own = await visitor.get(path)
    await visitor.post(`${path}/withdrawal`, { _csrf: csrfOf(own.text) })
    assert.equal((await rowOf(ref)).status, 'withdrawn')
  })
})

test.group('Asking under one’s profile', () => {
  test('is proved by a session that began within the hour', async ({ client, assert }) => {
    const person = await register('asker')
    const answer = await client
      .post('/profile/privacy/requests')
      .as(person)
      .form({ kind: 'erasure', details: 'All of it' })
    answer.assertHeader('location', '/profile/privacy')
    const page = await client.get('/profile/privacy').as(person)
    assert.include(page.text(), 'Delete my data')
    assert.include(page.text(), 'Being worked on')
    const [row] = await sql(admin(), 'select * from privacy_requests where user_id = ?', [
      person.userId,
    ])
    assert.containsSubset(row, { identity_method: 'session', channel: 'profile' })
  })

  test('takes a mailed code in an older session', async ({ client, assert }) => {
    const person = await register('asker')
    const answer = await client
      .post('/profile/privacy/requests')
      .as(person, 120)
      .form({ kind: 'access' })
    assert.match(answer.header('location')!, /^\/privacy\/requests\/P-/)
    assert.equal((await rowOf(refIn(answer.header('location')!))).status, 'identity')
    assert.isDefined(await mailedCode(person.email))
  })

  test('shows and withdraws one’s own, and nobody else’s', async ({ client, assert }) => {
    const [mine, theirs] = [await register('mine'), await register('theirs')]
    const request = await receive(mine)
    const page = await client.get('/profile/privacy').as(theirs)
    assert.notInclude(page.text(), request.ref)
    const refused = await client.delete(`/profile/privacy/requests/${request.id}`).as(theirs)
    refused.assertStatus(404)
    assert.equal((await rowOf(request.ref)).status, 'received')
    await client.delete(`/profile/privacy/requests/${request.id}`).as(mine)
    assert.equal((await rowOf(request.ref)).status, 'withdrawn')
  })

  test('leads visitors to the sign-in', async ({ client }) => {
    const answer = await client.get('/profile/privacy')
    answer.assertHeader('location', '/sign-in')
  })
})

test.group('A request', () => {
  test('has its due date from the database, and none can be moved', async ({ assert }) => {
    const { ref } = await receive(await register('asker'), '2026-01-31')
    const row = await rowOf(ref)
    assert.equal(row.due_on, '2026-02-28')
    await assert.rejects(
      () => sql(admin(), `update privacy_requests set due_on = '2027-01-01' where ref = ?`, [ref]),
      /can only be updated to DEFAULT/
    )
  })

  test('cannot be closed as done before it is known who asks', async ({ assert }) => {
    const request = await receive(await register('asker'))
    await assert.rejects(() =>
      Tenancy.system(PLATFORM, async () => {
        const found = await PrivacyRequest.findById(request.id)
        await fulfil(found, { text: 'Done', evidence: 'evidence', recipients: [] })
      })
    )
    assert.equal((await rowOf(request.ref)).status, 'received')
  })

  test('is invisible from inside an organisation', async ({ assert }) => {
    const world = await World.create()
    const person = await world.person('member')
    const request = await receive(person)
    const found = await world.inside(() => PrivacyRequest.query().where('id', request.id).exec())
    assert.isEmpty(found)
  })
})
