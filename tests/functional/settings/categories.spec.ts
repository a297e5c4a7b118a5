import { test } from '@japa/runner'
import { planImport } from '#imports/index'
import Import from '#models/import'
import RiskCategory from '#models/risk_category'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Log } from '#tests/support/raid_log'
import { addCategory } from '#tests/support/settings'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

const PATH = '/settings/categories'
const SEEDS = [
  'Business',
  'Technology',
  'People and organisation',
  'External supplier',
  'Legal',
  'Financial',
  'Security and privacy',
]

function offered(world: World) {
  return world.inside(async () => {
    const categories = await RiskCategory.inOrder().whereNull('retired_at')
    return categories.map(({ name }) => name)
  })
}

function named(world: World, name: string) {
  return world.inside(() => RiskCategory.findByOrFail('name', name))
}

async function told(world: World) {
  const rows = await sql(
    admin(),
    `select action from audit.events
      where organisation_id = ? and entity_type = 'risk_category' order by seq`,
    [world.organisationId]
  )
  return rows.map(({ action }) => action)
}

test.group('Settings: risk categories', (group) => {
  let world: World
  let pmo: Walk
  group.each.setup(async ({ context }) => {
    world = await World.create()
    pmo = await Walk.begin(context.client, await world.person('pmo'))
    await pmo.open(PATH)
  })

  test('every organisation begins with seven, without events', async ({ assert }) => {
    assert.deepEqual(await offered(world), SEEDS)
    assert.deepEqual(await told(world), [])
  })

  test('are added, renamed, moved, retired and offered again, each told once', async ({
    assert,
  }) => {
    const added = await pmo.submitAndFollow(PATH, { new_name: '  Weather ' })
    assert.include(added.text(), 'Weather was added.')
    const { id } = await named(world, 'Weather')
    const form = await pmo.open(`${PATH}?edit=${id}`)
    assert.include(form.text(), 'New name of Weather')
    await pmo.submit(`${PATH}/${id}`, { name: 'Wind and tide', lock_version: 1 }, 'PUT')
    await pmo.submit(`${PATH}/${id}/position`, { direction: 'up' }, 'PUT')
    assert.deepEqual((await offered(world)).slice(5), [
      'Financial',
      'Wind and tide',
      'Security and privacy',
    ])
    await pmo.submit(`${PATH}/${id}/retirement`, {})
    assert.notInclude(await offered(world), 'Wind and tide')
    await pmo.submit(`${PATH}/${id}/retirement`, {}, 'DELETE')
    assert.equal((await offered(world)).at(-1), 'Wind and tide')
    const verbs = ['created', 'updated', 'moved', 'retired', 'reinstated']
    assert.deepEqual(
      await told(world),
      verbs.map((verb) => `risk_category.${verb}`)
    )
    const owner = await Walk.begin(pmo.client, await world.person('owner'))
    const trail = (await owner.open('/audit?type=risk_category')).text()
    assert.include(trail, 'offered again the risk category')
    assert.include(trail, 'Wind and tide')
  })

  test('an empty change changes nothing', async ({ assert }) => {
    const first = await named(world, 'Business')
    await pmo.submit(`${PATH}/${first.id}/position`, { direction: 'up' }, 'PUT')
    await pmo.submit(`${PATH}/${first.id}/retirement`, {}, 'DELETE')
    await pmo.submit(`${PATH}/${first.id}`, { name: 'Business', lock_version: 1 }, 'PUT')
    assert.deepEqual(await told(world), [])
    assert.deepEqual(await offered(world), SEEDS)
  })

  test('what is wrong is said beside the field', async ({ assert }) => {
    const { id } = await named(world, 'Legal')
    const add = async (name: string) => (await pmo.submitAndFollow(PATH, { new_name: name })).text()
    assert.include(await add(' '), 'Enter a name')
    assert.include(await add('x'.repeat(61)), 'Keep the name to 60 characters')
    assert.include(await add('a\u2028b'), 'Use one line of plain text')
    assert.include(await add('TECHNOLOGY'), 'A category is called this already')
    await pmo.submit(`${PATH}/${id}/retirement`, {})
    assert.include(await add('legal'), 'is not offered: offer it again instead')
    await pmo.open(`${PATH}?edit=${id}`)
    const renamed = await pmo.submitAndFollow(
      `${PATH}/${id}`,
      { name: 'Financial', lock_version: 1 },
      'PUT'
    )
    assert.include(renamed.text(), 'A category is called this already')
    const moved = await pmo.submit(`${PATH}/${id}/position`, { direction: 'sideways' }, 'PUT')
    moved.assertStatus(303)
    assert.deepEqual(await told(world), ['risk_category.retired'])
  })

  test('two tabs: the later name is refused, not lost over the earlier', async ({ assert }) => {
    const { id } = await named(world, 'Legal')
    await pmo.submit(`${PATH}/${id}`, { name: 'Law', lock_version: 1 }, 'PUT')
    const stale = await pmo.submit(`${PATH}/${id}`, { name: 'Courts', lock_version: 1 }, 'PUT')
    stale.assertStatus(409)
    assert.include(await offered(world), 'Law')
  })

  test('are at most thirty, however many are added at once', async ({ assert, client }) => {
    for (let count = SEEDS.length; count < 28; count++) await addCategory(world)
    const person = await world.person('owner')
    const names = Array.from({ length: 5 }, (_, number) => `At once ${number}`)
    await Promise.all(names.map((name) => client.post(PATH).as(person).form({ new_name: name })))
    assert.lengthOf(await offered(world), 30)
    const page = await pmo.open(PATH)
    assert.include(page.text(), 'reached the limit of 30 categories')
    const { id } = await named(world, 'Legal')
    await pmo.submit(`${PATH}/${id}/retirement`, {})
    await pmo.submit(PATH, { new_name: 'One more' })
    await pmo.open(PATH)
    const refused = await pmo.submitAndFollow(`${PATH}/${id}/retirement`, {}, 'DELETE')
    assert.include(refused.text(), 'Retire one first')
    assert.lengthOf(await offered(world), 30)
  })

  test('an auditor reads them; others see and change none', async ({ assert, client }) => {
    const { id } = await named(world, 'Legal')
    const auditor = await world.person('auditor')
    const read = await client.get(PATH).as(auditor)
    assert.include(read.text(), 'Security and privacy')
    assert.notInclude(read.text(), 'Retire')
    for (const role of ['auditor', 'manager', 'stranger'] as const) {
      const person = await world.person(role)
      if (role !== 'auditor') (await client.get(PATH).as(person)).assertStatus(403)
      const added = await client.post(PATH).as(person).form({ new_name: 'X' })
      added.assertStatus(403)
      const retired = await client.post(`${PATH}/${id}/retirement`).as(person)
      retired.assertStatus(403)
    }
    const foreign = await (await World.create()).person('owner')
    for (const path of [`${PATH}/${id}/retirement`, `${PATH}/${id}/position?_method=PUT`]) {
      const response = await client.post(path).as(foreign).form({ direction: 'up' })
      response.assertStatus(404)
    }
    assert.deepEqual(await offered(world), SEEDS)
  })
})

