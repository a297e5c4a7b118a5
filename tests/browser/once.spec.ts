import { test } from '@japa/runner'
import type { Browser, Route } from 'playwright'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import { openPage, violations } from '#tests/support/browser'
import { World, type Person } from '#tests/support/world'

test.group('A form that is pressed twice', (group) => {
  let world: World
  let project: Project
  let person: Person
  group.setup(async () => {
    world = await World.create()
    project = await world.project()
    person = await world.person('manager')
  })

  const raised = (title: string) =>
    world.inside(() => RaidItem.query().where('title', title).exec())

  /** A form to raise an entry, filled in. */
  async function filled(browser: Browser, title: string, javaScript: boolean) {
    const opened = await openPage(browser, { person, javaScript, consent: 'rejected' })
    await opened.page.goto(`/projects/${project.id}/raid/create?type=issue`)
    await opened.page.getByLabel('Title').fill(title)
    return { ...opened, button: opened.page.getByRole('button', { name: 'Add issue' }) }
  }

  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with JavaScript' : 'without JavaScript'

    test(`raises one entry and shows it, ${how}`, async ({ assert, browser }) => {
      const title = `Pump stops ${how}`
      const { button, complaints, page } = await filled(browser, title, javaScript)
      await button.dblclick({ noWaitAfter: true })
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      await page.getByText('was added').or(page.getByText('already been saved')).first().waitFor()
      assert.lengthOf(await raised(title), 1)
      assert.deepEqual(complaints, [])
    })
  }

  test('is sent again by a browser that lost the answer, which shows the first message', async ({
    assert,
    browser,
  }) => {
    const title = 'Weir leaks'
    const { button, page } = await filled(browser, title, false)
    // The first answer is lost on its way.
    const losing = async (route: Route) => {
      await route.fetch({ maxRedirects: 0 })
      await route.continue()
    }
    await page.route(/\/raid$/, losing, { times: 1 })
    await button.click()
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    await page.getByText('was added').first().waitFor()
    assert.lengthOf(await raised(title), 1)
  })

  test('shows on its button that it is on its way, and keeps the keyboard there', async ({
    assert,
    browser,
  }) => {
    const { button, complaints, page } = await filled(browser, 'Crane waits', true)
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    await page.route(/\/raid$/, async (route) => {
      await held
      await route.abort()
    })
    await button.focus()
    await page.keyboard.press('Enter')
    await page.locator('button[aria-disabled=true]', { hasText: 'Add issue' }).waitFor()
    assert.isTrue(await button.evaluate((element: any) => element.matches(':focus')))
    assert.deepEqual(await violations(page), [])
    release()
    await page.locator('button:not([aria-disabled])', { hasText: 'Add issue' }).waitFor()
    assert.lengthOf(await raised('Crane waits'), 0)
    await page.unroute(/\/raid$/)
    await button.click()
    await page.getByRole('heading', { level: 1, name: 'Crane waits' }).waitFor()
    assert.lengthOf(await raised('Crane waits'), 1)
    assert.lengthOf(
      complaints.filter((line) => !/ERR_FAILED|Failed to fetch/.test(line)),
      0
    )
  })

  test('that stays in the page may send the same again once it was answered', async ({
    assert,
    browser,
  }) => {
    const { page } = await openPage(browser, { person, consent: 'rejected' })
    await page.goto('/projects')
    await page.getByRole('contentinfo').getByRole('link', { name: 'Feedback' }).click()
    const key = () => page.locator('#feedback [name=_once]').inputValue()
    await page.getByLabel('What do you want to tell us?').fill('   ')
    const before = await key()
    await page.getByRole('button', { name: 'Send feedback' }).click()
    await page.getByText('Enter your feedback').last().waitFor()
    assert.notEqual(await key(), before)
  })
})
