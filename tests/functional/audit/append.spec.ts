import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { AuditLab, appendTo } from '#tests/support/audit_lab'

test.group('Audit append', (group) => {
  let lab: AuditLab
  group.each.setup(() => {
    lab = new AuditLab()
    return () => lab.close()
  })

  test('keeps the event, its values and an exact header', async ({ assert }) => {
    const subject = randomUUID()
    const id = await lab.append({ values: { label: { v: { after: 'Näme "q" \\ 🙂' }, subject } } })
    const app = await lab.app()
    await lab.bound(app, async () => {
      const { rows: events } = await app.query('select * from audit.events')
      const { rows: values } = await app.query('select * from audit.event_values')
      assert.equal(events[0].id, id)
      assert.equal(JSON.parse(events[0].header).action, 'raid_item.updated')
      assert.equal(values[0].subject_ref, subject)
      assert.deepEqual(JSON.parse(values[0].value), { after: 'Näme "q" \\ 🙂' })
    })
    await lab.seal()
    assert.deepEqual(await lab.problems(), [])
  })

  test('appends many in order, each as append would', async ({ assert }) => {
    const app = await lab.app()
    const events = Array.from({ length: 1200 }, (_, index) => ({
      actor_kind: 'system',
      action: 'raid_item.created',
      entity_type: 'raid_item',
      entity: randomUUID(),
      facts: { ref: `ATLAS-R${index}` },
      values: { title: { v: { after: `Item ${index}` } } },
    }))
    const ids = await lab.bound(app, async () => {
      const { rows } = await app.query('select audit.append_many($1) as id', [
        JSON.stringify(events),
      ])
      const kept = await app.query('select id, entity_id from audit.events order by seq')
      assert.deepEqual(
        kept.rows.map(({ id }) => id),
        rows.map(({ id }) => id)
      )
      assert.deepEqual(
        kept.rows.map(({ entity_id: entity }) => entity),
        events.map(({ entity }) => entity)
      )
      return rows
    })
    assert.lengthOf(ids, 1200)
    await lab.seal()
    assert.deepEqual(await lab.problems(), [])
  })

  test('leaves nothing when the transaction rolls back', async ({ assert }) => {
    const app = await lab.app()
    await app.query('begin')
    await app.query(`select set_config('app.organisation_id', $1, true)`, [lab.organisation])
    await appendTo(app)
    await app.query('rollback')
    assert.deepEqual(await lab.seal(), [])
    const report = await lab.report()
    assert.equal(report.events, 0)
  })

  test("refuses events without an organisation, and the trail's own actions", async ({
    assert,
  }) => {
    const app = await lab.app()
    await assert.rejects(() => appendTo(app), /no organisation is set/)
    await assert.rejects(() => lab.append({ action: 'audit.redacted' }), /audit trail itself/)
    const many = JSON.stringify([{ action: 'audit.redacted' }])
    await assert.rejects(
      () => lab.bound(app, () => app.query('select audit.append_many($1)', [many])),
      /audit trail itself/
    )
  })

  test('shows the application one organisation, and none without', async ({ assert }) => {
    await lab.append()
    const app = await lab.app()
    const count = async () => {
      const { rows } = await app.query('select count(*)::int as n from audit.events')
      return rows[0].n
    }
    await assert.rejects(() => app.query('select from audit.events'), /no organisation is set/)
    await assert.rejects(
      () => app.query('select from audit.event_values'),
      /no organisation is set/
    )
    assert.equal(await lab.bound(app, count), 1)
    assert.equal(await lab.bound(app, count, randomUUID()), 0)
  })
})
