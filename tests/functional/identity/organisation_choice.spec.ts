import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { sessionTexts } from '#tests/support/sealed'
import { asSuperuser } from '#tests/support/superuser'
import { World, type Person } from '#tests/support/world'
import { comparable, scene } from '#tests/support/chosen_organisation'

function inside(person: Person, organisationId: string): Person {
  return { ...person, organisationId }
}

test.group('The organisation cookie', () => {
  test('selects the organisation that pages show', async ({ client, assert }) => {
    const { here, there, person } = await scene()
    const [mine, theirs] = [await here.project(), await there.project()]
    const first = await client.get('/projects').as(person)
    assert.include(first.text(), mine.code)
    assert.notInclude(first.text(), theirs.code)
    const second = await client.get('/projects').as(inside(person, there.organisationId))
    assert.include(second.text(), theirs.code)
    assert.notInclude(second.text(), mine.code)
  })

  test('is set by itself for a person with one organisation', async ({ client, assert }) => {
    const world = await World.create()
    const { organisationId, ...account } = await world.person('owner')
    const response = await client.get('/projects').as(account)
    response.assertStatus(200)
    const line = [response.headers()['set-cookie']].flat().find((c) => c!.startsWith('orch_org'))
    assert.notMatch(line!, /max-age|expires/i)
    assert.match(line!, /HttpOnly; SameSite=Lax/)
  })

  test('is missing: people with two organisations choose, then go on', async ({
    client,
    assert,
  }) => {
    const { account } = await scene()
    const response = await client.get('/raid?type=issue').as(account)
    response.assertStatus(303)
    response.assertHeader('location', '/organisations?return_to=%2Fraid%3Ftype%3Dissue')
    const page = await client.get(response.header('location')!).as(account)
    assert.include(page.text(), 'name="return_to" value="/raid?type=issue"')
    const home = await client.get('/work').as(account)
    home.assertHeader('location', '/organisations')
  })

  test('is missing: the choice leads to no other site', async ({ client, assert }) => {
    const { account } = await scene()
    const page = await client.get('/organisations?return_to=//evil.example').as(account)
    assert.include(page.text(), 'name="return_to" value="/work"')
    assert.notInclude(page.text(), 'evil.example')
  })

  test('naming a foreign organisation leads to the choice and tells nothing', async ({
    client,
    assert,
  }) => {
    const { foreign, person } = await scene()
    const secret = await foreign.project({ name: 'Secret project' })
    const forged = inside(person, foreign.organisationId)
    const random = inside(person, randomUUID())
    for (const path of ['/projects', `/projects/${secret.id}`]) {
      const [one, other] = [await client.get(path).as(forged), await client.get(path).as(random)]
      one.assertStatus(303)
      one.assertHeader('location', '/organisations')
      assert.equal(one.text(), other.text())
      assert.deepEqual(one.header('location'), other.header('location'))
      assert.notInclude(one.text(), 'Foreign')
      assert.isBelow(one.cookie('orch_org')!.maxAge!, 1)
    }
  })

  test('naming a foreign organisation changes nothing there', async ({ client, assert }) => {
    const { foreign, person } = await scene()
    const project = await foreign.project()
    const response = await client
      .put(`/projects/${project.id}`)
      .as(inside(person, foreign.organisationId))
      .form({ name: 'Taken over', code: project.code })
    response.assertStatus(303)
    response.assertHeader('location', '/organisations')
    const [{ name }] = await asSuperuser('select name from projects where id = $1', [project.id])
    assert.equal(name, project.name)
  })

  test('stops working with the membership', async ({ client }) => {
    const world = await World.create()
    const person = await world.person('owner')
    const before = await client.get('/projects').as(person)
    before.assertStatus(200)
    await asSuperuser(`update memberships set status = 'deactivated' where id = $1`, [
      person.membershipId,
    ])
    const after = await client.get('/projects').as(person)
    after.assertStatus(303)
  })

  test('must be one that we signed', async ({ client }) => {
    const { account, here } = await scene()
    const response = await client
      .get('/projects')
      .as(account)
      .withPlainCookie('orch_org', here.organisationId)
    response.assertHeader('location', '/organisations?return_to=%2Fprojects')
  })

  test('a fragment’s request leaves the page instead of swapping the choice in', async ({
    client,
  }) => {
    const { foreign, person } = await scene()
    const response = await client
      .get('/projects')
      .as(inside(person, foreign.organisationId))
      .forFragment('projects')
    response.assertStatus(204)
    response.assertHeader('hx-redirect', '/organisations')
  })
})

