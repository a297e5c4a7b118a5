import { test } from '@japa/runner'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { sendFeedback } from '#tests/support/exercises/backoffice'
import { countQueries } from '#tests/support/query_count'
import { registerStaff, type Account } from '#tests/support/world'

function viewings({ userId }: Account) {
  return sql(
    admin(),
    `select entity_type from audit.events where organisation_id = ?
      and action = 'audit_trail.viewed' and actor_ref = ?`,
    [PLATFORM, userId]
  )
}

async function named(name: string) {
  const staff = await registerStaff()
  await sql(admin(), 'update users set name = ? where id = ?', [name, staff.userId])
  return staff
}

test.group('The platform’s audit trail', () => {
  test('names the admin of an event, and nobody else', async ({ client, assert }) => {
    const [reader, actor] = [await registerStaff(), await named('Ada <Admin>')]
    const { id } = await sendFeedback('A canary sings')
    await client
      .put(`/admin/feedback/${id}/status`)
      .as(actor)
      .form({ status: 'in_progress', lock_version: 1 })
    const page = await client.get('/admin/audit').as(reader)
    const rows = page.text().replaceAll(/\s+/g, ' ')
    assert.match(rows, /Ada &lt;Admin&gt;<\/td>.{0,80}Feedback status changed/)
    assert.include(rows, 'In progress')
    const row = rows.slice(rows.indexOf('Feedback status changed'))
    assert.notMatch(
      row.slice(0, row.indexOf('</tr>')),
      /empty/,
      'what has no state before is told as it is'
    )
    assert.notInclude(rows, 'Feedback sent')
    const all = await client.get('/admin/audit?shown=all').as(reader)
    assert.include(all.text(), 'Feedback sent')
    assert.notInclude(all.text(), 'canary')
  })

  test('records its readers once an hour each', async ({ client, assert }) => {
    const staff = await registerStaff()
    for (let count = 0; count < 3; count++) await client.get('/admin/audit').as(staff)
    assert.deepEqual(await viewings(staff), [{ entity_type: 'platform' }])
  })

  test('pages on at the same cost', async ({ client, assert }) => {
    const [staff, actor] = [await registerStaff(), await named('Page Turner')]
    const visit = () => client.get('/admin/audit').as(staff)
    const act = async (count: number) => {
      for (let number = 0; number < count; number++) {
        const feedback = await sendFeedback()
        const tenant = { organisationId: PLATFORM, userId: actor.userId, requestId: null }
        await Tenancy.run({ ...tenant, actorKind: 'staff' }, () =>
          feedback.moveTo('in_progress', 1)
        )
      }
    }
    await act(2)
    await visit()
    const few = await countQueries(visit)
    await act(55)
    assert.equal(await countQueries(visit), few)
    const first = await visit()
    const [, next] = first.text().match(/href="([^"]+)" rel="next"/)!
    const second = await client.get(next.replaceAll('&amp;', '&')).as(staff)
    second.assertStatus(200)
    const [, previous] = second.text().match(/href="([^"]+)" rel="prev"/)!
    const back = await client.get(previous.replaceAll('&amp;', '&')).as(staff)
    assert.include(back.text(), 'Page Turner')
  })
})
