/// <reference lib="dom" />
import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { openPage } from '#tests/support/browser'
import { Log } from '#tests/support/raid_log'

test.group('A page that takes long', () => {
  test('is seen to be under way until it is there', async ({ browser, assert }) => {
    const log = await Log.create()
    const { page } = await openPage(browser, { person: log.people.manager, consent: 'rejected' })
    await page.goto(log.url)
    assert.isFalse(await isUnderWay(page))
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
    await page.route('**/health', async (route) => {
      await answered
      await route.continue()
    })
    await page
      .locator('.sidebar')
      .getByRole('link', { name: 'Health' })
      .click({ noWaitAfter: true })
    await page.locator('.htmx-request').waitFor()
    assert.isTrue(await isUnderWay(page))
    answer()
    await page.getByRole('heading', { level: 1, name: 'Health' }).waitFor()
    assert.isFalse(await isUnderWay(page))
  })
})

function isUnderWay(page: Page): Promise<boolean> {
  return page.evaluate(
    () => getComputedStyle(document.documentElement, '::before').animationName === 'under-way'
  )
}
