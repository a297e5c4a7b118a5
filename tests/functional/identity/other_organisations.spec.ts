import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import Project from '#models/project'
import { asSuperuser } from '#tests/support/superuser'
import { register } from '#tests/support/world'
import { comparable, scene } from '#tests/support/chosen_organisation'

test.group('A form of another organisation', () => {
  test('answers 409 with a switch, and changes nothing', async ({ client, assert }) => {
    const { here, there, person } = await scene()
    const project = await here.project()
    const response = await client
      .put(`/projects/${project.id}`)
      .as(person)
      .header('referer', `${process.env.APP_URL}/projects/${project.id}/edit`)
      .form({ name: 'Stale', organisation_id: there.organisationId })
    response.assertStatus(409)
    assert.include(response.text(), 'Switch back to There Ltd')
    assert.include(response.text(), `value="/projects/${project.id}/edit"`)
    const [{ name }] = await asSuperuser('select name from projects where id = $1', [project.id])
    assert.equal(name, project.name)
  })

  test('of a stranger’s organisation answers like any unknown address', async ({
    client,
    assert,
  }) => {
    const { here, foreign, person } = await scene()
    const project = await here.project()
    const pages = []
    for (const id of [foreign.organisationId, randomUUID(), 'nonsense']) {
      const response = await client
        .put(`/projects/${project.id}`)
        .as(person)
        .form({ name: 'Forged', organisation_id: id })
      response.assertStatus(404)
      pages.push(comparable(response.text()))
    }
    assert.equal(pages[0], pages[1])
    assert.equal(pages[0], pages[2])
    assert.notInclude(pages[0], 'Foreign')
  })
})

test.group('A record of another organisation', () => {
  test('of mine: the 404 offers the switch', async ({ client, assert }) => {
    const { there, person } = await scene()
    const project = await there.project({ name: 'Hidden name' })
    const response = await client.get(`/projects/${project.id}?a=1`).as(person)
    response.assertStatus(404)
    assert.include(response.text(), 'Switch to There Ltd')
    assert.include(response.text(), `value="${there.organisationId}"`)
    assert.include(response.text(), `value="/projects/${project.id}?a=1"`)
    assert.notInclude(response.text(), 'Hidden name')
  })

  test('of a stranger: plain, and identical to that of a random id', async ({ client, assert }) => {
    const { foreign, person } = await scene()
    const project = await foreign.project()
    const strange = await client.get(`/projects/${project.id}`).as(person)
    const random = await client.get(`/projects/${randomUUID()}`).as(person)
    strange.assertStatus(404)
    random.assertStatus(404)
    assert.equal(comparable(strange.text()), comparable(random.text()))
    assert.notInclude(strange.text(), 'Foreign')
  })

  test('of mine, in a project that I may not see there: plain', async ({ client, assert }) => {
    const { there, here } = await scene()
    const account = await register('outsider')
    const person = await here.join(account, 'owner')
    await there.join(account, 'member')
    const project = await there.project()
    const response = await client.get(`/projects/${project.id}`).as(person)
    response.assertStatus(404)
    // Their menu of organisations has it all the same.
    assert.notInclude(response.text().match(/<main[^]*<\/main>/)![0], 'There Ltd')
  })

  test('many at once do not wait for each other', async ({ client }) => {
    const { here, there, person } = await scene()
    const [mine, other] = [await here.project(), await there.project()]
    const paths = [`/projects/${other.id}`, `/projects/${mine.id}/raid/${randomUUID()}`]
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => client.get(paths[index % 2]).as(person))
    )
    for (const answer of answers) answer.assertStatus(404)
    answers[0].assertTextIncludes('Switch to There Ltd')
  })

  test('looking there leaves this organisation bound', async ({ assert }) => {
    const { here, there } = await scene()
    await there.project()
    const { default: Tenancy } = await import('#tenancy/tenancy')
    await here.inside(async () => {
      const seen = await Tenancy.peek(
        { organisationId: there.organisationId, userId: null, requestId: null },
        async () => Project.query()
      )
      assert.lengthOf(seen, 1)
      assert.equal(Tenancy.current().organisationId, here.organisationId)
      assert.isEmpty(await Project.query())
      const { rows } = await Tenancy.current().trx.rawQuery('select app_organisation() as id')
      assert.equal(rows[0].id, here.organisationId)
    })
  })
})
