import { test } from '@japa/runner'
import Comment from '#models/comment'
import Task from '#models/task'
import { countQueries } from '#tests/support/query_count'
import { Log } from '#tests/support/raid_log'
import type { Person } from '#tests/support/world'

test.group('Search', (group) => {
  let log: Log
  group.setup(async () => {
    log = await Log.create()
    const risk = await log.raise('risk', {
      title: 'Vendor lateness delays the pump station',
      description: 'The supplier of valves has missed two of its milestones & deadlines.',
    })
    await log.raise('risk', {
      title: 'Zirconium price kept to the leads',
      sensitivity: 'project_leads',
    })
    await log.world.inside(async () => {
      const assigneeId = log.people.team.membershipId
      await Task.add(log.project, { title: 'Inspect the pump on site', assigneeId })
      await Comment.add(risk, log.project, 'The quayside crane was booked twice')
      await Comment.add(risk, log.project, '# Tides\n\n- **Neap** tides on `Monday`')
    }, log.people.manager)
  })

  const titles = (html: string) =>
    [...html.matchAll(/<span class="hit__title">([^<]*)<\/span>/g)].map(([, title]) => title)

  async function found(client: any, person: Person, query: string) {
    const answer = await client.get(`/search?${query}`).as(person)
    answer.assertStatus(200)
    return { html: answer.text() as string, titles: titles(answer.text()) }
  }

  test('finds by words of a title, a text and a comment, whatever the kind', async ({
    client,
    assert,
  }) => {
    const { manager } = log.people
    const pump = await found(client, manager, 'q=pump')
    assert.sameMembers(pump.titles, [
      'Vendor lateness delays the pump station',
      'Inspect the pump on site',
    ])
    const milestones = await found(client, manager, 'q=milesto')
    assert.deepEqual(milestones.titles, ['Vendor lateness delays the pump station'])
    assert.include(milestones.html, '<mark>milestones</mark>')
    const crane = await found(client, manager, 'q=quayside+crane')
    assert.match(crane.html, /#comment-[0-9a-f-]{36}"/)
  })

  test('finds words in quotation marks only as they follow each other', async ({
    client,
    assert,
  }) => {
    const { manager } = log.people
    const hit = 'Vendor lateness delays the pump station'
    const whole = await found(client, manager, 'q=%22the+pump+station%22')
    assert.deepEqual(whole.titles, [hit])
    const apart = await found(client, manager, 'q=%22vendor+delays%22')
    assert.deepEqual(apart.titles, [])
    assert.include(apart.html, 'without quotation marks')
    const inText = await found(client, manager, 'q=%E2%80%9Csupplier+of+valves%E2%80%9D')
    assert.deepEqual(inText.titles, [hit])
    assert.include(inText.html, '<mark>supplier</mark>')
  })

  test('shows passages without the marks of Markdown', async ({ client, assert }) => {
    const { html } = await found(client, log.people.manager, 'q=neap')
    assert.match(html, /Tides\s+<mark>Neap<\/mark>\s+tides on Monday\s/)
  })

  test('finds words within text that has no blanks between them', async ({ client, assert }) => {
    const { manager } = log.people
    for (const [title, typed] of [
      ['水务基础设施项目管理系统', '管理'],
      ['ความเสี่ยงจากผู้รับเหมาล่าช้า', 'ผู้รับเหมา'],
      ['ポンプ場の更新が遅れる', '更新'],
    ]) {
      await log.raise('issue', { title })
      const here = await found(client, manager, `q=${encodeURIComponent(typed)}`)
      assert.deepEqual(here.titles, [title])
    }
    const elsewhere = await found(client, log.people.stranger, `q=${encodeURIComponent('管理')}`)
    assert.isEmpty(elsewhere.titles)
  })

  test('finds accents as they were typed, with their letter or behind it', async ({
    client,
    assert,
  }) => {
    const { manager } = log.people
    const title = 'Café on the quay'
    for (const [kept, typed] of [
      ['NFC', 'NFD'],
      ['NFD', 'NFC'],
    ]) {
      await log.raise('issue', { title: `${title.normalize(kept)} ${kept}` })
      const query = encodeURIComponent(`café ${kept}`.normalize(typed))
      const answer = await found(client, manager, `q=${query}`)
      assert.equal(answer.titles[0], `${title.normalize(kept)} ${kept}`)
    }
  })

  test('ignores accents on both sides: {kept} by {typed}')
    .with([
      { kept: 'café', typed: 'cafe' },
      { kept: 'Resume', typed: 'résumé' },
      { kept: 'Hafenstraße', typed: 'hafenstrasse' },
      { kept: 'Łódź', typed: 'lodz' },
      { kept: 'Ёлка', typed: 'елка' },
    ])
    .run(async ({ client, assert }, { kept, typed }) => {
      await log.raise('issue', { title: 'Noted elsewhere', description: `Seen: ${kept} today` })
      const query = encodeURIComponent(typed)
      const { html } = await found(client, log.people.manager, `q=${query}`)
      assert.include(html, `<mark>${kept}</mark>`)
    })

  test('shows text as text around its marks', async ({ client, assert }) => {
    const { html } = await found(client, log.people.manager, 'q=milestones')
    assert.include(html, ' &amp; deadlines')
  })

  test('puts what a ref names first: {$self}')
    .with(['r1', 'R-1', 'code-R1'])
    .run(async ({ client, assert }, ref) => {
      const text = ref.replace('code', log.project.code)
      const { html } = await found(client, log.people.manager, `q=${text}`)
      const refs = [...html.matchAll(/<span class="ref">([\w-]+)<\/span>/g)].map(([, it]) => it)
      assert.equal(refs[0], `${log.project.code}-R1`)
    })

  test('finds a project by its code', async ({ client, assert }) => {
    const { html } = await found(client, log.people.pmo, `q=${log.project.code.toLowerCase()}`)
    assert.include(html, `href="/projects/${log.project.id}"`)
  })

  test('finds what was mistyped, and says that it is only alike', async ({ client, assert }) => {
    const { html, titles: alike } = await found(client, log.people.manager, 'q=vendr+latenes')
    assert.deepEqual(alike, ['Vendor lateness delays the pump station'])
    assert.include(html, 'Similar to your search')
  })

  test('shows nobody what they may not see', async ({ client, assert }) => {
    const { manager, team, stranger } = log.people
    assert.lengthOf((await found(client, manager, 'q=zirconium')).titles, 1)
    assert.lengthOf((await found(client, team, 'q=zirconium')).titles, 0)
    assert.lengthOf((await found(client, team, 'q=zirconum+prise')).titles, 0)
    for (const text of ['pump', 'crane', 'vendr', 'R1', log.project.code]) {
      assert.lengthOf((await found(client, stranger, `q=${text}`)).titles, 0)
    }
    const elsewhere = await Log.create()
    for (const text of ['pump', 'crane', 'vendr', log.project.code]) {
      assert.lengthOf((await found(client, elsewhere.people.pmo, `q=${text}`)).titles, 0)
    }
  })

  test('narrows to one kind, and leads to the list behind it', async ({ client, assert }) => {
    const { titles: tasks } = await found(client, log.people.manager, 'q=pump&kind=tasks')
    assert.deepEqual(tasks, ['Inspect the pump on site'])
    const { titles: all } = await found(client, log.people.manager, 'q=pump&kind=nonsense')
    assert.lengthOf(all, 2)
  })

  test('accepts anything that can be typed: {$self}')
    .with([
      '',
      '   ',
      '%',
      "'",
      '\u0000pump',
      '!!&|:*',
      '(',
      'a'.repeat(5000),
      'R99999999',
      '\ud83d\ude00',
      'pump\u0001',
      '<script>',
      'q[]=x',
    ])
    .run(async ({ client, assert }, text) => {
      const { html } = await found(client, log.people.manager, `q=${encodeURIComponent(text)}`)
      assert.notInclude(html, '<script>alert')
      const list = await client.get('/search?q[]=a&q[]=b&kind[]=raid').as(log.people.manager)
      list.assertStatus(200)
    })

  test('answers htmx with the results alone', async ({ client, assert }) => {
    const answer = await client
      .get('/search?q=pump')
      .as(log.people.manager)
      .header('HX-Request', 'true')
      .header('HX-Request-Type', 'partial')
      .header('HX-Target', 'div#found')
    answer.assertStatus(200)
    assert.notInclude(answer.text(), '<aside')
    assert.lengthOf(titles(answer.text()), 2)
  })

  test('costs as many queries for much as for little', async ({ client, assert }) => {
    const visit = () => client.get('/search?q=gasket').as(log.people.manager)
    await log.raise('issue', { title: 'Gasket 0' })
    await visit()
    const few = await countQueries(visit)
    for (let index = 1; index < 12; index++) await log.raise('issue', { title: `Gasket ${index}` })
    assert.isAtMost(await countQueries(visit), few)
    const { html } = await found(client, log.people.manager, 'q=gasket')
    assert.include(html, '/search?kind=raid&amp;q=gasket')
  })
})

test.group('Search for a common word', () => {
  /** So many of the latest rows hold it that it counts as common: then no row is ranked. */
  const COMMON = 20

  test('shows the latest first whatever their type, and nobody what they may not see', async ({
    client,
    assert,
  }) => {
    const log = await Log.create()
    const raised: string[] = []
    for (let index = 0; index < COMMON; index++) {
      const type = (['risk', 'issue', 'decision'] as const)[index % 3]
      raised.unshift((await log.raise(type, { title: `Sluice ${index} leaks` })).title)
    }
    const secret = { title: 'Sluice kept to the leads', sensitivity: 'project_leads' } as const
    raised.unshift((await log.raise('assumption', secret)).title)
    const titlesFor = async (person: Person) => {
      const answer = await client.get('/search?kind=raid&q=sluice').as(person)
      return [...answer.text().matchAll(/<span class="hit__title">([^<]*)<\/span>/g)].map(
        ([, title]) => title
      )
    }
    assert.deepEqual(await titlesFor(log.people.pmo), raised)
    assert.deepEqual(await titlesFor(log.people.team), raised.slice(1))
    assert.deepEqual(await titlesFor(log.people.stranger), [])
    assert.deepEqual(await titlesFor((await Log.create()).people.pmo), [])
  })
})

test.group('Search without an account', () => {
  test('leads to the way in', async ({ client }) => {
    const answer = await client.get('/search?q=pump').redirects(0)
    answer.assertStatus(303)
  })
})
