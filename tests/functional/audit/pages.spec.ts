import { test } from '@japa/runner'
import { v7 as uuidv7 } from 'uuid'
import Tenancy from '#tenancy/tenancy'
import { sql } from '#tenancy/sql'
import { Importing, upload } from '#tests/support/imports'
import { listIn, numbersIn, raise, remark, revise } from '#tests/support/trail'
import { World } from '#tests/support/world'

test.group('Empty fields in the audit trail', () => {
  test('are called empty, in a new record too', async ({ client, assert }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    await client.post('/portfolio/packs').form({ query: '' }).as(owner)
    const page = await client.get('/audit?what=board_pack.created').as(owner)
    assert.match(page.text(), /Filters<\/dt>\s*<dd>\s*<i>empty<\/i>/)
    assert.notMatch(page.text(), /<dd>\s*null\s*<\/dd>/)
  })
})

test.group('Audit page of a project', () => {
  test('shows who did what, with before and after in words', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const sponsor = await world.person('sponsor')
    const item = await raise(world, project, manager, { currentLikelihood: 3 })
    await revise(world, manager, item, { currentLikelihood: 4, ownerId: sponsor.membershipId })
    await revise(world, manager, item, { status: 'treating' })

    const response = await client.get(`/projects/${project.id}/audit`).as(manager)
    response.assertStatus(200)
    const html = response.text()
    assert.include(html, 'manager person')
    assert.include(html, 'raised')
    assert.include(html, `href="/projects/${project.id}/raid/${item.id}">${item.ref}</a>`)
    assert.match(html, /3 Medium<\/del>[^]*?4 High<\/ins>/)
    assert.match(html, /Owner<\/dt>[^]*?sponsor person<\/ins>/)
    assert.include(html, 'changed the status of')
    assert.match(html, /Open<\/del>[^]*?Treating<\/ins>/)
    assert.notInclude(listIn(html), sponsor.membershipId)
  })

  test('names people who have left', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const sponsor = await world.person('sponsor')
    await raise(world, project, sponsor)
    await world.inside(() =>
      sql(
        Tenancy.current().trx,
        `update memberships set status = 'left' where organisation_id = ? and id = ?`,
        [world.organisationId, sponsor.membershipId]
      )
    )
    const response = await client.get(`/projects/${project.id}/audit`).as(await world.person('pmo'))
    assert.match(response.text(), /<td data-label="Who">sponsor person/)
  })

  for (const role of ['owner', 'admin', 'pmo', 'auditor', 'manager'] as const) {
    test(`opens for the role ${role}`, async ({ client }) => {
      const world = await World.create()
      const project = await world.project()
      const path = `/projects/${project.id}/audit`
      const response = await client.get(path).as(await world.person(role))
      response.assertStatus(200)
    })
  }

  for (const role of ['sponsor', 'gate_decider', 'team', 'viewer'] as const) {
    test(`is refused to the role ${role}`, async ({ client }) => {
      const world = await World.create()
      const project = await world.project()
      const person = await world.person(role)
      const page = await client.get(`/projects/${project.id}/audit`).as(person)
      page.assertStatus(403)
      const file = await client.get(`/projects/${project.id}/audit.csv`).as(person)
      file.assertStatus(403)
    })
  }

  test('does not exist for a stranger, another tenant or a visitor', async ({ client, assert }) => {
    const world = await World.create()
    const elsewhere = await World.create('Elsewhere Ltd')
    const project = await world.project()
    const item = await raise(world, project, await world.person('manager'))
    for (const path of ['audit', 'audit.csv', `raid/${item.id}/audit`]) {
      const url = `/projects/${project.id}/${path}`
      const stranger = await client.get(url).as(await world.person('stranger'))
      stranger.assertStatus(404)
      const other = await client.get(url).as(await elsewhere.person('owner'))
      other.assertStatus(404)
      const visitor = await client.get(url)
      visitor.assertStatus(303)
      assert.match(visitor.header('location')!, /^\/sign-in/)
    }
  })

  test('folds long text and the many fields of a new entry', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const item = await raise(world, project, manager, { cause: 'C', effect: 'E', event: 'V' })
    await revise(world, manager, item, { responsePlan: `Begin ${'word '.repeat(100)}end` })
    const response = await client.get(`/projects/${project.id}/audit`).as(manager)
    assert.match(response.text(), /\d+ fields</)
    assert.match(response.text(), /Begin (word )+word…<\/ins>[^]*Full text[^]*end<\/ins>/)
  })

  test('shows text from people as text', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    await raise(world, project, manager, { title: '<script>alert(1)</script>' })
    const response = await client.get(`/projects/${project.id}/audit`).as(manager)
    assert.notInclude(response.text(), '<script>alert')
    assert.include(response.text(), '&lt;script&gt;alert')
  })

  test('answers htmx with the list alone', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const response = await client
      .get(`/projects/${project.id}/audit`)
      .as(manager)
      .forFragment('audit-list', 'div')
    assert.match(response.text().trim(), /^<div id="audit-list">/)
    assert.notInclude(response.text(), '<html')
  })

  test('links to an import only for those who may import there', async ({ client, assert }) => {
    const { world, project, person } = await Importing.begin()
    const path = await upload({ client, person, project })
    const trail = `/projects/${project.id}/audit`
    for (const [role, page, isLed] of [
      ['manager', trail, true],
      ['pmo', trail, true],
      ['owner', trail, false],
      ['auditor', trail, false],
      ['owner', '/audit', false],
    ] as const) {
      const response = await client.get(page).as(await world.person(role))
      assert.include(response.text(), 'risks.csv')
      assert.equal(response.text().includes(`href="${path}"`), isLed, `${role} on ${page}`)
    }
  })

  test('holds one project only', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const other = await world.project()
    const manager = await world.person('manager')
    await raise(world, other, manager, { title: 'Of the other project' })
    const response = await client.get(`/projects/${project.id}/audit`).as(manager)
    assert.notInclude(response.text(), 'Of the other project')
    assert.notInclude(response.text(), other.code)
  })
})

