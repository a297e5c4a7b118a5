/// <reference lib="dom" />
import { test } from '@japa/runner'
import { openPage } from '#tests/support/browser'
import { Log } from '#tests/support/raid_log'

/** What A4 leaves between the margins of the print styles. */
const PAPER = 688

test.group('Lists on upright paper', () => {
  test('are tables with one line of headings', async ({ browser, assert }) => {
    const log = await Log.create()
    await log.raise('risk')
    const { page } = await openPage(browser, { person: log.people.pmo, consent: 'rejected' })
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: PAPER, height: 900 })
    for (const path of [`${log.url}?type=risk`, '/projects', '/portfolio', '/raid', '/reports']) {
      await page.goto(path)
      assert.isTrue(await page.evaluate(isTable), path)
    }
  })
})

function isTable() {
  const table = document.querySelector('.table--cards')!
  const heads = [...table.querySelectorAll('thead th')].map((head) => head.getBoundingClientRect())
  const isOneLine = heads.every(({ top }) => top === heads[0].top)
  const row = getComputedStyle(table.querySelector('tbody tr')!)
  return isOneLine && heads[0].height > 0 && row.display === 'table-row'
}
