import { test } from '@japa/runner'
import { openPage, overflow } from '#tests/support/browser'
import { upload } from '#tests/support/imports'
import { Log } from '#tests/support/raid_log'

const WORD = 'Donaudampfschifffahrtsgesellschaft'.repeat(5)
const TITLES = [WORD, 'مخاطر التأخير في التوريد بسبب النقل', '🚀👩‍👩‍👧‍👦'.repeat(12), 'a'.repeat(200)]
const DESCRIPTION = `${WORD}\n\nhttps://example.test/${'x'.repeat(300)}\n\n| a | b | c |\n|--|--|--|\n| ${WORD} | 2 | 3 |`

test.group('Words without end', () => {
  test('break rather than widen a page', async ({ assert, browser, client }) => {
    const log = await Log.create()
    const items = []
    for (const title of TITLES) {
      const text = { title, description: DESCRIPTION, ownerLabel: WORD, cause: WORD }
      const score = { currentLikelihood: 5, currentImpact: 5, dueOn: '2026-01-01' }
      items.push(await log.raise('risk', { ...text, ...score }))
    }
    await log.world.inside(
      () => log.project.merge({ name: WORD, description: DESCRIPTION }).save(),
      log.people.manager
    )
    const draft = await upload(
      { client, person: log.people.manager, project: log.project },
      `Risk,Status,Owner,${WORD}\n${WORD},Open,${WORD},x`,
      `${WORD.slice(0, 100)}.csv`
    )
    const person = log.people.manager
    const { page } = await openPage(browser, { person, consent: 'rejected' })
    const project = `/projects/${log.project.id}`
    const paths = [
      '/projects',
      project,
      `${project}/edit`,
      log.url,
      `${log.url}?edit=${items[0].id}`,
    ]
    paths.push(...items.map((item) => log.urlOf(item)), `${log.urlOf(items[0])}/edit`, '/raid')
    paths.push(`${project}/audit`, `${draft}/edit`, `${project}/imports`)
    const wide: string[] = []
    for (const path of paths) {
      await page.goto(path)
      for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 900 })
        const excess = await overflow(page)
        if (excess > 0) wide.push(`${path} at ${width}: ${excess}`)
      }
    }
    assert.deepEqual(wide, [])
  })
})
