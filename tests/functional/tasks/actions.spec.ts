import { test } from '@japa/runner'
import { Tasks } from '#tests/support/tasks'
import { Walk } from '#tests/support/walk'

test.group('Tasks that answer a RAID entry', (group) => {
  let tasks: Tasks
  group.setup(async () => {
    tasks = await Tasks.create()
  })

  test('are added from its page and listed there, with how many are done', async ({
    assert,
    client,
  }) => {
    const risk = await tasks.raise('risk')
    const manager = await Walk.begin(client, tasks.people.manager)
    const before = await manager.open(tasks.urlOf(risk))
    assert.include(before.text(), `${tasks.list}/create?raid_item_id=${risk.id}`)
    const form = await manager.open(`${tasks.list}/create?raid_item_id=${risk.id}`)
    assert.include(form.text(), risk.ref)
    const page = await manager.submitAndFollow(tasks.list, {
      title: 'Hire a second crane',
      assignee: tasks.people.team.membershipId,
      raid_item_id: risk.id,
    })
    assert.include(page.text(), 'Follows from')
    assert.include(page.text(), tasks.urlOf(risk))
    await tasks.add({ raidItemId: risk.id, status: 'done', title: 'Ask the supplier' })
    await tasks.add({ raidItemId: risk.id, status: 'cancelled', title: 'Build a crane' })
    const after = await manager.open(tasks.urlOf(risk))
    for (const title of ['Hire a second crane', 'Ask the supplier', 'Build a crane']) {
      assert.include(after.text(), title)
    }
    assert.include(after.text(), '1 of 2')
  })

  test('cannot be added to an entry that one cannot see', async ({ assert, client }) => {
    const secret = await tasks.raise('risk', { sensitivity: 'named_people', title: 'A secret' })
    const team = await Walk.begin(client, tasks.people.team)
    const form = await team.open(`${tasks.list}/create?raid_item_id=${secret.id}`)
    assert.notInclude(form.text(), 'A secret')
    const before = await tasks.count('tasks')
    await team.submit(tasks.list, {
      title: 'Guess',
      assignee: tasks.people.team.membershipId,
      raid_item_id: secret.id,
    })
    assert.equal(await tasks.count('tasks'), before)
  })

  test('of a confidential entry are shown to its readers and their assignee only', async ({
    assert,
    client,
  }) => {
    const secret = await tasks.raise('risk', { sensitivity: 'named_people', title: 'A secret' })
    const task = await tasks.add({
      raidItemId: secret.id,
      title: 'Quietly replace the supplier',
      assigneeId: tasks.people.team.membershipId,
    })
    const seen = { manager: 200, team: 200, viewer: 404, sponsor: 404 }
    for (const [role, status] of Object.entries(seen) as [keyof typeof seen, number][]) {
      const walk = await Walk.begin(client, tasks.people[role])
      const page = await walk.open(tasks.pageOf(task))
      page.assertStatus(status)
      const list = await walk.open(tasks.list)
      const listed = list.text().includes('Quietly replace the supplier')
      assert.equal(listed, status === 200, role)
      if (role !== 'manager') assert.notInclude(page.text(), 'A secret')
    }
    const pmo = await Walk.begin(client, tasks.people.pmo)
    const trail = await pmo.open(`/projects/${tasks.project.id}/audit`)
    assert.notInclude(trail.text(), 'Quietly replace the supplier')
  })
})
