import { test } from '@japa/runner'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import { listIn, numbersIn, raise, remark, revise } from '#tests/support/trail'
import { World, type Person } from '#tests/support/world'

const SECRET = 'Takeover of the supplier'

test.group('Confidential entries in the audit trail', (group) => {
  let world: World
  let project: Project
  let manager: Person
  let admin: Person
  let item: RaidItem

  group.each.setup(async () => {
    world = await World.create()
    project = await world.project()
    manager = await world.person('manager')
    admin = await world.person('admin')
    item = await raise(world, project, manager, { title: SECRET, sensitivity: 'named_people' })
    await revise(world, manager, item, { description: `${SECRET}, in detail` })
    await remark(world, manager, project, item, `${SECRET}, as heard`)
  })

  test('are listed without their values, ref or title', async ({ client, assert }) => {
    for (const path of [`/projects/${project.id}/audit`, '/audit']) {
      const response = await client.get(path).as(admin)
      response.assertStatus(200)
      assert.notInclude(response.text(), SECRET)
      assert.notInclude(listIn(response.text()), item.ref)
      assert.notInclude(response.text(), item.id)
      assert.include(response.text(), 'a confidential entry')
    }
  })

  test('are shown in full to those they concern', async ({ client, assert }) => {
    const response = await client.get(`/projects/${project.id}/audit`).as(manager)
    assert.include(response.text(), SECRET)
    assert.include(response.text(), item.ref)
  })

  test('have no audit page of their own for others', async ({ client }) => {
    const response = await client.get(`/projects/${project.id}/raid/${item.id}/audit`).as(admin)
    response.assertStatus(404)
  })

  test('are not found by their ref', async ({ client, assert }) => {
    for (const path of [`/projects/${project.id}/audit`, '/audit']) {
      const response = await client.get(`${path}?ref=${item.ref}`).as(admin)
      assert.lengthOf(numbersIn(response.text()), 0)
      assert.include(response.text(), 'No events match')
    }
  })

  test('stay concealed in the CSV file', async ({ client, assert }) => {
    const auditor = await world.person('auditor')
    for (const path of [`/projects/${project.id}/audit.csv`, '/audit.csv']) {
      const everything = await client.get(path).as(auditor)
      everything.assertStatus(200)
      assert.notInclude(everything.text(), SECRET)
      assert.notInclude(everything.text(), item.ref)
      assert.include(everything.text(), 'a confidential entry')
      const byRef = await client.get(`${path}?ref=${item.ref}`).as(auditor)
      assert.lengthOf(byRef.text().trimEnd().split('\r\n'), 1)
    }
  })

  test('stay concealed once deleted', async ({ client, assert }) => {
    await world.inside(async () => {
      const present = await RaidItem.findOrFail(item.id)
      present.$extras.ref = item.ref
      await present.delete()
    }, manager)
    const response = await client.get('/audit').as(admin)
    assert.notInclude(response.text(), SECRET)
    assert.notInclude(listIn(response.text()), item.ref)
    const byRef = await client.get(`/audit?ref=${item.ref}`).as(admin)
    assert.lengthOf(numbersIn(byRef.text()), 0)
  })

  test('for project leads are shown to those who read the whole organisation', async ({
    client,
    assert,
  }) => {
    const led = await raise(world, project, await world.person('pmo'), {
      title: 'For leads alone',
      sensitivity: 'project_leads',
    })
    for (const reader of [manager, admin]) {
      const page = await client.get(`/projects/${project.id}/audit`).as(reader)
      assert.include(page.text(), 'For leads alone')
      assert.include(page.text(), led.ref)
    }
  })

  test('show their history again once they are no longer confidential', async ({
    client,
    assert,
  }) => {
    await revise(world, manager, item, { sensitivity: 'normal' })
    const response = await client.get(`/projects/${project.id}/audit`).as(admin)
    assert.include(response.text(), SECRET)
  })
})
