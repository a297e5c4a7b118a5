import { test } from '@japa/runner'
import { submit } from '#models/deciding/submission'
import Gate from '#models/gate'
import { inDays, Table } from '#tests/support/table'
import { sendWhileAtWork } from '#tests/support/waiting'
import { Walk } from '#tests/support/walk'

test.group('Gates: two at once', () => {
  test('taking an approval back leaves the next gate that is being submitted', async ({
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
    const { answer } = await table.world.inside(async () => {
      const gate = (await Gate.findOrFail(next.id)).refersTo(table.project)
      await submit(table.project, gate, { note: null, decideBy: inDays(7) }, gate.lockVersion)
      return sendWhileAtWork(() =>
        chair.submit(`${url}/correction`, {
          outcome: 'rejected',
          rationale: 'M',
          reason: 'The wrong list was read out',
          supersedes_id: form.text().match(/name="supersedes_id" value="([^"]+)"/)?.[1],
        })
      )
    }, table.people.manager)
    await answer
    const outcomes = (await table.rows('gate_decisions')).map(({ outcome }) => outcome)
    assert.sameMembers(outcomes, ['approved', 'rejected'])
    const [after] = (await table.rows('gates')).filter(({ id }) => id === next.id)
    assert.equal(after.status, 'submitted')
  })
})