test.group('Risk categories in the log', (group) => {
  let log: Log
  let manager: Walk
  let own: string
  group.setup(async () => {
    log = await Log.create()
    own = await log.world.inside(async () => {
      const added = await RiskCategory.add('Weather')
      await (await named(log.world, 'Legal')).rename('Law', 1)
      return added.key
    })
    await log.raise('risk', { title: 'Wind', category: own })
    await log.raise('risk', { title: 'Permit', category: 'legal' })
  })
  group.each.setup(async ({ context }) => {
    manager = await Walk.begin(context.client, log.people.manager)
  })

  test('are offered by forms and filters in the organisation’s words', async ({ assert }) => {
    const form = (await manager.open(`${log.url}/create?type=risk`)).text()
    assert.match(form, new RegExp(`<option value="${own}"[^>]*>Weather<`))
    assert.match(form, /<option value="legal"[^>]*>Law</)
    const list = (await manager.open(`${log.url}?type=risk&category=${own}`)).text()
    assert.include(list, 'Category: Weather')
    assert.include(list, '>Wind<')
    assert.notInclude(list, '>Permit<')
    const all = (await manager.open('/raid?type=risk&category=legal')).text()
    assert.include(all, '>Permit<')
    assert.notInclude(all, '>Wind<')
    const csv = (await manager.open(`${log.url}.csv?type=risk`)).text()
    assert.include(csv, 'Weather')
    assert.include(csv, 'Law')
  })

  test('once retired are kept by old risks and given to none', async ({ assert }) => {
    const risk = await log.raise('risk', { title: 'Old', category: 'financial' })
    await log.world.inside(async () => (await named(log.world, 'Financial')).retire())
    const fields = { nature: 'threat', category: 'financial' }
    const edited = await manager.submit(
      log.urlOf(risk),
      { ...fields, title: 'Older', lock_version: 1 },
      'PUT'
    )
    edited.assertStatus(303)
    const row = await log.fresh(risk)
    assert.deepEqual([row.title, row.category], ['Older', 'financial'])
    const form = (await manager.open(`${log.urlOf(risk)}/edit`)).text()
    assert.include(form, 'Financial (no longer offered)')
    await manager.open(`${log.url}/create?type=risk`)
    const refused = await manager.submitAndFollow(log.url, {
      ...fields,
      type: 'risk',
      title: 'New',
    })
    assert.include(refused.text(), 'Choose a category from the list')
    const unknown = await manager.submitAndFollow(log.url, {
      ...fields,
      type: 'risk',
      title: 'New',
      category: 'weather',
    })
    assert.include(unknown.text(), 'Choose one of the options')
  })
})

