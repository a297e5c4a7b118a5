import { test } from '@japa/runner'
import { validate as isUuid } from 'uuid'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { World } from '#tests/support/world'

test.group('The number of a request', () => {
  for (const given of ['Ada.Lovelace', 'Ada Lovelace', '<script>', 'x'.repeat(5000)]) {
    test(`is ours, whatever is sent: ${given.slice(0, 20)}`, async ({ assert, client }) => {
      const world = await World.create()
      const project = await world.project()
      const manager = await world.person('manager')
      const answer = await client
        .post(`/projects/${project.id}/tasks`)
        .as(manager)
        .header('x-request-id', given)
        .form({ title: 'Hire a crane', assignee: manager.membershipId, priority: 'medium' })
      answer.assertStatus(303)
      assert.isTrue(isUuid(answer.header('x-request-id')))
      const told = await sql(
        admin(),
        `select distinct request_id from audit.events
          where organisation_id = ? and action = 'task.created'`,
        [world.organisationId]
      )
      assert.deepEqual(told, [{ request_id: answer.header('x-request-id') }])
    })
  }
})
