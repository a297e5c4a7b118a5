import { test } from '@japa/runner'
import { recordMany } from '#audit/events'
import { auditPage } from '#pages/audit/list_page'
import { countQueries } from '#tests/support/query_count'
import { append, numbersIn, raise, remark, revise } from '#tests/support/trail'
import { World } from '#tests/support/world'

test.group('Audit filters and pages', () => {
  test('narrow by person, event, record, ref and day', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const sponsor = await world.person('sponsor')
    const mine = await raise(world, project, manager, { title: 'Raised by the manager' })
    const theirs = await raise(world, project, sponsor, { title: 'Raised by the sponsor' })
    await remark(world, manager, project, theirs, 'A word on it')

    const found = async (query: string) => {
      const response = await client.get(`/projects/${project.id}/audit?${query}`).as(manager)
      response.assertStatus(200)
      const html = response.text()
      return {
        mine: html.includes('Raised by the manager'),
        theirs: html.includes('Raised by the sponsor'),
        remark: html.includes('A word on it'),
        html,
      }
    }
    const picked = async (query: string) => {
      const { mine: m, theirs: t, remark: r } = await found(query)
      return [m && 'mine', t && 'theirs', r && 'remark'].filter(Boolean)
    }
    assert.deepEqual(await picked(`who=${sponsor.membershipId}`), ['theirs'])
    assert.deepEqual(await picked('what=raid_item.created'), ['mine', 'theirs'])
    assert.deepEqual(await picked('type=comment'), ['theirs', 'remark'])
    assert.deepEqual(await picked(`ref=${mine.ref.toLowerCase()}`), ['mine'])
    assert.deepEqual(await picked(`ref=${theirs.ref}`), ['theirs', 'remark'])
    const today = new Date().toISOString().slice(0, 10)
    assert.lengthOf(await picked(`from=${today}&to=${today}`), 3)
    assert.deepEqual(await picked('to=2020-01-01'), [])
    assert.deepEqual(await picked('from=2999-01-01'), [])
    const chips = await found(`who=${sponsor.membershipId}&from=${today}`)
    assert.include(chips.html, 'Who: sponsor person')
    assert.include(chips.html, `href="/projects/${project.id}/audit?from=${today}"`)
  })

  test('offer each kind of event once, and find all that reads like it', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const shown = async (query: string) =>
      (await client.get(`/projects/${project.id}/audit?${query}`).as(manager)).text()
    const [, offered] = (await shown('')).match(
      /<select[^>]*name="what"[^>]*>([\s\S]*?)<\/select>/
    )!
    const labels = [...offered.matchAll(/>\s*([^<]+?)\s*<\/option>/g)].map(([, label]) => label)
    assert.include(labels, 'Gate decided')
    assert.deepEqual(labels, [...new Set(labels)])
    const decision = crypto.randomUUID()
    await world.inside(
      () =>
        recordMany(
          ['created', 'recorded', 'updated'].map((verb) => ({
            action: `gate_decision.${verb}`,
            entityType: 'gate_decision',
            entityId: decision,
            projectId: project.id,
            facts: {},
          }))
        ),
      manager
    )
    for (const name of ['created', 'recorded']) {
      const html = await shown(`what=gate_decision.${name}`)
      assert.lengthOf(numbersIn(html), 2)
      assert.include(html, 'What: Gate decided')
    }
  })

  test('leave out what makes no sense in a URL', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const query = `who='--&what=x&type[]=a&ref=%00&from=2026-99-99&to=2026-02-30&before=-1&after=1e9`
    const response = await client.get(`/projects/${project.id}/audit?${query}`).as(manager)
    response.assertStatus(200)
    assert.notInclude(response.text(), 'Showing only')
    assert.isNotEmpty(numbersIn(response.text()))
  })

  test('page both ways without gap or repetition', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    await append(world, project, 120)
    const page = async (url: string) => {
      const response = await client.get(url).as(manager)
      const html = response.text()
      const link = (rel: string) => html.match(new RegExp(`href="([^"]+)" rel="${rel}"`))?.[1]
      const unescaped = (href?: string) => href?.replaceAll('&amp;', '&')
      return {
        numbers: numbersIn(html),
        next: unescaped(link('next')),
        previous: unescaped(link('prev')),
      }
    }
    const url = `/projects/${project.id}/audit?what=project.updated`
    const first = await page(url)
    const second = await page(first.next!)
    const third = await page(second.next!)
    const forward = [...first.numbers, ...second.numbers, ...third.numbers]
    assert.lengthOf(forward, 120)
    assert.deepEqual(
      forward,
      [...new Set(forward)].sort((a, b) => b - a)
    )
    assert.isUndefined(first.previous)
    assert.isUndefined(third.next)

    const back = await page(third.previous!)
    assert.deepEqual(back.numbers, second.numbers)
    const start = await page(back.previous!)
    assert.deepEqual(start.numbers, first.numbers)
    assert.isUndefined(start.previous)
  })

  test('cost the same number of queries however much they tell', async ({ assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const viewer = await world.viewer(manager)
    const queriesOf = () =>
      countQueries(() => world.inside(() => auditPage({ project }, {}, viewer), manager))
    const item = await raise(world, project, manager)
    await remark(world, manager, project, item, 'One')
    const few = await queriesOf()
    const kept = { sensitivity: 'named_people' as const }
    for (let index = 0; index < 10; index++) {
      const other = await raise(world, project, manager, index % 2 ? kept : {})
      await revise(world, manager, other, { ownerId: manager.membershipId })
      await remark(world, manager, project, other, 'Another')
    }
    assert.isAbove(few, 5)
    assert.equal(await queriesOf(), few)
  })

  test('say when nothing newer has happened', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const url = `/projects/${project.id}/audit?what=project.created&after=999999999999`
    const response = await client.get(url).as(manager)
    assert.include(response.text(), 'No newer events')
  })
})
