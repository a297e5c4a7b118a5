import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import type RaidItem from '#models/raid_item'
import { admin } from '#tests/support/admin'
import { linkedTask } from '#tests/support/exercises/externals'
import { Log } from '#tests/support/raid_log'
import { Walk } from '#tests/support/walk'
import { register, registerStaff, World } from '#tests/support/world'
import { sql } from '#tenancy/sql'

const MAIN = 'aria-label="Main"'
const PROJECT = 'aria-label="Project"'
const ACCOUNT = '<nav aria-label="Your account"'
const OFFICE = '<nav aria-label="Back office"'

/** A comment of these words fails in the database, with the code, until the answer is called. */
async function failing(words: string, code: string) {
  await sql(
    admin(),
    `create function public.fail_comment() returns trigger language plpgsql as
       $$ begin if new.body = '${words}' then raise exception 'no' using errcode = '${code}'; end if;
          return new; end $$`
  )
  await sql(
    admin(),
    `create trigger fail before insert on comments for each row execute function public.fail_comment()`
  )
  return async () => {
    await sql(admin(), 'drop function if exists public.fail_comment() cascade')
  }
}

/** Whoever asks who somebody is gets none of the connections, until the answer is called. */
async function connectionsSpent() {
  await sql(admin(), 'alter function directory.person(uuid) rename to person_away')
  await sql(
    admin(),
    `create function directory.person(uuid) returns jsonb language plpgsql as
       $$ begin raise exception 'no' using errcode = '53300'; end $$`
  )
  return async () => {
    await sql(admin(), 'drop function directory.person(uuid)')
    await sql(admin(), 'alter function directory.person_away(uuid) rename to person')
  }
}

