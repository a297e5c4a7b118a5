import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { isUnavailability } from '#exceptions/unavailability'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'

test.group('A database that was closed by hand', () => {
  test('counts as away; a statement that is refused with the same code does not', async ({
    assert,
    cleanup,
  }) => {
    const sequence = `never_used_${process.pid}`
    const database = `closed_${process.pid}_${Date.now()}`
    await sql(admin(), `create database ${database}`)
    cleanup(async () => {
      await db.manager.close(database, true)
      await sql(admin(), `drop database ${database}`)
      await sql(admin(), `drop sequence if exists ${sequence}`)
    })
    const url = new URL(process.env.DATABASE_ADMIN_URL!)
    url.pathname = `/${database}`
    db.manager.add(database, { client: 'pg', connection: { connectionString: url.href } as any })
    await sql(admin(), `alter database ${database} allow_connections false`)
    const closed = await sql(db.connection(database), 'select 1').catch((error) => error)
    await sql(admin(), `create sequence ${sequence}`)
    const refused = await sql(admin(), `select currval('${sequence}')`).catch((error) => error)
    assert.equal(closed.code, '55000')
    assert.isTrue(isUnavailability(closed))
    assert.isFalse(isUnavailability(refused))
  })
})
