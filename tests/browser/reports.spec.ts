import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { openPage, violations } from '#tests/support/browser'
import { Log } from '#tests/support/log'
import { Reports } from '#tests/support/reports'

const PHONE = 375

test.group('A status report', () => {
  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with JavaScript' : 'on a phone without JavaScript'

    test(`from the record to its readers, corrected and compared, ${how}`, async ({
      assert,
      browser,
    }) => {
      const log = await Log.create()
      const scores = { currentLikelihood: 5, currentImpact: 3 }
      await log.raise('risk', { nature: 'threat', title: 'The quay sinks', ...scores })
      const reports = new Reports(log.world, log.project)
      await reports.publish()
      const width = javaScript ? 1280 : PHONE
      const options = { javaScript, consent: 'rejected' as const, width }
      const pages = []
      for (const person of [log.people.manager, log.people.pmo, log.people.viewer]) {
        pages.push(await openPage(browser, { ...options, person }))
      }
      const [manager, office, reader] = pages.map(({ page }) => page)
      const sound = async (page: Page) => {
        assert.isAtMost(await page.evaluate(() => document.documentElement.scrollWidth), width)
        if (javaScript) assert.deepEqual(await violations(page), [])
      }

      await reader.goto(reports.url)
      await sound(reader)
      await reader.getByRole('button', { name: 'Tell me' }).click()
      await reader.getByText('You are told of each report').waitFor()

      await manager.goto(reports.url)
      await manager.getByRole('link', { name: 'New report' }).click()
      await sound(manager)
      await manager.getByRole('button', { name: 'Begin the report' }).click()
      await manager.getByLabel('Summary').fill('Half of the wall **stands**.')
      await sound(manager)
      await manager.getByLabel('Schedule', { exact: true }).selectOption('red')
      await manager.getByRole('button', { name: 'Save and submit' }).click()
      await manager.getByText('Schedule: say what leads back to green').first().waitFor()
      await sound(manager)
      await manager.getByLabel('Why schedule is rated so').fill('The crane is late')
      await manager.locator('#schedule_path_to_green').fill('Rent another one')
      await manager.getByRole('button', { name: 'Save and preview' }).click()
      await manager.getByText('Preview of the report').waitFor()
      await sound(manager)
      await manager.getByRole('button', { name: 'Submit', exact: true }).click()
      await manager.getByText('was submitted').waitFor()

      await office.goto('/work')
      await office.getByRole('link', { name: 'Read and publish the status report' }).click()
      await sound(office)
      await office.getByRole('button', { name: 'Publish', exact: true }).click()
      await office.getByText('is published').waitFor()
      await sound(office)

      await reader.goto('/notifications')
      await reader.getByText('is published: overall amber').first().click()
      await reader.getByText('Half of the wall').waitFor()
      await sound(reader)
      await reader.goto(`${reports.url}/comparison`)
      await sound(reader)

      await manager.goto(office.url())
      await manager.getByRole('link', { name: 'Correct', exact: true }).click()
      await sound(manager)
      await manager.getByLabel('What is wrong').fill('A third, not half')
      await manager.getByRole('button', { name: 'Begin the correction' }).click()
      await manager.getByLabel('Summary').fill('A third of the wall stands.')
      await manager.getByRole('button', { name: 'Save and submit' }).click()
      await manager.getByText('was submitted').waitFor()
      await office.goto(manager.url())
      await office.getByRole('button', { name: 'Publish', exact: true }).click()
      await office.getByText('A third of the wall stands.').waitFor()
      await office.getByRole('link', { name: 'Version 1' }).click()
      await office.getByText('Superseded.').waitFor()
      await sound(office)
      assert.deepEqual(
        pages.flatMap(({ complaints }) => complaints),
        []
      )
      for (const { context } of pages) await context.close()
    })
  }

  test('can be read in the dark', async ({ assert, browser }) => {
    const log = await Log.create()
    const reports = new Reports(log.world, log.project)
    const { id } = await reports.publish({ decision1What: 'Which crane' })
    await reports.publish()
    const person = log.people.manager
    const { page, context } = await openPage(browser, { person, dark: true, consent: 'rejected' })
    for (const path of ['', `/${id}`, '/schedule', '/comparison']) {
      await page.goto(`${reports.url}${path}`)
      assert.deepEqual(await violations(page), [], path)
    }
    await context.close()
  })

  test('fits on one sheet of A4', async ({ assert, browser }) => {
    const log = await Log.create()
    for (let count = 0; count < 8; count++) {
      const scores = { currentLikelihood: 4, currentImpact: 4 }
      await log.raise('risk', { nature: 'threat', title: `Risk ${count} of many`, ...scores })
    }
    const reports = new Reports(log.world, log.project)
    const words = 'It took two sentences to say what was done. Each of them was short.'
    const { id } = await reports.publish({ summary: words, achieved: words, planned: words })
    const person = log.people.viewer
    const { page, context } = await openPage(browser, { person, consent: 'rejected' })
    await page.goto(`${reports.url}/${id}`)
    const sheet = (await page.pdf({ format: 'A4' })).toString('latin1')
    assert.equal(sheet.match(/\/Type\s*\/Page\b/g)?.length, 1)
    await context.close()
  })
})
