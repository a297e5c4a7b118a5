import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { cookieMaxAge, endSessionsOf, hash, isLiving, sweepSessions } from '#identity/session_store'
import { asSuperuser } from '#tests/support/superuser'
import { Visitor } from '#tests/support/visitor'
import { World, openSession, register } from '#tests/support/world'

const DAY = 24 * 3600

/** A session of a new account, as it stands `used` after its last use and `issued` after its start. */
async function agedSession({ used, issued = used }: { used: string; issued?: string }) {
  const account = await register('session')
  const { id } = await openSession(account)
  await asSuperuser(
    `update sessions set used_at = now() - $2::interval, issued_at = now() - $3::interval,
       expires_at = least(now() - $2::interval + interval '24 hours',
                          now() - $3::interval + interval '30 days')
     where id = $1`,
    [hash(id), used, issued]
  )
  return { id, account }
}

async function rowsOf(id: string) {
  return asSuperuser('select * from sessions where id = $1', [hash(id)])
}

test.group('Sessions', () => {
  test('live 23 hours and 59 minutes after their last use', async ({ client }) => {
    const { id } = await agedSession({ used: '23 hours 59 minutes' })
    const response = await client.get('/organisations').withEncryptedCookie('appSession', id)
    response.assertStatus(200)
  })

  test('are over 24 hours and 1 minute after their last use', async ({ assert, client }) => {
    const { id, account } = await agedSession({ used: '24 hours 1 minute' })
    assert.isFalse(await isLiving(id, account.userId))
    const response = await client.get('/organisations').withEncryptedCookie('appSession', id)
    response.assertStatus(303)
    response.assertHeader('location', '/sign-in')
  })

  test('live until 30 days from their start, however much they are used', async ({ client }) => {
    const { id } = await agedSession({ used: '1 minute', issued: '29 days 23 hours 59 minutes' })
    const response = await client.get('/organisations').withEncryptedCookie('appSession', id)
    response.assertStatus(200)
  })

  test('are over 30 days from their start, however much they are used', async ({ client }) => {
    const { id } = await agedSession({ used: '1 minute', issued: '30 days 1 minute' })
    const response = await client.get('/organisations').withEncryptedCookie('appSession', id)
    response.assertStatus(303)
  })

  test('use puts their end off, but not past the 30 days', async ({ client, assert }) => {
    const { id } = await agedSession({ used: '1 hour', issued: '29 days 20 hours' })
    const response = await client.get('/organisations').withEncryptedCookie('appSession', id)
    const [row] = await rowsOf(id)
    const left = (row.expires_at - Date.now()) / 1000
    assert.closeTo(left, 4 * 3600, 60)
    assert.closeTo(response.cookie('appSession')!.maxAge!, 4 * 3600, 60)
  })

  test('are touched at most every five minutes', async ({ client, assert }) => {
    const { id } = await agedSession({ used: '4 minutes' })
    await client.get('/organisations').withEncryptedCookie('appSession', id)
    const [before] = await rowsOf(id)
    const second = await client.get('/organisations').withEncryptedCookie('appSession', id)
    const [after] = await rowsOf(id)
    assert.deepEqual(after.used_at, before.used_at)
    assert.isUndefined(second.headers()['set-cookie'])
  })

  test('are touched again after five minutes, in the table and the cookie', async ({
    client,
    assert,
  }) => {
    const { id } = await agedSession({ used: '5 minutes' })
    const response = await client.get('/organisations').withEncryptedCookie('appSession', id)
    const [row] = await rowsOf(id)
    assert.closeTo(row.expires_at - Date.now(), DAY * 1000, 60_000)
    assert.equal(response.cookie('appSession')!.maxAge, DAY)
  })

  test('end at once when they are revoked', async ({ client, assert }) => {
    const { id, account } = await agedSession({ used: '1 minute' })
    await endSessionsOf(account.userId)
    const response = await client.get('/organisations').withEncryptedCookie('appSession', id)
    response.assertStatus(303)
    assert.isEmpty(await rowsOf(id))
  })

  test('are not brought back by a request that was under way', async ({ client, assert }) => {
    const { id, account } = await agedSession({ used: '1 hour' })
    const slowly = asSuperuser(
      `with locked as (select from sessions where id = $1 for update)
       delete from sessions using (select pg_sleep(0.3), count(*) from locked) wait
       where id = $1`,
      [hash(id)]
    )
    const [response] = await Promise.all([
      client.get('/organisations').withEncryptedCookie('appSession', id),
      slowly,
    ])
    assert.oneOf(response.status(), [200, 303])
    assert.isEmpty(await rowsOf(id))
    const [{ count }] = await asSuperuser('select count(*)::int from sessions where user_id = $1', [
      account.userId,
    ])
    assert.equal(count, 0)
  })

  test('an ended id is never used again', async ({ client, assert }) => {
    const id = randomUUID()
    const response = await client.get('/sign-in').withEncryptedCookie('appSession', id)
    response.assertStatus(200)
    assert.isEmpty(await rowsOf(id))
    assert.notEqual(response.cookie('appSession')!.value, id)
  })

  test('what has expired is swept', async ({ assert }) => {
    const { id } = await agedSession({ used: '25 hours' })
    const { id: alive } = await agedSession({ used: '1 minute' })
    assert.isAtLeast(await sweepSessions(), 1)
    assert.isEmpty(await rowsOf(id))
    assert.lengthOf(await rowsOf(alive), 1)
  })

  test('a copy of the table opens nothing', async ({ client }) => {
    const { id } = await agedSession({ used: '1 minute' })
    for (const stolen of [hash(id).toString('hex'), hash(id).toString('base64url')]) {
      const answer = await client.get('/organisations').withEncryptedCookie('appSession', stolen)
      answer.assertStatus(303)
    }
  })

  test('need a cookie that we encrypted', async ({ client }) => {
    const { id } = await agedSession({ used: '1 minute' })
    const plain = await client.get('/organisations').withPlainCookie('appSession', id)
    plain.assertStatus(303)
    const signed = await client.get('/organisations').withCookie('appSession', id)
    signed.assertStatus(303)
  })
})

