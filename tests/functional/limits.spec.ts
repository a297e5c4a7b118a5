import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { limiting } from '#config/limiter'
import { KEY_PREFIX, limitKey } from '#identity/limit_keys'
import { sweepLimits } from '#privacy/retention/limits'
import { limits, type LimitName } from '#registries/limits'
import { declaredRoutes } from '#start/router'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { register, World } from '#tests/support/world'

const FEW = 2

/** Limits as they are, but reached soon. */
function reachedSoon(name: LimitName) {
  const { requests } = limits[name]
  Object.assign(limits[name], { requests: FEW })
  limiting.isOn = true
  return () => {
    Object.assign(limits[name], { requests })
    limiting.isOn = false
  }
}

type Send = (client: ApiClient, address: string) => Promise<{ status(): number }>

/** For each limit one of its routes, as one who may use it. Whoever is not signed in comes from an address. */
const sends: Record<LimitName, () => Promise<Send>> = {
  sign_in: async () => (client, address) =>
    client.get('/session/callback').header('x-forwarded-for', address),
  join: async () => (client, address) =>
    client.get(`/join/${'a'.repeat(43)}`).header('x-forwarded-for', address),
  invitation: async () => {
    const owner = await (await World.create()).person('owner')
    return (client) => client.post('/invitations').as(owner).form({ email: 'no address' })
  },
  founding: async () => {
    const person = await register('person')
    return (client) => client.post('/organisations').as(person).form({ name: '' })
  },
  export: async () => {
    const owner = await (await World.create()).person('owner')
    return (client) => client.get('/raid.csv').as(owner)
  },
  document: async () => {
    const world = await World.create()
    const [project, manager] = [await world.project(), await world.person('manager')]
    const path = `/projects/${project.id}/assistant/notes/documents`
    return (client) => client.post(path).as(manager).form({})
  },
  webhook_test: async () => {
    const owner = await (await World.create()).person('owner')
    return (client) => client.post(`/settings/webhooks/${randomUUID()}/test`).as(owner).form({})
  },
  feedback: async () => {
    const person = await register('person')
    return (client) => client.post('/feedback').as(person).form({ message: 'The log is slow' })
  },
  public_form: async () => {
    const person = await register('person')
    return (client, address) =>
      client
        .post('/privacy/requests')
        .as(person)
        .withCookie('appSession', '')
        .header('x-forwarded-for', address)
        .form({})
  },
  policy_report: async () => (client, address) =>
    client.post('/csp-reports').json({}).header('x-forwarded-for', address),
  trouble: async () => (client, address) =>
    client.post('/troubles').json({}).header('x-forwarded-for', address),
  dismissal: async () => {
    const person = await register('person')
    return (client) => client.post(`/alerts/${randomUUID()}/dismissal`).as(person).form({})
  },
  secret_link: async () => (client, address) =>
    client.get(`/task/${'a'.repeat(43)}`).header('x-forwarded-for', address),
  handing_in: async () => (client, address) =>
    client.post(`/task/${'a'.repeat(43)}/attachments`).header('x-forwarded-for', address),
  api: async () => {
    const owner = await (await World.create()).person('owner')
    return (client) => client.get('/api/v1/projects').withTokenOf(owner)
  },
}