test.group('Audit page of an item', () => {
  test('holds the item with its comments', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const item = await raise(world, project, manager)
    const other = await raise(world, project, manager, { title: 'Another one' })
    await remark(world, manager, project, item, 'Spoke to their lead')
    await remark(world, manager, project, other, 'Not about this')

    const response = await client.get(`/projects/${project.id}/raid/${item.id}/audit`).as(manager)
    response.assertStatus(200)
    assert.include(response.text(), `History of ${item.ref}`)
    assert.include(response.text(), 'commented on')
    assert.include(response.text(), 'Spoke to their lead')
    assert.notInclude(response.text(), 'Not about this')
    assert.notInclude(response.text(), 'Another one')
    assert.lengthOf(numbersIn(response.text()), 2)
  })

  test('does not exist for an id of another project, or for no id', async ({ client }) => {
    const world = await World.create()
    const project = await world.project()
    const other = await world.project()
    const manager = await world.person('manager')
    const item = await raise(world, other, manager)
    for (const id of [item.id, uuidv7(), 'nonsense']) {
      const response = await client.get(`/projects/${project.id}/raid/${id}/audit`).as(manager)
      response.assertStatus(404)
    }
  })

  test('is refused to whoever may see the item but not its trail', async ({ client }) => {
    const world = await World.create()
    const project = await world.project()
    const item = await raise(world, project, await world.person('manager'))
    const path = `/projects/${project.id}/raid/${item.id}/audit`
    const response = await client.get(path).as(await world.person('team'))
    response.assertStatus(403)
  })
})

test.group('Audit page of the organisation', () => {
  test('holds every project and the members', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const response = await client.get('/audit').as(await world.person('auditor'))
    response.assertStatus(200)
    assert.include(listIn(response.text()), project.code)
    assert.match(listIn(response.text()), /added\s+team person/)
    assert.match(listIn(response.text()), /gave a role in\s+<a [^>]*href="[^"]+">/)
  })

  for (const role of ['pmo', 'manager', 'stranger'] as const) {
    test(`is refused to the role ${role}`, async ({ client }) => {
      const world = await World.create()
      await world.project()
      const person = await world.person(role)
      for (const path of ['/audit', '/audit.csv']) {
        const response = await client.get(path).as(person)
        response.assertStatus(403)
      }
    })
  }

  test('asks a visitor to sign in', async ({ client, assert }) => {
    for (const path of ['/audit', '/audit.csv']) {
      const response = await client.get(path)
      response.assertStatus(303)
      assert.match(response.header('location')!, /^\/sign-in/)
    }
  })

  test('narrows to one project, and never reaches another tenant', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const other = await world.project()
    const elsewhere = await World.create('Elsewhere Ltd')
    const foreign = await elsewhere.project()
    const auditor = await world.person('auditor')
    const narrowed = await client.get(`/audit?project=${project.id}`).as(auditor)
    const rows = narrowed.text().slice(narrowed.text().indexOf('<tbody>'))
    assert.include(rows, project.code)
    assert.notInclude(rows, other.code)
    const crossed = await client.get(`/audit?project=${foreign.id}`).as(auditor)
    assert.notInclude(crossed.text(), foreign.code)
    assert.lengthOf(numbersIn(crossed.text()), 0)
    assert.include(crossed.text(), 'No events match')
  })
})
