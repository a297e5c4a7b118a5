/// <reference lib="dom" />
import { test } from '@japa/runner'
import { openPage, overflow } from '#tests/support/browser'
import { Log } from '#tests/support/raid_log'

test.group('Edges', () => {
  test('no line of an entry runs beneath the icon before it', async ({ browser, assert }) => {
    const log = await Log.create()
    const title = 'The supplier leaves the framework before the contract is signed by both sides'
    await log.raise('risk', { title, currentLikelihood: 5, currentImpact: 5 })
    const { page } = await openPage(browser, { person: log.people.manager, consent: 'rejected' })
    await page.setViewportSize({ width: 320, height: 900 })
    await page.goto(`/projects/${log.project.id}`)
    const beneath = await page.evaluate(() =>
      [...document.querySelectorAll('.lines__main:has(> .icon:first-child)')].map((line) => {
        const words = document.createRange()
        words.selectNodeContents(line.querySelector('.row-title')!)
        const { right } = line.querySelector('.icon')!.getBoundingClientRect()
        const lines = [...words.getClientRects()]
        return { lines: lines.length > 1, beneath: lines.some((one) => one.left < right) }
      })
    )
    assert.deepEqual(beneath[0], { lines: true, beneath: false })
  })

  test('the words below the counts of a project are whole on a small phone', async ({
    browser,
    assert,
  }) => {
    const log = await Log.create()
    const { page } = await openPage(browser, { person: log.people.manager, consent: 'rejected' })
    await page.setViewportSize({ width: 320, height: 900 })
    await page.goto(`/projects/${log.project.id}`)
    const broken = await page.evaluate(() =>
      [...document.querySelectorAll('.stat__label')].flatMap((label) => {
        const text = label.firstChild as Text
        return [...text.data.matchAll(/\S+/g)].filter(({ 0: word, index }) => {
          const letters = document.createRange()
          letters.setStart(text, index)
          letters.setEnd(text, index + word.length)
          return letters.getClientRects().length > 1
        })
      })
    )
    assert.deepEqual(broken, [])
    assert.isAtMost(await overflow(page), 0)
  })

  test('the links of an account stay in place, whether or not its page belongs to an organisation', async ({
    browser,
    assert,
  }) => {
    const { people } = await Log.create()
    const { page } = await openPage(browser, { person: people.manager, consent: 'rejected' })
    const topOf = async (path: string) => {
      await page.goto(path)
      return (await page.locator('.sidebar').getByRole('link', { name: 'Sessions' }).boundingBox())!
        .y
    }
    const top = await topOf('/profile')
    assert.equal(await topOf('/profile/tokens'), top)
    await page.locator('summary', { hasText: 'Switch organisation' }).click()
    assert.isTrue(await page.locator('.sidebar .menu__panel button').first().isVisible())
  })
})
