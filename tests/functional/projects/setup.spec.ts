import { test } from '@japa/runner'
import Gate from '#models/gate'
import GateBoard from '#models/gate_board'
import { declareRatings } from '#models/health/declaring'
import type Project from '#models/project'
import ProjectMember from '#models/project_member'
import RaidItem from '#models/raid_item'
import { World } from '#tests/support/world'

test.group('Setting a project up', (group) => {
  let world: World
  let project: Project

  group.each.setup(async () => {
    world = await World.create()
    project = await world.project()
  })

  const home = async (client: any, role: 'manager' | 'viewer' | 'pmo' = 'manager') =>
    (await client.get(`/projects/${project.id}`).as(await world.person(role))).text()
  const write = (changes: Partial<Project>) =>
    world.inside(() => project.merge(changes as any).save())
  const dateGates = () =>
    world.inside(async () => {
      for (const gate of await Gate.of(project))
        await gate.merge({ forecastOn: '2031-01-01' }).save()
    })

  test('lists the steps with links, until all are done', async ({ assert, client }) => {
    const { membershipId } = await world.person('manager')
    const fresh = await home(client)
    for (const path of ['timetable/edit', 'raid', 'health/ratings/create']) {
      assert.match(fresh, new RegExp(`class="strong" href="/projects/${project.id}/${path}"`))
    }
    await dateGates()
    await world.inside(async () => {
      const risk = { type: 'risk', nature: 'threat', title: 'Flood' } as const
      await RaidItem.raise(project, risk)
      await declareRatings(project, { cost: { rating: 'green' } }, { by: membershipId })
    })
    const later = await home(client)
    assert.notInclude(later, `class="strong" href="/projects/${project.id}/timetable/edit"`)
    assert.match(later, /\d of 5 done/)
    const { membershipId: sponsor } = await world.person('sponsor')
    await write({ sponsorId: sponsor })
    await world.inside(async () => {
      const gate = (await Gate.of(project).firstOrFail()).refersTo(project)
      const board = await GateBoard.of(gate)
      const terms = { decisionRule: 'sole_decider', quorum: 1, isPolled: false } as const
      const seat = { membershipId: sponsor, role: 'chair', required: false } as const
      await board.set(project, gate, terms, [seat])
      if (!(await ProjectMember.query().where('project_id', project.id).first())) {
        const { membershipId: team } = await world.person('team')
        await ProjectMember.create({ projectId: project.id, membershipId: team, role: 'team' })
      }
    })
    assert.notInclude(await home(client), 'Set this project up')
  })

  test('is not shown to those who may not, nor once a gate was decided or the project is over', async ({
    assert,
    client,
  }) => {
    assert.include(await home(client, 'pmo'), 'Set this project up')
    assert.notInclude(await home(client, 'viewer'), 'Set this project up')
    await write({ status: 'cancelled' })
    assert.notInclude(await home(client), 'Set this project up')
    await write({ status: 'active' })
    await world.inside(async () => {
      await (await Gate.of(project).firstOrFail()).merge({ status: 'decided' }).save()
    })
    assert.notInclude(await home(client), 'Set this project up')
  })
})
