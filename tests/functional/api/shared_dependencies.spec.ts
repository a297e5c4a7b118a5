import { test } from '@japa/runner'
import { TwoProjects } from '#tests/support/two_projects'

test.group('API: dependencies between projects', (group) => {
  let two: TwoProjects
  group.each.setup(async () => {
    two = await TwoProjects.create()
    await two.log.world.inside(() => two.log.project.merge({ visibility: 'members' }).save())
  })

  const addressOf = (project: { id: string }) => `/api/v1/projects/${project.id}/raid`

  test('tell whoever may not see the other project only that there is one', async ({
    assert,
    client,
  }) => {
    const { id } = await two.depend()
    const { project, people } = two.log
    for (const [person, seenFrom, hidden] of [
      [people.manager, project, 'counterpart_project_id'],
      [two.otherManager, two.other, 'project_id'],
    ] as const) {
      const one = await client.get(`${addressOf(seenFrom)}/${id}`).withTokenOf(person)
      const many = await client
        .get(addressOf(seenFrom))
        .qs({ type: 'dependency' })
        .withTokenOf(person)
      const across = await client.get('/api/v1/raid').qs({ type: 'dependency' }).withTokenOf(person)
      const unseen = hidden === 'project_id' ? project : two.other
      for (const told of [one.body(), many.body().data[0], across.body().data[0]]) {
        assert.isNull(told[hidden])
        if (person === people.manager) assert.equal(told.counterpart_project, 'another project')
        assert.notInclude(JSON.stringify(told), unseen.id)
        assert.notInclude(JSON.stringify(told), unseen.code)
      }
    }
  })

  test('name it to whoever may see both', async ({ assert, client }) => {
    const { id } = await two.depend()
    const { project, people } = two.log
    const told = await client.get(`${addressOf(project)}/${id}`).withTokenOf(people.pmo)
    const { code, name } = two.other
    assert.containSubset(told.body(), {
      project_id: project.id,
      counterpart_project_id: two.other.id,
      counterpart_project: `${code} ${name}`,
    })
  })

  test('keep the other project when what was told is sent back', async ({ assert, client }) => {
    const item = await two.depend()
    const { project, people } = two.log
    const path = `${addressOf(project)}/${item.id}`
    const told = await client.get(path).withTokenOf(people.manager)
    const { title, counterpart_project_id: concealed } = told.body()
    const change = { title: `${title}, again`, counterpart_project_id: concealed }
    const changed = await client
      .patch(path)
      .withTokenOf(people.manager)
      .header('if-match', told.header('etag')!)
      .json(change)
    changed.assertStatus(200)
    assert.equal(changed.body().counterpart_project, 'another project')
    const row = await two.log.fresh(item)
    assert.equal(row.counterpart_project_id, two.other.id)
  })
})