test.group('The session cookie', () => {
  test('tells nothing: no id, no JSON, no person', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.signIn('manager@demo.example')
    const value = decodeURIComponent(visitor.cookie('appSession')!)
    const readings = [value, ...value.split('.').map((part) => atobLoose(part))].join(' ')
    assert.notMatch(readings, /[0-9a-f]{8}-[0-9a-f]{4}-/i)
    assert.notMatch(readings, /\{"\w+":|message|user_id|manager/)
    const [{ hits }] = await asSuperuser(
      `select count(*)::int as hits from sessions where id = digest($1, 'sha256')`,
      [value]
    )
    assert.equal(hits, 0)
  })

  test('is the only one that a first visit sets, for this site and no script', async ({
    assert,
  }) => {
    const { cookies } = await new Visitor().get('/sign-in')
    assert.lengthOf(cookies, 1)
    assert.match(cookies[0], /^appSession=/)
    assert.match(cookies[0], /Max-Age=86400; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  test('is not set, and no row made, for a page without a form', async ({ assert }) => {
    const before = await sessionCount()
    const visitor = new Visitor()
    for (const path of ['/health/live', '/health/ready', '/']) {
      const { cookies } = await visitor.get(path)
      assert.isEmpty(cookies)
    }
    assert.equal(await sessionCount(), before)
  })

  test('the page of a refused form has none of its own, and the page that it leads to can be used at once', async ({
    assert,
  }) => {
    const visitor = new Visitor()
    const refused = await visitor.post('/session', {})
    assert.equal(refused.status, 403)
    assert.notMatch(refused.text, /<form/)
    assert.isEmpty(refused.cookies)
    assert.lengthOf((await visitor.get('/sign-in')).cookies, 1)
  })

  test('never outlives the session', ({ assert }) => {
    const now = new Date('2026-06-30T12:00:00Z')
    const daysAgo = (days: number) => new Date(now.getTime() - days * DAY * 1000)
    assert.equal(cookieMaxAge(null, now), DAY)
    assert.equal(cookieMaxAge(daysAgo(1), now), DAY)
    assert.equal(cookieMaxAge(daysAgo(29.5), now), DAY / 2)
    assert.equal(cookieMaxAge(daysAgo(30), now), 0)
    assert.equal(cookieMaxAge(daysAgo(31), now), 0)
  })

  test('one of another member opens only that member’s organisations', async ({
    client,
    assert,
  }) => {
    const world = await World.create('Cookie Ltd')
    const response = await client.get('/organisations').as(await world.person('owner'))
    assert.include(response.text(), 'Cookie Ltd')
    const other = await client.get('/organisations').as(await register('nobody'))
    assert.notInclude(other.text(), 'Cookie Ltd')
  })
})

async function sessionCount() {
  const [{ count }] = await asSuperuser('select count(*)::int from sessions')
  return count
}

function atobLoose(text: string) {
  return Buffer.from(text, 'base64').toString('latin1')
}
