import { test } from '@japa/runner'
import { declaredRoutes } from '#start/router'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { exercises, performer } from '#tests/support/exercises'
import { setScene } from '#tests/support/scene'
import { pathTo } from '#tests/support/scene_ids'
import { send } from '#tests/support/sending'

/** Enough for several to look before the first has written. */
const TIMES = 4

const changing = declaredRoutes().filter(
  ({ access, methods, audits }) => access.kind === 'can' && audits && !methods.includes('GET')
)

/** What can happen to a record only once, or only once until the opposite happens. */
const ENDS = '\\.(deleted|discarded|ended|paused|removed|resumed|revoked|ticked)$'

test.group('Changes sent at the same moment', () => {
  test('are made or refused, and end a thing once', async ({ assert, client }) => {
    const scene = await setScene()
    for (const { methods, name, pattern } of changing) {
      const exercise = await exercises[name!](scene)
      const path = await pathTo(scene, pattern, exercise.params)
      const person = await performer(scene, exercise)
      const answers = await Promise.all(
        Array.from({ length: TIMES }, () =>
          send(client, methods[0], path, person, exercise.body ?? {})
        )
      )
      const statuses = answers.map((answer) => answer.status())
      assert.isEmpty(
        statuses.filter((status) => status >= 500),
        name
      )
      assert.isTrue(
        statuses.some((status) => status < 400),
        name
      )
    }
    const repeated = await sql(
      admin(),
      `select action, count(*)::int as times from audit.events
        where organisation_id = ? and action ~ ?
        group by action, entity_id having count(*) > 1`,
      [scene.world.organisationId, ENDS]
    )
    assert.isEmpty(repeated)
  }).timeout(120_000)
})
