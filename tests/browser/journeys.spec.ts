import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { openPage } from '#tests/support/browser'
import { Log } from '#tests/support/raid_log'

/** What happens whether or not scripts run; `calls` tells how often the whole page was loaded anew. */
for (const javaScript of [true, false]) {
  test.group(`Working the log, ${javaScript ? 'with' : 'without'} JavaScript`, (group) => {
    let log: Log
    group.setup(async () => {
      log = await Log.create()
    })
    const visit = (browser: any, role: 'manager' | 'pmo' | 'team' | 'viewer') =>
      openPage(browser, { person: log.people[role], javaScript, consent: 'rejected' })

    test('create a project', async ({ browser, assert }) => {
      const { page, complaints } = await visit(browser, 'pmo')
      await page.goto('/projects')
      await page.getByRole('link', { name: 'Create a project' }).first().click()
      await page.getByLabel('Name', { exact: true }).fill('Harbour lights')
      await page.getByLabel('Code').fill('1X')
      await page.getByLabel('Project manager').selectOption({ label: log.people.manager.name })
      await page.getByRole('button', { name: 'Create project' }).click()
      await page.getByRole('alert').filter({ hasText: 'Enter a code of 2 to 10 letters' }).waitFor()
      assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Harbour lights')
      await page.getByLabel('Code').fill(javaScript ? 'LIGHT' : 'DARK')
      await page.getByRole('button', { name: 'Create project' }).click()
      await page.getByRole('status').filter({ hasText: 'was created' }).waitFor()
      assert.match(page.url(), /\/projects\/[0-9a-f-]{36}$/)
      assert.deepEqual(complaints, [])
    })

    test('raise a risk, move it, comment on it and convert it', async ({ browser, assert }) => {
      const { page, complaints } = await visit(browser, 'manager')
      await page.goto(log.url)
      await page.getByRole('link', { name: 'Add a risk' }).first().click()
      await page.getByLabel('Title').fill('Tide gate leaks')
      await page.locator('label[for=current_likelihood-4]').click()
      await page.locator('label[for=current_impact-5]').click()
      await page.getByRole('button', { name: 'Add risk' }).click()
      await page.getByRole('heading', { level: 1, name: 'Tide gate leaks' }).waitFor()
      await page.getByText('20 Severe').first().waitFor()
      await page.getByRole('button', { name: 'Treating' }).click()
      await page.getByRole('status').filter({ hasText: 'is now treating' }).waitFor()
      await page.getByLabel('Add a comment').fill('**Seen** on site')
      await page.getByRole('button', { name: 'Add comment' }).click()
      await page.locator('.comment strong', { hasText: 'Seen' }).waitFor()
      await page.getByRole('button', { name: 'Convert to issue' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Convert to issue' }).click()
      await page.getByRole('status').filter({ hasText: 'came true' }).waitFor()
      await page.getByText('Came from').waitFor()
      assert.deepEqual(complaints, [])
    })

    test('another kind is chosen for what is being raised', async ({ browser, assert }) => {
      const { page, complaints } = await visit(browser, 'manager')
      await page.goto(`${log.url}/create`)
      await page.getByLabel('Title').fill('Divers are booked until May')
      await page.getByLabel('Owner', { exact: true }).selectOption({ index: 1 })
      await page.getByRole('main').getByRole('link', { name: 'Issue', exact: true }).click()
      await page.getByRole('heading', { level: 1, name: 'Add an issue' }).waitFor()
      assert.match(page.url(), /type=issue$/)
      if (javaScript) {
        assert.equal(
          await page.getByLabel('Title').inputValue(),
          'Divers are booked until May',
          'what is typed stays'
        )
        assert.notEqual(await page.getByLabel('Owner', { exact: true }).inputValue(), '')
      } else {
        await page.getByLabel('Title').fill('Divers are booked until May')
      }
      await page.getByRole('button', { name: 'Add issue' }).click()
      await page.getByRole('heading', { level: 1, name: 'Divers are booked until May' }).waitFor()
      assert.deepEqual(complaints, [])
    })

    test('an assumption proved false asks for its reason', async ({ browser }) => {
      const item = await log.raise('assumption')
      const { page } = await visit(browser, 'manager')
      await page.goto(log.urlOf(item))
      await page.getByRole('button', { name: 'Invalidated' }).click()
      await page.getByLabel('Why it proved false').fill('The quay is shallow')
      await page.getByRole('button', { name: 'Invalidated' }).click()
      await page.getByRole('status').filter({ hasText: 'is now invalidated' }).waitFor()
      await page.locator('.comment', { hasText: 'The quay is shallow' }).waitFor()
    })

    test('filter, sort and page the list, and come back', async ({ browser, assert }) => {
      const mine = await Log.create()
      for (let index = 1; index <= 27; index++) {
        await mine.raise('risk', {
          title: `Leak ${String(index).padStart(2, '0')}`,
          currentLikelihood: 1 + (index % 5),
          currentImpact: 3,
        })
      }
      await mine.raise('issue', { title: 'Pump broke' })
      const { page, complaints } = await openPage(browser, {
        person: mine.people.manager,
        javaScript,
        consent: 'rejected',
      })
      const loads = countLoads(page)
      await page.goto(mine.url)
      await page.getByRole('link', { name: 'Next' }).click()
      await page.getByRole('link', { name: 'Previous' }).waitFor()
      assert.equal(await page.locator('tbody tr').count(), 2)
      await page.goBack()
      await page.getByRole('link', { name: 'Next' }).waitFor()
      assert.equal(await page.locator('tbody tr').count(), 25)
      await page.getByRole('link', { name: 'Ref', exact: true }).click()
      await page.locator('th[aria-sort=ascending]', { hasText: 'Ref' }).waitFor()
      await page.getByLabel('Search', { exact: true }).fill('leak 07')
      await page.getByRole('button', { name: 'Filter' }).click()
      await page.getByText('Search: leak 07').waitFor()
      assert.deepEqual(await page.locator('tbody .row-title').allInnerTexts(), ['Leak 07'])
      assert.include(page.url(), 'q=leak+07')
      await page
        .getByRole('link', { name: /Issues/ })
        .first()
        .click()
      await page.getByText('Pump broke').waitFor()
      assert.include(await page.title(), 'Issues')
      await page.getByRole('link', { name: 'Add an issue' }).waitFor()
      await page.reload()
      await page.getByText('Pump broke').waitFor()
      assert.equal(loads(), javaScript ? 2 : 7)
      assert.deepEqual(complaints, [])
    })

    test('change status and owner in the row', async ({ browser, assert }) => {
      const mine = await Log.create()
      for (let index = 0; index < 20; index++) await mine.raise('risk')
      const item = await mine.raise('risk', { title: 'Change me' })
      const { page, complaints } = await openPage(browser, {
        person: mine.people.manager,
        javaScript,
        consent: 'rejected',
      })
      const loads = countLoads(page)
      await page.goto(`${mine.url}?type=risk&sort=ref&direction=asc`)
      await page
        .getByRole('link', { name: `change ${item.ref}` })
        .first()
        .click()
      const status = page.getByLabel(`Status of ${item.ref}`)
      await status.waitFor()
      if (javaScript) await page.waitForFunction('document.activeElement.id === "row-status"')
      await status.selectOption('treating')
      await page.getByLabel(`Owner of ${item.ref}`).selectOption({ label: mine.people.team.name })
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('status').filter({ hasText: 'was saved' }).waitFor()
      const row = page.locator(`#item-${item.id}`)
      assert.include(await row.innerText(), 'Treating')
      assert.include(await row.innerText(), mine.people.team.name)
      assert.equal(new URL(page.url()).searchParams.get('sort'), 'ref')
      assert.equal(loads(), javaScript ? 1 : 2)
      assert.deepEqual(complaints, [])
    })

    test('two people edit one entry, and the second chooses', async ({ browser, assert }) => {
      const item = await log.raise('risk', {
        title: 'Original',
        nature: 'threat',
        cause: 'Original cause',
      })
      const { page } = await visit(browser, 'pmo')
      await page.goto(`${log.urlOf(item)}/edit`)
      const other = await visit(browser, 'manager')
      await other.page.goto(`${log.urlOf(item)}/edit`)
      await other.page.getByLabel('Title').fill('Theirs')
      await other.page.getByRole('button', { name: 'Save changes' }).click()
      await other.page.getByRole('heading', { level: 1, name: 'Theirs' }).waitFor()

      await page.getByLabel('Because of').fill('My cause')
      await page.getByRole('button', { name: 'Save changes' }).click()
      await page.getByRole('heading', { name: 'Someone else changed this too' }).waitFor()
      assert.isTrue(await page.getByRole('radio', { name: 'Theirs' }).isChecked())
      assert.isTrue(await page.getByRole('radio', { name: 'My cause' }).isChecked())
      await page.getByRole('button', { name: 'Save chosen versions' }).click()
      await page.getByRole('heading', { level: 1, name: 'Theirs' }).waitFor()
      await page.getByText('My cause').first().waitFor()
    })

    test('an older row is refused on a page of its own', async ({ browser, assert }) => {
      const mine = await Log.create()
      const item = await mine.raise('risk')
      const { page, complaints } = await openPage(browser, {
        person: mine.people.manager,
        javaScript,
        consent: 'rejected',
      })
      await page.goto(`${mine.url}?edit=${item.id}`)
      await mine.world.inside(() => item.revise({ title: 'Meanwhile' }, 1))
      await page.getByLabel(`Status of ${item.ref}`).selectOption('treating')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('heading', { name: 'Changed by someone else' }).waitFor()
      assert.equal(await page.locator('main').count(), 1)
      assert.equal(await page.locator('#raid-list').count(), 0)
      await page.getByRole('link', { name: 'See the latest version' }).click()
      await page.getByText('Meanwhile').waitFor()
      assert.deepEqual(
        complaints.filter((text) => !text.includes('status of 409')),
        []
      )
    })

    test('a cell of the heat map leads to its risks', async ({ browser, assert }) => {
      const mine = await Log.create()
      await mine.raise('risk', { title: 'In the corner', currentLikelihood: 5, currentImpact: 5 })
      await mine.raise('risk', { title: 'Elsewhere', currentLikelihood: 1, currentImpact: 1 })
      const { page } = await openPage(browser, {
        person: mine.people.viewer,
        javaScript,
        consent: 'rejected',
      })
      await page.goto(`/projects/${mine.project.id}`)
      await page.getByRole('link', { name: /likelihood 5 and impact 5/ }).click()
      await page.getByText('Likelihood: 5').waitFor()
      assert.deepEqual(await page.locator('tbody .row-title').allInnerTexts(), ['In the corner'])
    })

    test('accept, withdraw and reject the cookies', async ({ browser, assert }) => {
      const { page, context } = await openPage(browser, { person: log.people.manager, javaScript })
      const answer = async () => (await context.getCookie('orch_consent'))?.split('.')[0] ?? null
      await page.goto('/projects')
      await page.getByRole('button', { name: 'Accept' }).click()
      await page.getByRole('region', { name: 'Cookie choice' }).waitFor({ state: 'detached' })
      assert.equal(await answer(), 'accepted')
      await page.goto('/consent/edit')
      await page
        .getByRole('radio', { name: /no|reject/i })
        .or(page.getByRole('button', { name: /reject/i }))
        .first()
        .click()
      const save = page.getByRole('button', { name: /save/i })
      if (await save.count()) await save.click()
      await page.getByRole('status').first().waitFor()
      assert.equal(await answer(), 'rejected')
    })
  })
}

/** How often the browser loaded a whole page of its own accord. */
function countLoads(page: Page) {
  let loads = 0
  page.on('request', (request) => {
    if (
      request.isNavigationRequest() &&
      request.redirectedFrom() === null &&
      request.method() === 'GET'
    )
      loads++
  })
  return () => loads
}
