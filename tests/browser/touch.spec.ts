/// <reference lib="dom" />
import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { openPage } from '#tests/support/browser'
import { Log } from '#tests/support/raid_log'

const PRESSED = 'button, select, summary.button, a.button, .tabs a, .nav__link, .crumbs a'
const TYPED = 'select, textarea, input:not([type="checkbox"], [type="radio"], [type="hidden"])'

test.group('With a finger', (group) => {
  let log: Log
  group.setup(async () => {
    log = await Log.create()
    await log.raise('risk')
  })

  const openPhone = (browser: any, width: number) =>
    openPage(browser, { person: log.people.manager, consent: 'rejected', touch: true, width })

  test('targets are 44 px high, and no field makes the browser zoom in', async ({
    browser,
    assert,
  }) => {
    const { page } = await openPhone(browser, 375)
    for (const path of pathsOf(log)) {
      await page.goto(path)
      assert.deepEqual(await tooLow(page), [], path)
      assert.deepEqual(await tooSmall(page), [], path)
    }
  })

  test('menus of the page head open within the screen', async ({ browser, assert }) => {
    const { page } = await openPhone(browser, 320)
    for (const path of ['/projects', '/portfolio', '/gates', ...pathsOf(log)]) {
      await page.goto(path)
      assert.deepEqual(await beside(page), [], path)
    }
  })
})

function pathsOf({ url }: Log) {
  const project = url.replace(/\/raid.*/, '')
  const raid = ['raid?type=risk', 'raid?type=risk&review=overdue', 'raid/create?type=risk']
  return [
    '/notifications',
    ...[...raid, 'tasks', 'tasks/create', 'gates'].map((at) => `${project}/${at}`),
  ]
}

function tooLow(page: Page): Promise<string[]> {
  return page.evaluate(
    (pressed) =>
      [...document.querySelectorAll(pressed)]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
        .map((one) => one.outerHTML.slice(0, 120)),
    PRESSED
  )
}

/** Phones enlarge the page at a field whose letters are lower than 16 px. */
function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(
    (typed) =>
      [...document.querySelectorAll(`main :is(${typed})`)]
        .filter((one) => Number.parseFloat(getComputedStyle(one).fontSize) < 16)
        .map((one) => one.outerHTML.slice(0, 120)),
    TYPED
  )
}

function beside(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLDetailsElement>('main details.menu')].flatMap((menu) => {
      menu.open = true
      const { left, right } = menu.querySelector('.menu__panel')!.getBoundingClientRect()
      menu.open = false
      return left < 0 || right > innerWidth
        ? [`${menu.textContent!.trim()}: ${left} to ${right}`]
        : []
    })
  )
}
