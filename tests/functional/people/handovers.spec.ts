import { test } from '@japa/runner'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Walk } from '#tests/support/walk'
import { register, World, type Person } from '#tests/support/world'

test.group('Work that is handed over', (group) => {
  let world: World
  let project: Project
  let pmo: Person
  let leaver: Person
  let heir: Person
  group.each.setup(async () => {
    world = await World.create()
    project = await world.project()
    pmo = await world.person('pmo')
    leaver = await world.person('team')
    heir = await world.person('manager')
  })

  const raise = (fields: Partial<RaidItem>) =>
    world.inside(
      () => RaidItem.raise(project, { type: 'risk', nature: 'threat', title: 'A risk', ...fields }),
      pmo
    )
  const addTask = (fields: Partial<Task>) =>
    world.inside(() => Task.add(project, { title: 'A task', ...fields }), pmo)
  const ownersOf = async (table: string, column: string) =>
    (
      await sql<any>(
        admin(),
        `select ${column} as id from ${table} where project_id = ? order by number`,
        [project.id]
      )
    ).map(({ id }) => id)
  const page = () => `/projects/${project.id}/handovers`

  test('includes all that is open and theirs, counted by kind', async ({ assert, client }) => {
    const { membershipId: from } = leaver
    await raise({ ownerId: from })
    await raise({ ownerId: pmo.membershipId, actioneeId: from })
    await raise({ ownerId: from, status: 'closed' })
    const decision = { type: 'decision', nature: null, deciderId: from } as Partial<RaidItem>
    await raise(decision)
    await addTask({ assigneeId: from })
    await addTask({ assigneeId: from, status: 'done' })
    const walk = await Walk.begin(client, pmo)
    const form = await walk.open(`${page()}/create`)
    assert.include(form.text(), `${leaver.name}: 3 RAID entries, 1 task`)
    const to = heir.membershipId
    const told = await walk.submitAndFollow(page(), { from, to })
    assert.include(told.text(), `Handed over to ${heir.name}: 3 RAID entries, 1 task.`)
    assert.deepEqual(await ownersOf('tasks', 'assignee_id'), [to, from])
    const entries = await sql<any>(
      admin(),
      `select type, status, owner_id, actionee_id, decider_id from raid_items
        where project_id = ? order by type desc, number`,
      [project.id]
    )
    assert.deepEqual(
      entries.map((row: any) => [row.type, row.owner_id, row.actionee_id, row.decider_id]),
      [
        ['risk', to, null, null],
        ['risk', pmo.membershipId, to, null],
        ['risk', from, null, null],
        ['decision', null, null, to],
      ]
    )
    const trail = await walk.open(`/projects/${project.id}/audit?what=project.work_handed_over`)
    for (const word of [leaver.name, heir.name, 'Work handed over']) {
      assert.include(trail.text(), word)
    }
  })

  test('reaches nobody who may not see the project, and needs something to hand over', async ({
    assert,
    client,
  }) => {
    await raise({ ownerId: leaver.membershipId })
    const stranger = await world.join(await register('newcomer'))
    const walk = await Walk.begin(client, pmo)
    await sql(admin(), `update projects set visibility = 'members' where id = ?`, [project.id])
    await walk.open(`${page()}/create`)
    for (const [from, to, message] of [
      [leaver, stranger, 'Choose someone who can see this project'],
      [leaver, leaver, 'Choose a different person'],
      [heir, pmo, 'This person has no open work'],
    ] as const) {
      const ids = { from: from.membershipId, to: to.membershipId }
      const refused = await walk.submitAndFollow(page(), ids)
      assert.include(refused.text(), message)
    }
    assert.deepEqual(await ownersOf('raid_items', 'owner_id'), [leaver.membershipId])
  })

  test('is for the PMO and the project’s manager', async ({ client }) => {
    await raise({ ownerId: leaver.membershipId })
    const form = { from: leaver.membershipId, to: heir.membershipId }
    for (const role of ['owner', 'admin', 'auditor', 'sponsor', 'team', 'viewer'] as const) {
      const person = await world.person(role)
      const response = await client.post(page()).as(person).form(form)
      response.assertStatus(403)
    }
    const elsewhere = await (await World.create()).person('pmo')
    const response = await client.post(page()).as(elsewhere).form(form)
    response.assertStatus(404)
    const done = await client.post(page()).as(heir).form(form)
    done.assertStatus(303)
  })
})
