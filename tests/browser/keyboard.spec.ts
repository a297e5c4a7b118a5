import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { covered, openPage } from '#tests/support/browser'
import { eventually } from '#tests/support/eventually'
import { Log } from '#tests/support/raid_log'
import { Tasks } from '#tests/support/tasks'

const focused = 'document.activeElement.outerHTML.slice(0, 200)'

/** Scripts may put the keyboard in its place a moment after they show what is new. */
function comesTo(page: Page, place: string) {
  return eventually(async () => (await page.evaluate<string>(focused)).includes(place))
}

test.group('By keyboard', (group) => {
  let log: Log
  group.setup(async () => {
    log = await Log.create()
    for (let index = 0; index < 30; index++) await log.raise('risk')
  })
  test('the first Tab stop skips to the content', async ({ browser, assert }) => {
    const { page } = await openPage(browser, { person: log.people.manager, consent: 'rejected' })
    await page.goto(log.url)
    await page.keyboard.press('Tab')
    assert.include(await page.evaluate(focused), 'Skip to content')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    assert.isTrue(
      await page.evaluate('document.querySelector("#main").contains(document.activeElement)')
    )
  })

  test('every Tab stop is visible', async ({ browser, assert }) => {
    const { page } = await openPage(browser, { person: log.people.manager, consent: 'rejected' })
    await page.goto(log.url)
    for (let stop = 0; stop < 25; stop++) {
      await page.keyboard.press('Tab')
      const shown = await page.evaluate(
        `(() => { const e = document.activeElement; const s = getComputedStyle(e); const p = e.parentElement && getComputedStyle(e.parentElement)
          const r = e.getBoundingClientRect()
          return r.width > 0 && (s.outlineStyle !== 'none' || s.boxShadow !== 'none' || p.outlineStyle !== 'none') })()`
      )
      assert.isTrue(shown, await page.evaluate(focused))
    }
  })

  test('nothing in focus is covered by the headings of a list or the cookie banner', async ({
    browser,
    assert,
  }) => {
    const { page } = await openPage(browser, { person: log.people.manager })
    for (const [width, height] of [
      [1280, 600],
      [375, 700],
      [320, 256],
    ]) {
      await page.setViewportSize({ width, height })
      await page.goto(log.url)
      assert.deepEqual(await covered(page), [], `${width} × ${height}`)
    }
  })

  test('sorting keeps the focus', async ({ browser }) => {
    const { page } = await openPage(browser, { person: log.people.manager, consent: 'rejected' })
    await page.goto(log.url)
    const sort = page.getByRole('link', { name: 'Status', exact: true })
    await sort.focus()
    await page.keyboard.press('Enter')
    await page.locator('th[aria-sort]', { hasText: 'Status' }).waitFor()
    await comesTo(page, 'Status')
  })

  test('menus open and close', async ({ browser, assert }) => {
    const { page } = await openPage(browser, { person: log.people.manager, consent: 'rejected' })
    await page.goto('/projects')
    const menu = page.locator('details.menu').last()
    await menu.locator('summary').focus()
    await page.keyboard.press('Enter')
    assert.isNotNull(await menu.getAttribute('open'))
    await page.keyboard.press('Tab')
    assert.equal(await menu.locator(':focus').count(), 1)
    await page.keyboard.press('Escape')
    assert.isNull(await menu.getAttribute('open'))
    assert.include(await page.evaluate(focused), '<summary')
    await page.keyboard.press('Enter')
    assert.isNotNull(await menu.getAttribute('open'))
    await page.getByLabel('Search', { exact: true }).first().focus()
    assert.isNull(await menu.getAttribute('open'))
    await menu.locator('summary').click()
    assert.isNotNull(await menu.getAttribute('open'))
    await page.getByRole('heading', { level: 1 }).click()
    assert.isNull(await menu.getAttribute('open'))
  })

  test('a card that is moved keeps the focus, in sight', async ({ browser, assert }) => {
    const tasks = await Tasks.create()
    for (let index = 0; index < 6; index++) {
      const task = await tasks.add({ title: `Started ${index}` })
      const move = () => task.move('in_progress', { lockVersion: task.lockVersion })
      await tasks.world.inside(move, tasks.people.manager)
    }
    await tasks.add({ title: 'Survey the quay', dueOn: null })
    const { page } = await openPage(browser, { person: tasks.people.manager, consent: 'rejected' })
    await page.setViewportSize({ width: 1280, height: 600 })
    await page.goto(`${tasks.list}?view=board`)
    const card = page.locator('.board__card', { hasText: 'Survey the quay' })
    await card.locator('summary').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    assert.include(await page.evaluate(focused), 'in_progress')
    await page.keyboard.press('Enter')
    await page.getByText('is now in progress').waitFor()
    await card.locator('summary:focus').waitFor()
    assert.isNull(await card.locator('details').getAttribute('open'))
    const seen = `(() => { const { top, bottom } = document.activeElement.getBoundingClientRect()
      return top >= 0 && bottom <= innerHeight })()`
    await eventually(() => page.evaluate<boolean>(seen))
  })

  test('a dialog keeps the focus until it is answered, and returns it', async ({
    browser,
    assert,
  }) => {
    const item = await log.raise('risk')
    const { page, complaints } = await openPage(browser, {
      person: log.people.manager,
      consent: 'rejected',
    })
    await page.goto(log.urlOf(item))
    const trigger = page.getByRole('button', { name: 'Convert to issue' })
    await trigger.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    assert.include(await page.evaluate(focused), 'Cancel')
    for (let stop = 0; stop < 8; stop++) {
      await page.keyboard.press('Tab')
      assert.isTrue(
        await page.evaluate(
          '!document.querySelector("#main").contains(document.activeElement) || Boolean(document.activeElement.closest("dialog"))'
        ),
        await page.evaluate(focused)
      )
    }
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    assert.include(await page.evaluate('document.activeElement.textContent'), 'Convert to issue')
    assert.deepEqual(complaints, [])
  })

  test('a refused form focuses its summary of errors, in the order of the fields', async ({
    browser,
    assert,
  }) => {
    const { page } = await openPage(browser, { person: log.people.pmo, consent: 'rejected' })
    await page.goto('/projects/create')
    await page.getByLabel('Name', { exact: true }).fill('Harbour lights')
    await page.getByLabel('Code').fill(log.project.code)
    await page.getByLabel('Project manager').selectOption({ label: log.people.manager.name })
    await page.getByLabel('Start, baseline').fill('2030-02-01')
    await page.getByLabel('End, baseline').fill('2030-01-01')
    await page.getByRole('button', { name: 'Create project' }).press('Enter')
    await page.getByRole('alert').waitFor()
    await comesTo(page, 'error-summary')
    await page.keyboard.press('Tab')
    assert.include(await page.evaluate(focused), '#code')
  })

  test('messages are announced', async ({ browser }) => {
    const item = await log.raise('risk')
    const { page } = await openPage(browser, { person: log.people.manager, consent: 'rejected' })
    await page.goto(`${log.urlOf(item)}/edit`)
    await page.getByLabel('Title').fill('')
    await page.evaluate('document.querySelector("#title").required = false')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByRole('alert').filter({ hasText: 'Enter a title' }).waitFor()
  })
})
