import { test } from '@japa/runner'
import Project from '#models/project'
import { newCode } from '#tests/support/codes'
import { Log } from '#tests/support/raid_log'
import { Walk } from '#tests/support/walk'

test.group('Projects: the list', (group) => {
  let log: Log
  group.each.setup(async () => {
    log ??= await Log.create()
  })

  test('shows only projects that the reader may see', async ({ assert, client }) => {
    const open = await log.world.project({ name: 'Open quay', visibility: 'organisation' })
    const shut = await log.world.inside(() =>
      Project.begin({ code: newCode(), name: 'Shut quay', visibility: 'members', managerId: null })
    )
    const seen = async (role: any) => {
      const walk = await Walk.begin(client, await log.world.person(role))
      return (await walk.open('/projects')).text()
    }
    const stranger = await seen('stranger')
    assert.include(stranger, open.code)
    assert.notInclude(stranger, log.project.code)
    assert.notInclude(stranger, shut.code)
    assert.notInclude(await seen('manager'), shut.code)
    assert.include(await seen('pmo'), shut.code)
  })

  test('searches for a comma, however the address writes it', async ({ assert, client }) => {
    const wanted = await log.world.project({ name: 'Quays, docks', visibility: 'organisation' })
    const other = await log.world.project({ name: 'Quays and docks', visibility: 'organisation' })
    const walk = await Walk.begin(client, log.people.pmo)
    for (const words of ['Quays,%20docks', 'Quays%2C+docks']) {
      const text = (await walk.open(`/projects?q=${words}`)).text()
      assert.include(text, wanted.code)
      assert.notInclude(text, other.code)
    }
  })

  test('filters, searches, sorts and pages by its address', async ({ assert, client }) => {
    const wide = await Log.create()
    await wide.world.inside(async () => {
      for (let index = 0; index < 60; index++) {
        const name = index === 7 ? '100% _odd_ name' : `Quay ${index % 3}`
        await Project.begin({
          code: `Q${String(index).padStart(3, '0')}`,
          name,
          status: index % 2 ? 'active' : 'proposed',
        })
      }
    })
    const pmo = await Walk.begin(client, wide.people.pmo)
    const codesOf = (html: string) =>
      [...html.matchAll(/<td class="ref">(\w+)<\/td>/g)].map(([, ref]) => ref)
    const all = (await pmo.open('/projects')).text()
    assert.lengthOf(codesOf(all), 50)
    for (const sort of ['code', 'name']) {
      for (const direction of ['asc', 'desc']) {
        const pages: string[][] = []
        let href: string | undefined = `/projects?sort=${sort}&direction=${direction}`
        let back: string | undefined
        while (href) {
          const html = (await pmo.open(href)).text()
          pages.push(codesOf(html))
          href = /href="([^"]+)" rel="next"/.exec(html)?.[1].replaceAll('&amp;', '&')
          back = /href="([^"]+)" rel="prev"/.exec(html)?.[1].replaceAll('&amp;', '&')
        }
        assert.lengthOf(new Set(pages.flat()), 61, `${sort} ${direction}`)
        assert.deepEqual(codesOf((await pmo.open(back!)).text()), pages.at(-2))
        if (sort === 'code')
          assert.deepEqual(
            pages.flat(),
            pages.flat().sort((a, b) => (direction === 'asc' ? 1 : -1) * (a < b ? -1 : 1))
          )
      }
    }
    assert.deepEqual(codesOf((await pmo.open('/projects?q=100%25')).text()), ['Q007'])
    const fullWidth = `/projects?q=${encodeURIComponent('100％')}`
    assert.deepEqual(codesOf((await pmo.open(fullWidth)).text()), ['Q007'])
    const any = `/projects?q=${encodeURIComponent('Quay＿')}`
    assert.deepEqual(codesOf((await pmo.open(any)).text()), [])
    assert.deepEqual(codesOf((await pmo.open('/projects?q=_odd_')).text()), ['Q007'])
    assert.deepEqual(codesOf((await pmo.open('/projects?q=q012')).text()), ['Q012'])
    assert.deepEqual(codesOf((await pmo.open('/projects?q=_ôdd_')).text()), ['Q007'])
    assert.lengthOf(codesOf((await pmo.open('/projects?status=proposed')).text()), 30)
    for (const query of [
      'q=%00',
      'status=constructor',
      'sort=owner',
      'after=%00',
      'after=WyJcdTAwMDAiLCJhIl0',
      'before=bm9uc2Vuc2U',
      'after[]=1',
      'q[]=x',
    ]) {
      const page = await pmo.open(`/projects?${query}`)
      page.assertStatus(200)
    }
  })
})
