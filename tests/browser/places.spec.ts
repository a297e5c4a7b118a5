import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { openPage } from '#tests/support/browser'
import { CriterionScene } from '#tests/support/criterion_scene'
import { eventually } from '#tests/support/eventually'
import { Log } from '#tests/support/raid_log'
import { Tasks } from '#tests/support/tasks'
import { World } from '#tests/support/world'

const focused = (page: Page) =>
  page.evaluate<string>(
    'document.activeElement === document.body ? "" : document.activeElement.outerHTML.replace(/\\s+/g, " ")'
  )
const comesTo = (page: Page, place: string) =>
  eventually(async () => (await focused(page)).includes(place))
const hears = (page: Page, words: string) =>
  page.locator('#announcer').filter({ hasText: words }).waitFor({ state: 'attached' })

test.group('Where one goes on', (group) => {
  let log: Log
  group.setup(async () => {
    log = await Log.create()
    await log.raise('risk', { title: 'The quay may flood' })
    await log.raise('risk', { title: 'The crane is late' })
  })
  const open = async (browser: Parameters<typeof openPage>[0]) =>
    (await openPage(browser, { person: log.people.manager, consent: 'rejected' })).page

  test('another page begins with its heading', async ({ browser }) => {
    const page = await open(browser)
    await page.goto(log.url)
    await page.getByRole('link', { name: 'The crane is late' }).press('Enter')
    await comesTo(page, '>The crane is late</h1>')
  })

  test('going back returns to the link that was followed, even before the next page has loaded', async ({
    browser,
  }) => {
    const page = await open(browser)
    await page.goto(log.url)
    const link = page.getByRole('link', { name: 'The crane is late' })
    await link.press('Enter')
    await comesTo(page, '>The crane is late</h1>')
    await page.goBack()
    await comesTo(page, 'The crane is late</a>')
    await page.evaluate(`void (globalThis.isBack = new Promise((resolve) => {
      document.addEventListener('htmx:after:history:update', () => history.back(), { once: true })
      document.addEventListener('htmx:finally:request', ({ detail: { ctx } }) => {
        if (ctx.request.headers['HX-History-Restore-Request']) resolve()
      })
    }))`)
    await link.press('Enter')
    await page.evaluate('isBack')
    await comesTo(page, 'The crane is late</a>')
  })

  test('a half-written form is filled when its writer goes back, and empty once it has been sent', async ({
    browser,
    assert,
  }) => {
    const page = await open(browser)
    const [title, nature, proximity, text] = [
      page.getByLabel('Title'),
      page.getByLabel('Opportunity'),
      page.getByLabel('Proximity'),
      page.locator('textarea[name="description"]'),
    ]
    const typed = async () => [
      await title.inputValue(),
      await nature.isChecked(),
      await proximity.inputValue(),
      await text.inputValue(),
    ]
    const there = 'Half a thought'
    await page.goto(log.url)
    await page.goto(`${log.url}/create?type=risk`)
    await title.fill(there)
    await nature.check()
    await proximity.selectOption('imminent')
    await text.fill('🧑🏽‍🚀'.repeat(1000))
    const before = await typed()
    await page.getByRole('link', { name: 'My work' }).first().click()
    await page.getByRole('heading', { name: 'My work', level: 1 }).waitFor()
    await page.goBack()
    await eventually(async () => (await title.inputValue()) === there)
    assert.deepEqual(await typed(), before)
    await page.getByRole('button', { name: 'Add risk' }).click()
    await comesTo(page, 'was added.')
    await page.goBack()
    await page.getByRole('button', { name: 'Add risk' }).waitFor()
    assert.deepEqual(await typed(), ['', false, '', ''])
  })

  test('a half-written comment survives the other forms of its page', async ({
    browser,
    assert,
  }) => {
    const item = await log.raise('issue', { title: 'The bolts are short' })
    const page = await open(browser)
    await page.goto(log.urlOf(item))
    const comment = page.locator('textarea[name="body"]')
    await comment.fill('I asked the yard, and')
    await page.locator('form[action*="/status"] button').first().click()
    await page.locator('.flash[role="status"]').waitFor()
    assert.equal(await comment.inputValue(), 'I asked the yard, and')
  })

  test('an edit that is gone back to overwrites no change saved meanwhile', async ({ browser }) => {
    const item = await log.raise('issue', { title: 'The bolts are long' })
    const page = await open(browser)
    await page.goto(`${log.urlOf(item)}/edit`)
    await page.getByLabel('Title').fill('The bolts are mine')
    await page.getByRole('link', { name: 'My work' }).first().click()
    await page.getByRole('heading', { name: 'My work', level: 1 }).waitFor()
    const other = await open(browser)
    await other.goto(`${log.urlOf(item)}/edit`)
    await other.getByLabel('Title').fill('The bolts are theirs')
    await other.getByRole('button', { name: 'Save changes' }).click()
    await comesTo(other, 'was saved.')
    await page.goBack()
    await eventually(
      async () => (await page.getByLabel('Title').inputValue()) === 'The bolts are mine'
    )
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('The bolts are theirs').waitFor()
    await page.getByText('Choose which version of each field to keep').waitFor()
  })

  test('whoever goes back from two versions finds their edit, until one is chosen', async ({
    browser,
    assert,
  }) => {
    const item = await log.raise('issue', { title: 'The bolts are old' })
    const page = await open(browser)
    const title = page.getByLabel('Title')
    const save = page.getByRole('button', { name: 'Save changes' })
    await page.goto(log.urlOf(item))
    await page.goto(`${log.urlOf(item)}/edit`)
    const other = await open(browser)
    await other.goto(`${log.urlOf(item)}/edit`)
    await other.getByLabel('Title').fill('The bolts are theirs')
    await other.getByRole('button', { name: 'Save changes' }).click()
    await comesTo(other, 'was saved.')
    await title.fill('The bolts are mine')
    await page.locator('textarea[name="description"]').fill('Long thought about')
    await save.click()
    await page.getByText('Choose which version of each field to keep').waitFor()
    await page.goBack()
    await eventually(async () => (await title.inputValue()) === 'The bolts are mine')
    assert.equal(
      await page.locator('textarea[name="description"]').inputValue(),
      'Long thought about'
    )
    await save.click()
    await page.getByText('The bolts are theirs').waitFor()
    await page.getByRole('button', { name: 'Save chosen versions' }).click()
    await comesTo(page, 'was saved.')
    await page.evaluate('history.go(-2)')
    await save.waitFor()
    await comesTo(page, '</h1>')
    assert.equal(await title.inputValue(), 'The bolts are mine')
    const version = page.locator('#main form input[name="lock_version"]').first()
    assert.equal(await version.inputValue(), '3')
  })

  test('a half-written note overwrites no change when another form of its page is sent', async ({
    browser,
    assert,
  }) => {
    const scene = await CriterionScene.create()
    const manager = await scene.world.person('manager')
    const { page } = await openPage(browser, { person: manager, consent: 'rejected' })
    await page.goto(scene.page)
    const note = page.locator('#main textarea[name="note"]')
    await note.fill('The pump was tried')
    const other = await openPage(browser, { person: manager, consent: 'rejected' })
    await other.page.goto(scene.page)
    await other.page.locator('#main textarea[name="note"]').fill('The pump was bought')
    await other.page.locator('#main form:has(textarea[name="note"]) button').last().click()
    await other.page.locator('.flash[role="status"]').waitFor()
    await page.locator('#main input[name="url"]').fill('https://files.example/pump')
    await page.getByRole('button', { name: 'Add link' }).click()
    await page.locator('.flash[role="status"]').waitFor()
    assert.equal(await note.inputValue(), 'The pump was tried')
    await page.locator('#main form:has(textarea[name="note"]) button').last().click()
    await page.getByText('Choose which version of each field to keep').waitFor()
    assert.equal((await scene.present()).note, 'The pump was bought')
  })

  test('text typed in one organisation fills no form of another', async ({ browser, assert }) => {
    const pmo = await log.world.person('pmo')
    const other = await World.create('Quayside Rivals')
    await other.join(pmo, 'pmo')
    const { page } = await openPage(browser, { person: pmo, consent: 'rejected' })
    await page.goto('/projects')
    await page.goto('/projects/create')
    const name = page.locator('#main input[name="name"]')
    await name.fill('A secret of the quay')
    await page.evaluate(`document.querySelector('button[value="${other.organisationId}"]').click()`)
    await page.getByRole('heading', { name: 'My work', level: 1 }).waitFor()
    await page.goBack()
    const theirs = page.locator(`#main input[value="${other.organisationId}"]`)
    await theirs.waitFor({ state: 'attached' })
    await eventually(async () => (await focused(page)) !== '')
    assert.equal(await name.inputValue(), '')
  })

  test('a notice of what was saved elsewhere is announced once', async ({ browser, assert }) => {
    const item = await log.raise('risk', { title: 'The tide may turn' })
    const page = await open(browser)
    await page.goto(`${log.urlOf(item)}/edit`)
    await page.getByRole('button', { name: 'Save changes' }).press('Enter')
    await comesTo(page, `${item.ref} was saved.`)
    assert.equal(await page.locator('.flash:not([aria-live="off"]), #announcer').count(), 0)
  })

  test('a row that was saved or cancelled keeps the focus and is announced', async ({
    browser,
    assert,
  }) => {
    const page = await open(browser)
    await page.goto(log.url)
    const row = page.getByRole('row', { name: 'The quay may flood' })
    await row.getByRole('link', { name: 'change' }).first().press('Enter')
    await comesTo(page, 'row-status')
    await page.getByRole('link', { name: 'Cancel' }).press('Enter')
    await comesTo(page, 'The quay may flood</a>')
    await row.getByRole('link', { name: 'change' }).first().press('Enter')
    await comesTo(page, 'row-status')
    await page.getByRole('button', { name: /^Save / }).press('Enter')
    await hears(page, 'was saved.')
    await comesTo(page, 'The quay may flood</a>')
    assert.equal(await page.locator('#flash [role="status"]:not([aria-live="off"])').count(), 0)
  })

  test('the number of results is announced, and removing a filter keeps the focus at the filters', async ({
    browser,
  }) => {
    const page = await open(browser)
    await page.goto(log.url)
    await page.locator('#filters #q').fill('crane')
    await page.getByRole('button', { name: 'Filter', exact: true }).press('Enter')
    await hears(page, '1 shown')
    await comesTo(page, '>Filter</button>')
    await page.getByRole('link', { name: 'remove this filter' }).press('Enter')
    await hears(page, 'in all')
    await comesTo(page, 'id="q"')
  })

  test('repeating an action in a list keeps the place', async ({ browser }) => {
    const tasks = await Tasks.create()
    const task = await tasks.add({ title: 'Survey the quay' })
    const { page } = await openPage(browser, { person: tasks.people.manager, consent: 'rejected' })
    await page.goto(`${tasks.list}/${task.id}`)
    for (const step of ['Book the boat', 'Pack the rope']) {
      await page.getByLabel('New step').fill(step)
      await page.getByRole('button', { name: 'Add step' }).press('Enter')
      await page.getByRole('button', { name: step, exact: true }).waitFor()
      await comesTo(page, '> Add step')
    }
    await page.getByRole('button', { name: 'Book the boat', exact: true }).press('Enter')
    await page.locator('.steps__tick[aria-pressed="true"]').waitFor()
    await comesTo(page, 'Book the boat')
    await page.getByRole('button', { name: 'Remove: Book the boat' }).press('Enter')
    await page.locator('.steps__text', { hasText: 'Book the boat' }).waitFor({ state: 'detached' })
    await comesTo(page, 'Pack the rope')
  })

  test('a refused form puts the focus on what is wrong', async ({ browser, assert }) => {
    const tasks = await Tasks.create()
    const task = await tasks.add({ title: 'Survey the quay' })
    const { page } = await openPage(browser, { person: tasks.people.manager, consent: 'rejected' })
    await page.goto(`${tasks.list}/${task.id}`)
    const file = {
      name: 'survey.exe',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('MZ'),
    }
    await page.getByLabel('File', { exact: true }).setInputFiles(file)
    await page.getByRole('button', { name: 'Attach file' }).press('Enter')
    await page.locator('#file-error').waitFor()
    await comesTo(page, 'id="file"')
    assert.include(await focused(page), 'aria-describedby="file-hint file-error"')
  })

  test('the title says first that something is wrong', async ({ browser, assert }) => {
    const item = await log.raise('risk')
    const page = await open(browser)
    await page.goto(`${log.urlOf(item)}/edit`)
    const before = await page.title()
    await page.evaluate('document.querySelector("#title").required = false')
    await page.getByLabel('Title').fill('')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByRole('alert').waitFor()
    await eventually(async () => (await page.title()) === `Error: ${before}`)
    await page.reload()
    assert.equal(await page.title(), before)
  })

  test('buttons name what they act on, and abbreviated headings are read out in words', async ({
    browser,
    assert,
  }) => {
    const page = await open(browser)
    await page.goto('/calendar')
    const buttons = page.getByRole('button', { name: 'Create an address' })
    const names = await buttons.evaluateAll((all) => all.map(({ textContent }) => textContent))
    assert.isAbove(names.length, 1)
    assert.equal(new Set(names).size, names.length)
    await page.goto('/projects')
    await page.getByRole('columnheader', { name: 'Open risks', exact: true }).waitFor()
    await page.goto('/portfolio')
    await page.getByRole('columnheader', { name: 'Delivery confidence', exact: true }).waitFor()
  })
})