test.group('Risk categories in an import', () => {
  test('are read by the organisation’s names first, then by the usual words', async ({
    assert,
  }) => {
    const bytes = Buffer.from(
      [
        'Risk,Likelihood,Impact,Category',
        'The quay sinks,3,3,Ground',
        'The server fails,2,4,software',
        'A storm comes,4,4,IT',
        'A claim is made,2,2,legal',
        'A pipe bursts,2,2,Legal',
      ].join('\n')
    )
    const category = { technology: 'Technology', own_1: 'Ground', own_2: 'IT' }
    const { rows } = planImport(bytes, 'log.csv', {}, { names: { category } })
    const records = rows.filter((row) => row.kind === 'record')
    assert.deepEqual(
      records.map(({ attributes }) => attributes.category ?? null),
      ['own_1', 'technology', 'own_2', null, null]
    )
    assert.include(records[0].attributes.title, 'The quay sinks')
    assert.include(records[3].notes.join(), 'fits no value; kept in the description')
    assert.include(records[3].attributes.description, 'Category: legal')
  })

  test('offer what is offered, and nothing that was retired', async ({ assert, client }) => {
    const log = await Log.create()
    await log.world.inside(async () => {
      await RiskCategory.add('Ground')
      await (await named(log.world, 'Legal')).retire()
    })
    const draft = await log.world.inside(
      () =>
        Import.upload(
          log.project,
          'log.csv',
          Buffer.from('Risk,Category\nThe quay sinks,Ground\nA claim is made,Legal')
        ),
      log.people.manager
    )
    const walk = await Walk.begin(client, log.people.manager)
    const page = await walk.open(`/projects/${log.project.id}/imports/${draft.id}/edit`)
    assert.match(page.text(), /<option value="[0-9a-f-]{36}" selected>Ground</)
    assert.notInclude(page.text(), '<option value="legal"')
  })
})
