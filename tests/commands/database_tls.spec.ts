import { Env } from '@adonisjs/core/env'
import { test } from '@japa/runner'
import pg from 'pg'
import { databaseUrl } from '#config/setting_rules'
import { eventually } from '#tests/support/eventually'
import { startFixture } from '#tests/support/fixture_server'

type Place = { url: string; certificate: string; other: string }

/** How the application connects: `pg` reads everything from the address. */
async function tryOut(url: string) {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query(
      'select ssl, version from pg_stat_ssl where pid = pg_backend_pid()'
    )
    return rows[0]
  } finally {
    await client.end().catch(() => {})
  }
}

test.group('TLS to the database', (group) => {
  let place: Place

  group.setup(async () => {
    const { told, stop } = await startFixture<Place>('postgres')
    place = told
    return stop
  })

  /** Sets how the server speaks, as its administrator, and waits until new connections meet it. */
  async function serve(settings: Record<string, string>) {
    const client = new pg.Client({ connectionString: place.url })
    await client.connect()
    for (const [name, value] of Object.entries(settings)) {
      await client.query(`alter system set ${name} = '${value}'`)
    }
    await client.query('select pg_reload_conf()')
    await eventually(async () => {
      const asked = Object.keys(settings).map((name) => `current_setting('${name}') as ${name}`)
      const { rows } = await client.query(`select ${asked.join(', ')}`)
      return Object.entries(settings).every(([name, value]) => rows[0][name] === value)
    })
    await client.end()
  }

  const verified = (certificate: string, host = 'localhost') => {
    const url = new URL(place.url)
    url.hostname = host
    url.search = `sslmode=verify-full&sslrootcert=${encodeURIComponent(certificate)}`
    return url.href
  }

  test('is required: a server without it is refused', async ({ assert }) => {
    await serve({ ssl: 'off' })
    await assert.rejects(() => tryOut(verified(place.certificate)), /does not support SSL/)
  })

  test('is TLS 1.2 or newer, with the certificate verified', async ({ assert }) => {
    await serve({ ssl: 'on', ssl_max_protocol_version: 'TLSv1.3' })
    const { ssl, version } = await tryOut(verified(place.certificate))
    assert.isTrue(ssl)
    assert.include(['TLSv1.2', 'TLSv1.3'], version)
  })

  test('refuses an older version', async ({ assert }) => {
    for (const old of ['TLSv1', 'TLSv1.1']) {
      await serve({ ssl: 'on', ssl_max_protocol_version: old })
      await assert.rejects(() => tryOut(verified(place.certificate)), /protocol version/)
    }
    await serve({ ssl_max_protocol_version: 'TLSv1.3' })
  })

  test('refuses a certificate of somebody else, or for another name', async ({ assert }) => {
    await serve({ ssl: 'on', ssl_max_protocol_version: 'TLSv1.3' })
    await assert.rejects(() => tryOut(verified(place.other)), /self-signed certificate/)
    const elsewhere = verified(place.certificate, '127.0.0.1')
    await assert.rejects(() => tryOut(elsewhere), /does not match certificate's altnames/)
  })

  test('is what production insists on for another machine', ({ assert, cleanup }) => {
    const before = process.env.NODE_ENV
    process.env.NODE_ENV = 'production'
    cleanup(() => void (process.env.NODE_ENV = before))
    const rule = databaseUrl(Env.schema.string())
    const url = new URL(verified(place.certificate, 'db.example'))
    assert.equal(rule('DATABASE_URL', url.href), url.href)
    url.searchParams.set('sslmode', 'require')
    assert.throws(() => rule('DATABASE_URL', url.href), /sslmode=verify-full/)
    url.search = ''
    assert.throws(() => rule('DATABASE_URL', url.href), /sslmode=verify-full/)
  })
})
