import { test } from '@japa/runner'
import Programme from '#models/programme'
import Project from '#models/project'
import { readFilters } from '#models/raid/list_filters'
import RaidItem from '#models/raid_item'
import { raidListState } from '#pages/raid/list_page'
import { unescaped } from '#tests/support/html'
import { countQueries } from '#tests/support/query_count'
import { TwoProjects } from '#tests/support/two_projects'
import { Walk } from '#tests/support/walk'

test.group('RAID across projects', (group) => {
  let two: TwoProjects
  let pmo: Walk
  group.each.setup(async ({ context }) => {
    two = await TwoProjects.create()
    pmo = await Walk.begin(context.client, two.log.people.pmo)
  })

  const raiseThere = (attributes: Record<string, unknown>) =>
    two.log.world.inside(
      () => RaidItem.raise(two.other, { type: 'risk', nature: 'threat', ...attributes } as any),
      two.otherManager
    )

  test('narrows by programme, project and level of escalation', async ({ assert }) => {
    const programme = await two.log.world.inside(async () => {
      const begun = await Programme.begin({
        code: 'HARBOUR',
        name: 'Harbour',
        description: null,
        managerId: null,
      })
      await begun.take(two.other)
      return begun
    })
    await two.log.raise('risk', { nature: 'threat', title: 'Here', escalation: 'organisation' })
    await raiseThere({ title: 'There' })
    const shown = async (query: string) => {
      const page = unescaped((await pmo.open(`/raid?${query}`)).text())
      return ['Here', 'There'].filter((title) => page.includes(`">${title}<`))
    }
    assert.sameMembers(await shown('type=risk'), ['Here', 'There'])
    assert.deepEqual(await shown(`type=risk&programme=${programme.id}`), ['There'])
    assert.deepEqual(await shown(`type=risk&project=${two.log.project.id}`), ['Here'])
    assert.deepEqual(await shown('type=risk&escalation=organisation'), ['Here'])
    const csv = (await pmo.open('/raid.csv?type=risk&escalation=organisation')).text()
    assert.include(csv, 'Here')
    assert.notInclude(csv, 'There')
  })

  test('shows a dependency once, under either of its projects', async ({ assert }) => {
    await two.depend()
    for (const id of [two.log.project.id, two.other.id]) {
      const page = unescaped((await pmo.open(`/raid?type=dependency&project=${id}`)).text())
      assert.equal(page.split('Quay ready for the trial<').length - 1, 1)
    }
  })

  test('does not reveal the other project of a dependency by trying', async ({
    assert,
    client,
  }) => {
    const { project, world } = two.log
    const programme = await world.inside(async () => {
      await project.merge({ visibility: 'members' }).save()
      const input = { code: 'QUAYS', name: 'Quays', description: null, managerId: null }
      const begun = await Programme.begin(input)
      await begun.take(await Project.findOrFail(project.id))
      return begun
    })
    await two.depend()
    const title = 'Quay ready for the trial'
    const stranger = await Walk.begin(client, two.otherManager)
    for (const [path, tells] of [
      [`/raid?type=dependency&programme=${programme.id}`, false],
      [`/raid?type=dependency&project=${project.id}`, false],
      [`/raid?type=dependency&q=${project.code}-D1`, false],
      [`/search?q=${project.code}-D1`, false],
      [`/raid?type=dependency&project=${two.other.id}`, true],
      [`/raid?type=dependency&q=D1`, true],
    ] as const) {
      const seen = unescaped((await stranger.open(path)).text()).includes(title)
      assert.equal(seen, tells, path)
      assert.include(unescaped((await pmo.open(path)).text()), title, path)
    }
  })

  test('costs as many queries for many as for few', async ({ assert }) => {
    const viewer = await two.log.world.viewer(two.log.people.pmo)
    const cost = () =>
      two.log.world.inside(() =>
        countQueries(() => raidListState(viewer, readFilters({ type: 'dependency' }), null))
      )
    await two.depend()
    const few = await cost()
    for (const title of ['One', 'Two', 'Three', 'Four']) await two.depend({ title })
    assert.equal(await cost(), few)
  })
})
