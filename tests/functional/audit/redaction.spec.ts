import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { AuditLab } from '#tests/support/audit_lab'

test.group('Audit redaction', (group) => {
  let lab: AuditLab
  group.each.setup(() => {
    lab = new AuditLab()
    return () => lab.close()
  })

  async function kept(pattern: string): Promise<number> {
    const admin = await lab.admin()
    const { rows } = await admin.query(
      `select count(*)::int as n from audit.event_values
       where organisation_id = $1 and value like $2`,
      [lab.organisation, pattern]
    )
    return rows[0].n
  }

  test('erases a person everywhere, keeps the rest, and leaves the chain clean', async ({
    assert,
  }) => {
    const [subject, other] = [randomUUID(), randomUUID()]
    await lab.appendAll(450, {
      values: {
        owner_label: { v: { after: 'Canary Name' }, subject },
        actionee_label: { v: { after: 'Other Person' }, subject: other },
        title: { v: { after: 'Late pump' } },
      },
    })
    await lab.seal()
    assert.equal(await lab.redactSubject(subject), 450)
    assert.deepEqual(await lab.problems(), [])
    await lab.seal()
    const report = await lab.report()
    assert.isTrue(report.clean)
    assert.equal(report.redacted, 450)
    assert.equal(report.events, 453)
    assert.equal(await kept('%Canary%'), 0)
    assert.equal(await kept('%Other Person%'), 450)
    assert.equal(await kept('%pump%'), 450)
    assert.equal(await lab.redactSubject(subject), 0)
  })

  test('erases single values, and counts only what was there', async ({ assert }) => {
    const id = await lab.append({
      values: { title: { v: { after: 'About Canary' } }, status: { v: { after: 'open' } } },
    })
    const pairs: [string, string][] = [
      [id, 'title'],
      [id, 'title'],
      [id, 'nowhere'],
      [randomUUID(), 'title'],
    ]
    assert.equal(await lab.redactValues(pairs), 1)
    assert.equal(await kept('%Canary%'), 0)
    assert.equal(await kept('%open%'), 1)
    await lab.seal()
    assert.deepEqual(await lab.problems(), [])
  })

  test('never reaches another organisation', async ({ assert }) => {
    const subject = randomUUID()
    const elsewhere = new AuditLab()
    const id = await elsewhere.append({ values: { label: { v: { after: 'Kept' }, subject } } })
    assert.equal(await lab.redactSubject(subject), 0)
    assert.equal(await lab.redactValues([[id, 'label']]), 0)
    await elsewhere.seal()
    const report = await elsewhere.report()
    assert.equal(report.redacted, 0)
    await elsewhere.close()
  })

  test('finds erased values that came back, as from an old backup', async ({ assert }) => {
    const id = await lab.append({
      values: { label: { v: { after: 'Canary' }, subject: randomUUID() } },
    })
    const admin = await lab.admin()
    const { rows } = await admin.query(
      `select encode(salt, 'hex') as salt, value, subject_ref as subject
       from audit.event_values where event_id = $1`,
      [id]
    )
    await lab.redactValues([[id, 'label']])
    await lab.seal()
    const { salt, value, subject } = rows[0]
    await lab.tamper(
      `update audit.event_values set redacted_at = null, salt = '\\x${salt}', value = '${value}',
         subject_ref = '${subject}' where organisation_id = $1`
    )
    assert.deepEqual(await lab.problems(), ['redaction_undone'])
  })
})
