import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { test } from '@japa/runner'
import { watchTable } from '#database/audit_watch'
import { AuditLab, connect } from '#tests/support/audit_lab'

test.group('Audit watch', (group) => {
  let lab: AuditLab
  let owner: pg.Client

  group.setup(async () => {
    owner = await connect('DATABASE_OWNER_URL')
    await owner.query(`create table watched_things
      (organisation_id uuid, id uuid primary key, title text, noise int, updated_at timestamptz)`)
    await owner.query('grant select, insert, update, delete on watched_things to orch_app')
    await owner.query(watchTable('watched_things', 'thing', ['noise']))
    return async () => {
      await owner.query('drop table watched_things')
      await owner.end()
    }
  })

  group.each.setup(() => {
    lab = new AuditLab()
    return () => lab.close()
  })

  /** Runs `sql` on one watched row ($1 organisation, $2 row), with an event about it or about another. */
  async function change(sql: string, id: string, told = id) {
    const app = await lab.app()
    await lab.bound(app, async () => {
      await app.query(sql, [lab.organisation, id])
      await app.query(
        `select audit.append(null, 'system', null, 'thing.changed', 'thing', $1, null, '{}', '{}')`,
        [told]
      )
    })
  }

  const INSERT = `insert into watched_things (organisation_id, id, title) values ($1, $2, 'x')`
  const UPDATE = `update watched_things set title = 'y' where organisation_id = $1 and id = $2`
  const DELETE = `delete from watched_things where organisation_id = $1 and id = $2`
  const NOISE = `update watched_things set noise = 1, updated_at = now()
    where organisation_id = $1 and id = $2`

  test('allows recorded changes, and columns that need no event', async () => {
    const id = randomUUID()
    await change(INSERT, id)
    await change(UPDATE, id)
    await change(NOISE, id, randomUUID())
    await change(DELETE, id)
  })

  test('refuses changes without an event in the transaction', async ({ assert }) => {
    const id = randomUUID()
    await assert.rejects(
      () => change(INSERT, id, randomUUID()),
      /insert of thing .* no audit event/
    )
    await change(INSERT, id)
    await assert.rejects(() => change(UPDATE, id, randomUUID()), /update of thing/)
    await assert.rejects(() => change(DELETE, id, randomUUID()), /delete of thing/)
  })
})
