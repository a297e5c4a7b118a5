import { test } from '@japa/runner'
import { openPage, overflow, violations } from '#tests/support/browser'
import { Log } from '#tests/support/raid_log'

test.group('Searching', () => {
  for (const javaScript of [true, false]) {
    test(`leads from words to the record, ${javaScript ? 'as one types' : 'without JavaScript'}`, async ({
      browser,
      assert,
    }) => {
      const log = await Log.create()
      const risk = await log.raise('risk', { title: 'Tide gate leaks at springs' })
      const { page, complaints } = await openPage(browser, {
        person: log.people.manager,
        javaScript,
        consent: 'rejected',
        width: javaScript ? 1280 : 375,
      })
      await page.goto('/search')
      await page.getByRole('heading', { name: 'Search everything you can see' }).waitFor()
      if (javaScript) assert.deepEqual(await violations(page), [])
      await page.getByLabel('Words or a ref').fill('tide gat')
      if (!javaScript) await page.locator('main').getByRole('button', { name: 'Search' }).click()
      const found = page.getByRole('link', { name: 'Tide gate leaks at springs' })
      await found.waitFor()
      if (javaScript) assert.deepEqual(await violations(page), [])
      assert.isAtMost(await overflow(page), 0)
      await found.click()
      await page.waitForURL(`**/raid/${risk.id}`)
      assert.deepEqual(complaints, [])
    })
  }
})
