import { test } from '@japa/runner'
import { MOST_RELATIONS, relationsAcross } from '#models/raid/relations'
import RaidLink from '#models/raid_link'
import { relationsMap } from '#pages/raid/relations_map'
import { unescaped } from '#tests/support/html'
import { countQueries } from '#tests/support/query_count'
import { TwoProjects } from '#tests/support/two_projects'
import { Walk } from '#tests/support/walk'

test.group('Relations', (group) => {
  let two: TwoProjects
  let manager: Walk
  let pmo: Walk
  group.each.setup(async ({ context }) => {
    two = await TwoProjects.create()
    manager = await Walk.begin(context.client, two.log.people.manager)
    pmo = await Walk.begin(context.client, two.log.people.pmo)
  })

  const ofProject = () => `/projects/${two.log.project.id}/relations`

  test('explain what they are where there are none', async ({ assert }) => {
    for (const page of [ofProject(), '/portfolio/relations']) {
      assert.include((await pmo.open(page)).text(), 'No relations yet')
    }
  })

  test('are drawn with their state in words, with a table beside', async ({ assert }) => {
    const item = await two.depend()
    const [risk, issue] = [
      await two.log.raise('risk', { nature: 'threat', title: 'Pump breaks' }),
      await two.log.raise('issue', { issueKind: 'problem_concern', title: 'Pump broke' }),
    ]
    await two.log.world.inside(() =>
      RaidLink.create({ fromId: risk.id, toId: issue.id, kind: 'realised_as' })
    )
    const page = unescaped((await pmo.open(ofProject())).text())
    for (const words of ['<svg', 'Proposed', 'Realised as', 'Harbour wall', 'Pump breaks']) {
      assert.include(page, words)
    }
    assert.include(page, `<a href="${two.log.urlOf(item)}"`)
    assert.include(page, '1 dependency between projects, 1 of them not agreed')
    const across = unescaped((await pmo.open('/portfolio/relations')).text())
    assert.include(across, 'Harbour wall')
    assert.notInclude(across, 'Pump breaks')
  })

  test('name no project and no entry to those who may not know them', async ({ assert }) => {
    await two.depend()
    await two
      .depend({ title: 'Secret quay', sensitivity: 'named_people' })
      .then((kept) =>
        two.log.world.inside(() => kept.merge({ ownerId: null, createdBy: null }).save())
      )
    for (const page of [ofProject(), '/portfolio/relations']) {
      const shown = unescaped((await manager.open(page)).text())
      assert.include(shown, 'another project')
      assert.notInclude(shown, 'Harbour wall')
      assert.notInclude(shown, 'Secret quay')
    }
    const lost = await manager.open(`/projects/${two.other.id}/relations`)
    lost.assertStatus(404)
  })

  test('of which there are very many are drawn in part, and listed', async ({ assert }) => {
    const viewer = await two.log.world.viewer(two.log.people.pmo)
    await two.depend()
    const [one] = await two.log.world.inside(() => relationsAcross(viewer, null))
    const map = relationsMap(Array.from({ length: 200 }, () => one))
    assert.lengthOf(map.drawing!.lines, 60)
    assert.lengthOf(map.rows, 200)
    assert.include(map.note!, 'the table has all 200')
    assert.include(
      relationsMap(Array.from({ length: MOST_RELATIONS }, () => one)).note!,
      `the first ${MOST_RELATIONS}`
    )
    const cost = () => two.log.world.inside(() => countQueries(() => relationsAcross(viewer, null)))
    const few = await cost()
    for (const title of ['One', 'Two', 'Three']) await two.depend({ title })
    assert.equal(await cost(), few)
  })

  test('of a programme leave out what none of its projects is part of', async ({ assert }) => {
    await two.depend()
    const none = '01930000-0000-7000-8000-000000000001'
    const page = (await pmo.open(`/portfolio/relations?programme=${none}`)).text()
    assert.include(page, 'No relations yet')
  })
})
