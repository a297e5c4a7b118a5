import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { mayBegin } from '#privacy/erasure/guard'

const app = { inProduction: true, terminating: () => {} } as any

test.group('A process that serves or works', () => {
  test('does not begin on a database that was never migrated, and says what to run', async ({
    assert,
    cleanup,
  }) => {
    const usual = db.primaryConnectionName
    const url = new URL(process.env.DATABASE_ADMIN_URL!)
    url.pathname = '/template1'
    db.manager.add('empty', { client: 'pg', connection: { connectionString: url.href } })
    cleanup(async () => {
      db.primaryConnectionName = usual
      await db.manager.close('empty', true)
    })
    assert.isTrue(await mayBegin(app, 1))
    db.primaryConnectionName = 'empty'
    await assert.rejects(
      () => mayBegin(app, 1),
      'This database was never migrated. Run "node ace.js migration:run --force --connection=owner" first.'
    )
  })
})
