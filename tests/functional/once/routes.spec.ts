import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { declaredRoutes } from '#start/router'
import { sql } from '#tenancy/sql'
import { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { exercises, performer } from '#tests/support/exercises'
import { officeExercises } from '#tests/support/exercises/backoffice'
import { setScene, type Scene } from '#tests/support/scene'
import { pathTo } from '#tests/support/scene_ids'
import { send } from '#tests/support/sending'
import { registerStaff } from '#tests/support/world'

const creating = declaredRoutes().filter(
  ({ audits, methods, pattern }) =>
    audits && methods.includes('POST') && !pattern.startsWith('/api/')
)
const named = (kind: string, repeated = false) =>
  creating
    .filter(({ access, repeats }) => access.kind === kind && Boolean(repeats) === repeated)
    .map((route) => ({ route, name: route.name! }))

/** Those of people outside any organisation, each of which has a test of its own beside this one. */
const TESTED_BY_HAND = [
  'feedback.store',
  'joins.store',
  'linked_tasks.attachments.store',
  'linked_tasks.comments.store',
  'organisations.store',
  'privacy_requests.proofs.store',
  'privacy_requests.store',
  'privacy_requests.withdrawals.store',
  'profile.erasure.store',
  'profile.privacy_exports.store',
  'profile.privacy_requests.store',
]

/** A form of any route of today and of tomorrow: whoever adds one need not think of it. */
test.group('A form that is sent twice takes effect once', (group) => {
  let stage: Scene
  group.setup(async () => {
    stage = await setScene()
  })

  test('in an organisation: {name}')
    .with(named('can'))
    .run(async ({ assert, client }, { route, name }) => {
      const { as, params, body } = await exercises[name](stage)
      const person = await performer(stage, { as })
      const path = await pathTo(stage, route.pattern, params)
      const form = { ...body, _once: randomUUID() }
      const first = await send(client, 'POST', path, person, form)
      assert.include([200, 303], first.status())
      const since = await mark()
      const again = await send(client, 'POST', path, person, form)
      again.assertStatus(303)
      if (first.status() === 303) assert.equal(again.header('location'), first.header('location'))
      assert.deepEqual(await eventsSince(since, stage.world.organisationId), [])
    })

  test('in the back office: {name}')
    .with(named('platform'))
    .run(async ({ assert, client }, { route, name }) => {
      const { params, body, as } = await officeExercises[name]()
      const staff = as ?? (await registerStaff())
      const path = await pathTo(stage, route.pattern, params)
      const form = { ...body, _once: randomUUID() }
      const first = await send(client, 'POST', path, staff, form)
      first.assertStatus(303)
      const since = await mark()
      const again = await send(client, 'POST', path, staff, form)
      again.assertStatus(303)
      assert.equal(again.header('location'), first.header('location'))
      assert.deepEqual(await eventsSince(since, PLATFORM), [])
    })

  test('unless it fetches something, which is done each time: {name}')
    .with(named('can', true))
    .run(async ({ client }, { route, name }) => {
      const { as, params, body } = await exercises[name](stage)
      const person = await performer(stage, { as })
      const path = await pathTo(stage, route.pattern, params)
      const form = { ...body, _once: randomUUID() }
      for (let time = 0; time < 2; time++) {
        const answer = await send(client, 'POST', path, person, form)
        answer.assertStatus(200)
      }
    })

  test('outside any organisation each has a test', ({ assert }) => {
    const others = [...named('person'), ...named('public')].map(({ name }) => name)
    assert.sameMembers(others, TESTED_BY_HAND)
  })
})

async function mark(): Promise<number> {
  const [{ seq }] = await sql(admin(), 'select coalesce(max(seq), 0) as seq from audit.events')
  return seq
}

async function eventsSince(seq: number, organisationId: string): Promise<string[]> {
  const rows = await sql(
    admin(),
    'select action from audit.events where seq > ? and organisation_id = ? order by seq',
    [seq, organisationId]
  )
  return rows.map(({ action }) => action)
}
