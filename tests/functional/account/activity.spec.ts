import { test } from '@japa/runner'
import Project from '#models/project'
import ProjectMember from '#models/project_member'
import RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { countQueries } from '#tests/support/query_count'
import { register, registerStaff, World } from '#tests/support/world'

test.group('Own activity', () => {
  test('lists what the person did in this organisation, and nothing else', async ({
    client,
    assert,
  }) => {
    const [world, other] = [await World.create(), await World.create('Other')]
    const project = await world.project()
    const manager = await world.person('manager')
    const both = await other.join(manager, 'owner')
    await world.inside(
      () => RaidItem.raise(project, { type: 'risk', title: 'The quay sinks' }),
      manager
    )
    await world.inside(() => RaidItem.raise(project, { type: 'risk', title: 'Not by me' }))
    await other.inside(() => Project.begin({ code: 'ELSE', name: 'Elsewhere' }), both)
    const page = await client.get('/profile/activity').as(manager)
    const text = mainOf(page.text())
    assert.match(text, /<b>You<\/b> raised <a [^>]+>[A-Z0-9]+-R1 The quay sinks/)
    assert.notInclude(text, 'Not by me')
    assert.notInclude(text, 'Elsewhere')
    const there = await client.get('/profile/activity').as(both)
    assert.include(mainOf(there.text()), 'ELSE Elsewhere')
    assert.notInclude(there.text(), 'The quay sinks')
  })

  test('lists nothing of a project that the person has left', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project({ visibility: 'members' })
    const team = await world.person('team')
    await world.inside(
      () => RaidItem.raise(project, { type: 'risk', title: 'A secret plan' }),
      team
    )
    await world.inside(async () => {
      const role = await ProjectMember.findByOrFail('membershipId', team.membershipId)
      await role.delete()
    })
    const page = await client.get('/profile/activity').as(team)
    page.assertStatus(200)
    assert.include(page.text(), 'something in a project that you no longer see')
    assert.notInclude(page.text(), 'A secret plan')
  })

  test('writes no event by being read', async ({ client, assert }) => {
    const world = await World.create()
    const person = await world.person('team')
    const count = async () => {
      const [row] = await sql(
        admin(),
        'select count(*)::int as count from audit.events where organisation_id = ?',
        [world.organisationId]
      )
      return row.count
    }
    const before = await count()
    await client.get('/profile/activity').as(person)
    assert.equal(await count(), before)
  })

  test('pages backwards and forwards, at the same cost', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const raise = (count: number) =>
      world.inside(async () => {
        for (let number = 0; number < count; number++) {
          await RaidItem.raise(project, { type: 'risk', title: `Pump ${number} fails` })
        }
      }, manager)
    await raise(3)
    const visit = () => client.get('/profile/activity').as(manager)
    await visit()
    const few = await countQueries(visit)
    await raise(60)
    assert.equal(await countQueries(visit), few)
    const first = await visit()
    const [, next] = first.text().match(/href="([^"]+)" rel="next"/)!
    const second = await client.get(next).as(manager)
    assert.include(second.text(), 'Pump 0 fails')
    const [, previous] = second.text().match(/href="([^"]+)" rel="prev"/)!
    const back = await client.get(previous.replaceAll('&amp;', '&')).as(manager)
    assert.include(back.text(), 'Pump 59 fails')
  })

  test('leads people without an organisation to theirs', async ({ client }) => {
    for (const account of [await register('nobody'), await registerStaff()]) {
      const response = await client.get('/profile/activity').as(account)
      response.assertHeader('location', '/organisations?return_to=%2Fprofile%2Factivity')
    }
  })
})

function mainOf(html: string) {
  return html.match(/<main[^]*<\/main>/)![0].replaceAll(/\s+/g, ' ')
}
