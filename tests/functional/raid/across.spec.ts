import { test } from '@japa/runner'
import Programme from '#models/programme'
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
