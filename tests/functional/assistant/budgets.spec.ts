import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { mintInvocation } from '#assistant/invocations'
import AiInteraction from '#models/ai_interaction'
import type Project from '#models/project'
import ProjectMember from '#models/project_member'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { FakeClaude } from '#tests/support/claude'
import { switchOn } from '#tests/support/assistant'
import { eventually } from '#tests/support/eventually'
import { Walk } from '#tests/support/walk'
import { register, World, type Person } from '#tests/support/world'

const MICROS_PER_PENNY = 10_000
const SPENT = 'The organisation’s assistant budget for this month has run out'

test.group('Assistant: budgets', (group) => {
  let claude: FakeClaude
  let world: World
  let project: Project
  let manager: Person

  group.each.setup(async () => {
    claude = await FakeClaude.start()
    world = await World.create()
    project = await world.project()
    manager = await world.person('manager')
    return () => claude.stop()
  })

  const page = () => `/projects/${project.id}/assistant`

  function ask(client: ApiClient, person: Person) {
    return client.post(`${page()}/questions`).as(person).form({ question: 'How is it going?' })
  }

  async function colleague() {
    const person = await world.join(await register('colleague'))
    await world.inside(() => ProjectMember.grant(project, person.membershipId, 'team'))
    return person
  }

  /** A question that cost so much this month. */
  async function spend(micros: number, person = manager) {
    const id = await world.inside(async () => {
      const about = { projectId: project.id, feature: 'ask' as const }
      const { id: invocationId } = await mintInvocation({ method: () => 'POST' }, about)
      const asked = { ...about, invocationId, reservedMicros: 0, model: 'm', priceVersion: 'p' }
      return (await AiInteraction.create(asked)).id
    }, person)
    await sql(
      admin(),
      `update ai_interactions set cost_micros = ?, status = 'answered', settled_at = now()
        where id = ?`,
      [micros, id]
    )
  }

  async function spentAndHeld() {
    const [row] = await sql(
      admin(),
      `select count(*)::int as calls, coalesce(sum(greatest(reserved_micros, cost_micros)), 0)::float8
         as micros from ai_interactions where organisation_id = ?`,
      [world.organisationId]
    )
    return row
  }

  /** Waits until no call is under way any more. */
  function settled() {
    return eventually(async () => {
      const [{ running }] = await sql(
        admin(),
        `select count(*)::int as running from ai_interactions
          where organisation_id = ? and status = 'running'`,
        [world.organisationId]
      )
      return running === 0
    })
  }

  /** What somebody was told of budgets, once they were told so often. */
  async function toldTo({ membershipId }: Person, often: number) {
    const read = () =>
      sql(
        admin(),
        `select kind, title, path, created_at, split_part(key, ':', 3) as occasion from notifications
          where organisation_id = ? and membership_id = ? and kind = 'assistant_budget' order by id`,
        [world.organisationId, membershipId]
      )
    await eventually(async () => (await read()).length >= often)
    return read()
  }

  const occasionsOf = (told: { occasion: string }[]) => told.map(({ occasion }) => occasion)

  async function mailsTo({ membershipId }: Person) {
    const rows = await sql(
      admin(),
      `select split_part(idempotency_key, ':', 5) as occasion from email_outbox
        where organisation_id = ? and idempotency_key like ?
        order by created_at`,
      [world.organisationId, `notice:${membershipId}:assistant-budget:%`]
    )
    return rows.map(({ occasion }) => occasion)
  }

  test('let no more calls begin than they can pay, also when fifty people ask at once', async ({
    assert,
    client,
  }) => {
    claude.answers('It is on track.', { latency: 20_000 })
    await switchOn(world, { monthlyBudget: 10 })
    const owner = await world.person('owner')
    const people: Person[] = []
    for (let count = 0; count < 50; count++) people.push(await colleague())
    const answers = await Promise.all(people.map((person) => ask(client, person)))
    const waiting = answers.filter((response) =>
      response.header('location')?.includes('/questions/')
    )
    const { calls, micros } = await spentAndHeld()
    assert.isAbove(calls, 1)
    assert.lengthOf(waiting, calls)
    assert.isAtMost(micros, 10 * MICROS_PER_PENNY)
    assert.isAbove(micros + micros / calls, 10 * MICROS_PER_PENNY, 'another would not have fitted')
    for (let time = 0; time < 1000 && claude.journal.length < calls; time++) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    assert.lengthOf(claude.journal, calls)
    assert.deepEqual(occasionsOf(await toldTo(owner, 1)), ['stopped'])
    assert.deepEqual(await mailsTo(owner), ['stopped'])
  })

  test('tell owners and admins once a month that four fifths are used', async ({
    assert,
    client,
  }) => {
    await switchOn(world, { monthlyBudget: 1000, personalBudget: 500 })
    const [owner, office] = [await world.person('owner'), await world.person('pmo')]
    await spend(300 * MICROS_PER_PENNY, await colleague())
    await spend(300 * MICROS_PER_PENNY, await colleague())
    await ask(client, await colleague())
    await settled()
    const [{ now }] = await sql(admin(), 'select now() as now')
    await spend(200 * MICROS_PER_PENNY, await colleague())
    const askers = [owner, await colleague(), await colleague()]
    await Promise.all(askers.map((person) => ask(client, person)))
    const [notice] = await toldTo(owner, 1)
    assert.isTrue(notice.created_at > now, 'before, three fifths were used')
    assert.containSubset(notice, {
      kind: 'assistant_budget',
      path: '/settings/assistant/usage',
      title: '80% of the organisation’s assistant budget has been used',
    })
    await settled()
    await spend(200 * MICROS_PER_PENNY, await colleague())
    await ask(client, owner)
    assert.deepEqual(occasionsOf(await toldTo(owner, 2)), ['nearly', 'stopped'])
    assert.deepEqual(await mailsTo(owner), ['nearly', 'stopped'])
    assert.deepEqual(await toldTo(office, 0), [])
  })

  test('of a person are told to that person too, nearly spent and spent', async ({
    assert,
    client,
  }) => {
    await switchOn(world, { monthlyBudget: 1000, personalBudget: 100 })
    const owner = await world.person('owner')
    await spend(80 * MICROS_PER_PENNY)
    await ask(client, manager)
    const [own] = await toldTo(manager, 1)
    assert.equal(own.title, '80% of your assistant budget has been used')
    assert.equal(own.path, page())
    const [theirs] = await toldTo(owner, 1)
    assert.include(theirs.title, `@{member:${manager.membershipId}}`)
    await spend(20 * MICROS_PER_PENNY)
    await Promise.all([1, 2, 3].map(() => ask(client, manager)))
    assert.deepEqual(occasionsOf(await toldTo(manager, 2)), ['nearly', 'stopped'])
    assert.deepEqual(occasionsOf(await toldTo(owner, 2)), ['nearly', 'stopped'])
    assert.deepEqual(await mailsTo(manager), ['nearly', 'stopped'])
    assert.lengthOf(claude.journal, 1)
  })

  test('stop before the call when they are spent, and say so', async ({ assert, client }) => {
    await switchOn(world, { monthlyBudget: 10 })
    await spend(9 * MICROS_PER_PENNY)
    const walk = await Walk.begin(client, manager)
    await walk.open(page())
    const response = await walk.submitAndFollow(`${page()}/questions`, { question: 'And now?' })
    assert.include(response.text(), SPENT)
    assert.include(response.text(), '>And now?</textarea>')
    assert.lengthOf(claude.journal, 0)
    await sql(
      admin(),
      `update ai_interactions set asked_at = asked_at - interval '32 days' where organisation_id = ?`,
      [world.organisationId]
    )
    const again = await ask(client, manager)
    assert.include(again.header('location')!, '/questions/')
  })

  test('of a person stop that person alone', async ({ assert, client }) => {
    await switchOn(world, { monthlyBudget: 100, personalBudget: 10 })
    await spend(9 * MICROS_PER_PENNY)
    const walk = await Walk.begin(client, manager)
    await walk.open(page())
    const refused = await walk.submitAndFollow(`${page()}/questions`, { question: 'And now?' })
    assert.include(refused.text(), 'Your assistant budget for this month has run out')
    const other = await ask(client, await colleague())
    assert.include(other.header('location')!, '/questions/')
  })

  test('warn from four fifths on', async ({ assert, client }) => {
    await switchOn(world, { monthlyBudget: 1000, personalBudget: 500 })
    const shown = async () => (await client.get(page()).as(manager)).text()
    await spend(399 * MICROS_PER_PENNY)
    assert.notInclude(await shown(), 'budget for this month has been used')
    await spend(1 * MICROS_PER_PENNY)
    assert.include(await shown(), '80% of your budget for this month has been used')
    await spend(400 * MICROS_PER_PENNY, await colleague())
    const used = await client.get('/settings/assistant/usage').as(await world.person('owner'))
    assert.lengthOf(used.text().match(/80% of their budget/g)!, 2)
    await switchOn(world, { personalBudget: 0 })
    assert.include(await shown(), '80% of the organisation’s budget for this month has been used')
    const owner = await client.get('/settings/assistant/usage').as(await world.person('owner'))
    assert.include(owner.text(), '80% of this month’s budget has been used')
  })

  test('without a limit stop nobody', async ({ assert, client }) => {
    await switchOn(world)
    await spend(1_000_000 * MICROS_PER_PENNY)
    const response = await ask(client, manager)
    assert.include(response.header('location')!, '/questions/')
  })
})