test.group('Error pages', (group) => {
  let log: Log
  let item: RaidItem

  group.setup(async () => {
    log = await Log.create()
    item = await log.raise('issue', { issueKind: 'problem_concern' })
  })

  test('of a missing page keep the navigation of members, at any address', async ({
    assert,
    client,
  }) => {
    const { manager } = log.people
    for (const path of ['/nowhere', '/projects/nowhere', `/projects/${randomUUID()}`]) {
      const page = await client.get(path).as(manager)
      page.assertStatus(404)
      assert.include(page.text(), MAIN, path)
      assert.notInclude(page.text(), PROJECT, path)
      assert.include(page.text(), 'href="/projects"')
      assert.notInclude(page.text(), 'href="/sign-in"')
    }
    const file = await client.get(`/projects/${randomUUID()}/raid.csv`).as(manager)
    const walk = await Walk.begin(client, manager)
    const form = await walk.submit(`/projects/${randomUUID()}/raid`, { title: 'Nowhere' })
    for (const answer of [file, form]) {
      answer.assertStatus(404)
      assert.include(answer.text(), MAIN)
    }
    const within = await client.get(`${log.url}/${randomUUID()}`).as(manager)
    within.assertStatus(404)
    assert.include(within.text(), PROJECT)
    assert.include(within.text(), `Go to ${log.project.code}`)
  })

  test('of another tenant’s record are like those of no record', async ({ assert, client }) => {
    const stranger = await (await World.create()).person('owner')
    const page = await client.get(log.urlOf(item)).as(stranger)
    page.assertStatus(404)
    assert.include(page.text(), MAIN)
    assert.notInclude(page.text(), log.project.code)
  })

  test('of a wrong role keep the navigation too', async ({ assert, client }) => {
    const role = await client.get('/audit').as(log.people.manager)
    role.assertStatus(403)
    assert.include(role.text(), MAIN)
    const write = await client.delete('/settings/webhooks/nobody').as(log.people.manager)
    write.assertStatus(403)
    assert.include(write.text(), MAIN)
  })

  test('of creating a project lead members to a request for one', async ({ assert, client }) => {
    const walk = await Walk.begin(client, log.people.viewer)
    const page = await walk.open('/projects/create')
    page.assertStatus(403)
    assert.include(page.text(), 'href="/project-requests/create"')
    const sent = await walk.submit('/projects', { name: 'A quay of our own', code: 'QUAY' })
    sent.assertStatus(403)
    assert.include(sent.text(), 'href="/project-requests/create"')
    assert.include(sent.text(), 'A quay of our own')
    assert.equal((await walk.open('/project-requests/create')).status(), 200)
    assert.notInclude((await walk.open('/audit')).text(), '/project-requests/create')
  })

  for (const [status, code, words] of [
    [500, 'P0001', 'Something went wrong'],
    [503, '57P01', 'Orchestrate is not available'],
  ] as const) {
    test(`of a database failure, ${status}, keep the navigation without a query`, async ({
      assert,
      client,
      cleanup,
    }) => {
      cleanup(await failing('Fail here', code))
      const walk = await Walk.begin(client, log.people.manager)
      await walk.open(log.urlOf(item))
      const page = await walk.submit(`${log.urlOf(item)}/comments`, { body: 'Fail here' })
      page.assertStatus(status)
      assert.include(page.text(), words)
      assert.include(page.text(), PROJECT)
      assert.notInclude(page.text(), 'nav__unread')
      for (const way of ['Send it again', 'value="Fail here"', 'Back to the form'])
        assert.include(page.text(), way)
      assert.equal(await log.count('comments'), 0)
    })
  }

  test('of a page that fails lead back to it, and do not speak of anything sent', async ({
    assert,
    client,
    cleanup,
  }) => {
    await sql(admin(), 'alter table public.feedback rename to feedback_away')
    cleanup(async () => {
      await sql(admin(), 'alter table public.feedback_away rename to feedback')
    })
    const page = await client.get('/feedback').as(log.people.manager)
    page.assertStatus(500)
    assert.match(page.text(), /href="\/feedback"\s*>\s*Try again/)
    assert.notInclude(page.text(), 'you sent')
  })

  test('of a link without an account send what was typed there again, and lead back to the task', async ({
    assert,
    client,
    cleanup,
  }) => {
    const { token } = await linkedTask()
    const away = await failing('Said outside', '57P01')
    cleanup(away)
    // A page whose address is a secret tells no origin.
    const send = () =>
      client
        .post(`/task/${token}/comments`)
        .header('origin', 'null')
        .header('sec-fetch-site', 'same-origin')
        .form({ body: 'Said outside' })
    const page = await send()
    page.assertStatus(503)
    for (const words of ['Send it again', 'value="Said outside"', `href="/task/${token}"`])
      assert.include(page.text(), words)
    await away()
    ;(await send()).assertStatus(303)
    assert.include((await client.get(`/task/${token}`)).text(), 'Said outside')
  })

  test('of a refused write keep the navigation', async ({ assert, client }) => {
    const walk = await Walk.begin(client, log.people.viewer)
    await walk.open(log.urlOf(item))
    const page = await walk.submit(`${log.urlOf(item)}/comments`, { body: 'Not mine to say' })
    page.assertStatus(403)
    assert.include(page.text(), PROJECT)
  })

  test('of an expired form keep the navigation, and the form keeps what was typed', async ({
    assert,
    client,
  }) => {
    const walk = await Walk.begin(client, log.people.manager)
    await walk.open(`${log.url}/create?type=issue`)
    const typed = { title: 'The crane sinks', description: 'Slowly' }
    const expired = await walk.submit(log.url, typed, 'POST', { token: 'of another sign-in' })
    expired.assertStatus(403)
    assert.include(expired.text(), MAIN)
    assert.include(expired.text(), 'everything you typed is still there')
    const form = await walk.open(`${log.url}/create?type=issue`)
    assert.include(form.text(), 'The crane sinks')
    assert.equal(await log.count('raid_items'), 1)
  })

  test('of a form whose writer was signed out lead back to it, filled, after signing in', async ({
    assert,
    client,
  }) => {
    const form = `${log.url}/create?type=issue`
    const typed = { title: 'The crane sinks', description: 'Slowly & "surely"' }
    const here = `http://${process.env.HOST}:${process.env.PORT}`
    const signedOut = (fields: Record<string, string>, origin = here) =>
      client
        .post(log.url)
        .accept('html')
        .header('origin', origin)
        .header('referer', here + form)
        .form(fields)
    const page = await signedOut({ ...typed, _csrf: 'old' })
    page.assertStatus(403)
    for (const words of [
      'Sign in in a new tab',
      `name="_form" value="${form}"`,
      'name="title" value="The crane sinks"',
      'value="Slowly &amp; &quot;surely&quot;"',
    ])
      assert.include(page.text(), words)
    const early = await signedOut({ ...typed, _form: form })
    early.assertStatus(403)
    assert.include(early.text(), `name="_form" value="${form}"`)
    const other = await signedOut({ ...typed, _form: form }, 'https://elsewhere.example')
    assert.notInclude(other.text(), 'The crane sinks')

    const walk = await Walk.begin(client, log.people.manager)
    const back = await walk.submit(log.url, { ...typed, _form: form }, 'POST', { token: 'none' })
    back.assertStatus(303)
    assert.equal(back.header('location'), form)
    const filled = await walk.follow(back)
    for (const words of ['You are signed in again', 'The crane sinks', 'Slowly'])
      assert.include(filled.text(), words)
    const away = { ...typed, _form: '//elsewhere.example' }
    const led = await walk.submit(log.url, away, 'POST', { token: 'none' })
    assert.equal(led.header('location'), '/projects')
  })

  test('of a form that needs no sign-in ask for none', async ({ assert, client }) => {
    const page = await client
      .post('/privacy/requests')
      .accept('html')
      .header('origin', `http://${process.env.HOST}:${process.env.PORT}`)
      .form({ _csrf: 'old', details: 'Erase all that you have' })
    page.assertStatus(403)
    for (const words of ['Nothing was sent', 'Back to the form', 'Erase all that you have'])
      assert.include(page.text(), words)
    assert.notInclude(page.text(), 'signed out')
    assert.notInclude(page.text(), 'Sign in in a new tab')
  })

  test('of an expired form keep nothing that another site sent', async ({ assert, client }) => {
    const walk = await Walk.begin(client, log.people.manager)
    const path = `${log.url}/create?type=issue`
    await walk.open(path)
    const from = { token: 'forged', origin: 'https://elsewhere.example' }
    const refused = await walk.submit(log.url, { title: 'Put into my mouth' }, 'POST', from)
    refused.assertStatus(403)
    assert.notInclude(refused.text(), 'Put into my mouth')
    assert.notInclude((await walk.open(path)).text(), 'Put into my mouth')
  })

  test('of a database without a free connection offer a way on to people it cannot recognise', async ({
    assert,
    client,
    cleanup,
  }) => {
    const walk = await Walk.begin(client, log.people.manager)
    cleanup(await connectionsSpent())
    const page = await walk.open('/organisations')
    page.assertStatus(503)
    assert.notInclude(page.text(), ACCOUNT)
    for (const way of ['/organisations', '/projects', '/work'])
      assert.include(page.text(), `href="${way}"`)
    const visitor = await client.get('/organisations')
    assert.notInclude(visitor.text(), 'href="/work"')
    // An answer about cookies could not be recorded.
    assert.notInclude(visitor.text(), 'action="/consent"')
  })

  test('of people without an organisation, and of staff, keep their navigation', async ({
    assert,
    client,
  }) => {
    const nobody = await client.get('/nowhere').as(await register('nobody'))
    nobody.assertStatus(404)
    assert.include(nobody.text(), ACCOUNT)
    assert.include(nobody.text(), 'href="/organisations"')
    const staff = await registerStaff()
    const office = await client.get(`/admin/privacy/${randomUUID()}`).as(staff)
    office.assertStatus(404)
    assert.include(office.text(), OFFICE)
    assert.notInclude((await client.get('/admin/nowhere').as(log.people.manager)).text(), OFFICE)
  })

  test('offer visitors to sign in, and begin no session', async ({ assert, client }) => {
    const page = await client.get('/nowhere')
    page.assertStatus(404)
    assert.include(page.text(), 'href="/sign-in"')
    assert.notInclude(page.text(), 'href="/projects"')
    assert.notInclude(page.text(), MAIN)
    assert.isUndefined(page.header('set-cookie'))
    const gone = await client.get('/nowhere').withCookie('appSession', 'forged')
    assert.include(gone.text(), 'href="/sign-in"')
  })
})