test.group('Limits', () => {
  for (const [index, name] of (Object.keys(limits) as LimitName[]).entries()) {
    test(`${name}: one request too many is told when to come back`, async ({
      client,
      assert,
      cleanup,
    }) => {
      cleanup(reachedSoon(name))
      const send = await sends[name]()
      const address = `203.0.113.${index + 1}`
      for (let count = 0; count < FEW; count++)
        assert.notEqual((await send(client, address)).status(), 429)
      const refused: any = await send(client, address)
      refused.assertStatus(429)
      assert.match(refused.header('retry-after'), /^[1-9]\d*$/)
      assert.include(refused.text(), 'then try again')
    })
  }

  test('a form that is refused has changed nothing and keeps what was typed', async ({
    client,
    assert,
    cleanup,
  }) => {
    cleanup(reachedSoon('feedback'))
    const person = await register('person')
    const send = (message: string) =>
      client
        .post('/feedback')
        .as(person)
        .header('origin', `http://${process.env.HOST}:${process.env.PORT}`)
        .form({ message })
    for (let count = 0; count < FEW; count++) await send(`Message number ${count}`)
    const refused = await send('These are my words')
    refused.assertStatus(429)
    assert.include(refused.text(), 'These are my words')
    assert.include(refused.text(), 'aria-label="Your account"', 'with the product around it')
    const kept = await sql(admin(), 'select 1 from feedback where user_id = ?', [person.userId])
    assert.lengthOf(kept, FEW)
  })

  test('at the link of a task leads back to the task, sets no cookie and asks nothing', async ({
    client,
    assert,
    cleanup,
  }) => {
    cleanup(reachedSoon('handing_in'))
    const page = `/task/${'c'.repeat(43)}`
    const send = () =>
      client.post(`${page}/attachments`).header('x-forwarded-for', '198.51.100.77').accept('html')
    for (let count = 0; count < FEW; count++) await send()
    const refused = await send()
    refused.assertStatus(429)
    assert.include(refused.text(), `href="${page}"`)
    refused.assertHeader('referrer-policy', 'no-referrer')
    for (const elsewhere of ['href="/projects"', 'Cookie choice"', 'clarity_loader']) {
      assert.notInclude(refused.text(), elsewhere)
    }
    assert.isUndefined(refused.header('set-cookie'))
    const beside = await client.get(`${page}/elsewhere`).accept('html')
    beside.assertStatus(404)
    beside.assertHeader('referrer-policy', 'no-referrer')
  })

  test('writing to people outside counts as inviting', async ({ client, cleanup }) => {
    cleanup(reachedSoon('invitation'))
    for (const path of [
      '/externals',
      `/externals/${randomUUID()}?_method=PUT`,
      `/projects/${randomUUID()}/tasks/${randomUUID()}/link`,
    ]) {
      const owner = await (await World.create()).person('owner')
      for (let count = 0; count < FEW; count++) await client.post('/invitations').as(owner).form({})
      const refused = await client.post(path).as(owner).form({})
      refused.assertStatus(429)
    }
  })

  test('one person’s use does not count against another', async ({ client, cleanup }) => {
    cleanup(reachedSoon('export'))
    const world = await World.create()
    const [owner, pmo] = [await world.person('owner'), await world.person('pmo')]
    for (let count = 0; count < FEW; count++) await client.get('/raid.csv').as(owner)
    const refused = await client.get('/raid.csv').as(owner)
    refused.assertStatus(429)
    const other = await client.get('/raid.csv').as(pmo)
    other.assertStatus(200)
  })

  test('an IPv6 address counts with its network, an IPv4 address alone', async ({
    client,
    cleanup,
  }) => {
    cleanup(reachedSoon('secret_link'))
    const from = (address: string) =>
      client.get(`/task/${'b'.repeat(43)}`).header('x-forwarded-for', address)
    for (let count = 0; count < FEW; count++) await from(`2001:db8:0:7::${count + 1}`)
    const neighbour = await from('2001:db8:0:7:ffff::9')
    neighbour.assertStatus(429)
    const elsewhere = await from('2001:db8:0:8::1')
    elsewhere.assertStatus(410)
    for (let count = 0; count < FEW; count++) await from('198.51.100.7')
    const other = await from('198.51.100.8')
    other.assertStatus(410)
  })

  test('parallel requests are counted once each', async ({ client, assert, cleanup }) => {
    cleanup(reachedSoon('export'))
    const owner = await (await World.create()).person('owner')
    const answers = await Promise.all(
      Array.from({ length: 10 }, async () => (await client.get('/raid.csv').as(owner)).status())
    )
    assert.lengthOf(
      answers.filter((status) => status === 200),
      FEW
    )
  })

  test('the table holds neither people nor addresses, and is cleared', async ({
    client,
    assert,
    cleanup,
  }) => {
    cleanup(reachedSoon('secret_link'))
    const address = '203.0.113.99'
    await client.get(`/task/${'c'.repeat(43)}`).header('x-forwarded-for', address)
    const rows = await sql(admin(), 'select key from rate_limits')
    const texts: string[] = rows.map((row) => row.key)
    assert.include(texts, `${KEY_PREFIX}:${limitKey('secret_link', address)}`)
    assert.isFalse(texts.some((text) => text.includes(address)))
    await sql(admin(), 'update rate_limits set expire = 1')
    assert.isAbove(await sweepLimits(admin()), 0)
    assert.lengthOf(await sql(admin(), 'select key from rate_limits'), 0)
  })

  test('every export, and every change that anyone may make, has a limit', ({ assert }) => {
    const proven = ['consents.update', 'policy_notices.update', 'mails.webhooks.store']
    const open = declaredRoutes().filter(({ limit, access, methods, pattern, audits, name }) => {
      if (limit || proven.includes(name ?? '')) return false
      const changes = !methods.includes('GET')
      const exports = pattern.endsWith('.csv') || /export(ed|\.taken)$/.test(audits ?? '')
      return exports || (access.kind === 'public' && changes)
    })
    assert.deepEqual(
      open.map(({ name }) => name),
      []
    )
  })
})