test.group('Switching the organisation', () => {
  test('to one of mine, back to the page that asked', async ({ client, assert }) => {
    const { there, person } = await scene()
    const response = await client
      .put('/organisation')
      .as(person)
      .form({ organisation: there.organisationId, return_to: '/raid?q=1' })
    response.assertStatus(303)
    response.assertHeader('location', '/raid?q=1')
    assert.equal(response.cookie('orch_org')!.value, there.organisationId)
  })

  test('to a foreign one is a 404 like that of a random id', async ({ client, assert }) => {
    const { foreign, person } = await scene()
    const answers = []
    for (const organisation of [foreign.organisationId, randomUUID(), 'nonsense']) {
      const response = await client.put('/organisation').as(person).form({ organisation })
      response.assertStatus(404)
      assert.isUndefined(response.cookie('orch_org'))
      answers.push(comparable(response.text()))
    }
    assert.equal(answers[0], answers[1])
    assert.equal(answers[0], answers[2])
  })

  test('leads to no other site', async ({ client }) => {
    const { there, person } = await scene()
    const response = await client
      .put('/organisation')
      .as(person)
      .form({ organisation: there.organisationId, return_to: '//evil.example' })
    response.assertHeader('location', '/work')
  })

  test('needs the token of its form', async ({ client, assert }) => {
    const { there, person } = await scene()
    const response = await client
      .put('/organisation')
      .as(person)
      .form({ organisation: there.organisationId, _csrf: 'forged' })
    response.assertStatus(403)
    assert.isUndefined(response.cookie('orch_org'))
  })

  test('needs a person', async ({ client }) => {
    const { there } = await scene()
    const response = await client.put('/organisation').form({ organisation: there.organisationId })
    response.assertStatus(403)
  })
})

test.group('Links that carry their organisation', () => {
  test('switch a member and come out clean', async ({ client, assert }) => {
    const { there, person } = await scene()
    const project = await there.project()
    const response = await client
      .get(`/projects/${project.id}?tab=a%20b&organisation=${there.organisationId}&x=1&x=2`)
      .as(person)
    response.assertStatus(303)
    response.assertHeader('location', `/projects/${project.id}?tab=a+b&x=1&x=2`)
    assert.equal(response.cookie('orch_org')!.value, there.organisationId)
  })

  test('are a plain 404 for whoever is no member', async ({ client, assert }) => {
    const { foreign, person } = await scene()
    const pages = []
    for (const id of [foreign.organisationId, randomUUID(), 'nonsense']) {
      const response = await client.get(`/projects?organisation=${id}`).as(person)
      response.assertStatus(404)
      assert.isUndefined(response.cookie('orch_org'))
      pages.push(comparable(response.text().replaceAll(id, 'id')))
    }
    assert.equal(pages[0], pages[1])
    assert.equal(pages[0], pages[2])
  })

  test('count once only: two organisations in one link are refused', async ({ client }) => {
    const { here, there, person } = await scene()
    const both = `organisation=${here.organisationId}&organisation=${there.organisationId}`
    const response = await client.get(`/projects?${both}`).as(person)
    response.assertStatus(404)
  })

  test('survive the sign-in', async ({ client, assert }) => {
    const response = await client.get('/projects?organisation=abc')
    response.assertHeader('location', '/sign-in')
    const newest = (await sessionTexts()).find((text) => text.includes('return_to'))
    assert.equal(JSON.parse(newest!).return_to, '/projects?organisation=abc')
  })

  test('to a part of a page lead back to its page after the sign-in', async ({
    client,
    assert,
  }) => {
    const part = (referer: string) =>
      client
        .get('/projects?q=quay')
        .header('HX-Request', 'true')
        .header('HX-Request-Type', 'partial')
        .header('HX-Target', 'div#list')
        .header('referer', referer)
    const origin = `http://${process.env.HOST}:${process.env.PORT}`
    const answer = await part(`${origin}/projects?status=active`)
    answer.assertStatus(204)
    answer.assertHeader('hx-redirect', '/sign-in')
    await part('https://elsewhere.example/projects?status=foreign')
    const kept = (await sessionTexts()).filter((text) => text.includes('return_to'))
    const paths = kept.map((text) => JSON.parse(text).return_to)
    assert.include(paths, '/projects?status=active')
    assert.notInclude(kept.join(), 'foreign')
  })

  test('keep no more of an address than any of ours has', async ({ client, assert }) => {
    const response = await client.get(`/projects?q=${'x'.repeat(12_000)}`)
    response.assertHeader('location', '/sign-in')
    assert.isFalse((await sessionTexts()).some((text) => text.includes('/projects?q=xxx')))
  })
})
