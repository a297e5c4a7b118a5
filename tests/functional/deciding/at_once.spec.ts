import { test } from '@japa/runner'
import { submit } from '#models/deciding/submission'
import Gate from '#models/gate'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import { eventually } from '#tests/support/eventually'
import { inDays, Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'

test.group('Gates: two at once', () => {
  test('an approval that is taken back leaves the next gate that is being submitted', async ({
    assert,
    client,
  }) => {
    const table = await Table.create()
    const review = await table.open({ chair: 'chair', one: 'decider' })
    await table.vote(review, 'one', 'approved')
    await table.decide(review, 'approved')
    const next = table.gates[1]
    await table.seat({ chair: 'chair', one: 'decider' }, {}, next)
    await table.ready(next)
    const chair = await Walk.begin(client, table.sitting.chair)
    const url = table.urlOfReview(review)
    const form = await chair.open(`${url}/correction/create`)
    let sent: Promise<unknown> | undefined
    await table.world.inside(async () => {
      const gate = (await Gate.findOrFail(next.id)).refersTo(table.project)
      await submit(table.project, gate, { note: null, decideBy: inDays(7) }, gate.lockVersion)
      await sql(Tenancy.current().trx, 'select 1')
      sent = chair
        .submit(`${url}/correction`, {
          outcome: 'rejected',
          rationale: 'M',
          reason: 'The wrong list was read out',
          supersedes_id: form.text().match(/name="supersedes_id" value="([^"]+)"/)?.[1],
        })
        .then((answer) => answer)
      await eventually(isWaitedFor)
    }, table.people.manager)
    await sent
    const outcomes = (await table.rows('gate_decisions')).map(({ outcome }) => outcome)
    assert.sameMembers(outcomes, ['approved', 'rejected'])
    const [after] = (await table.rows('gates')).filter(({ id }) => id === next.id)
    assert.equal(after.status, 'submitted')
  })
})

/** Whether some transaction waits for the one at work. */
async function isWaitedFor() {
  const [{ count }] = await sql(
    Tenancy.current().trx,
    `select count(*)::int as count from pg_locks
      where not granted and pg_backend_pid() = any (pg_blocking_pids(pid))`
  )
  return count > 0
}
