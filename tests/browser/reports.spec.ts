import { test } from '@japa/runner'
import type { Page } from 'playwright'
import ReportSchedule from '#models/report_schedule'
import { openPage, overflow, violations } from '#tests/support/browser'
import { Log } from '#tests/support/raid_log'
import { Reports } from '#tests/support/reports'
import { inDays } from '#tests/support/table'

const PHONE = 375
const SMALL = 320

test.group('Reports across projects', () => {
  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with JavaScript' : 'on a phone without JavaScript'

    test(`lead the PMO from what is late to the draft, and print, ${how}`, async ({
      assert,
      browser,
    }) => {
      const log = await Log.create()
      const reports = new Reports(log.world, log.project)
      const other = new Reports(log.world, await log.world.project({ name: 'Lighthouse' }))
      await other.publish()
      await reports.begin()
      const late = { cadence: 'monthly', firstDueOn: inDays(-5) } as const
      await log.world.inside(() => ReportSchedule.set(log.project, late, 0))
      const width = javaScript ? 1280 : SMALL
      const person = log.people.pmo
      for (const dark of [true, false]) {
        const { page, complaints } = await openPage(browser, {
          javaScript,
          width,
          dark,
          person,
          consent: 'rejected',
        })
        const sound = async () => {
          assert.equal(await overflow(page), 0)
          if (javaScript) assert.deepEqual(await violations(page), [])
        }
        await page.goto('/reports')
        await sound()
        const rows = page.locator('tbody tr')
        assert.equal(await rows.count(), 2)
        await page.getByRole('link', { name: '1 Late' }).click()
        await page.getByText('Reports: late').waitFor()
        assert.equal(await rows.count(), 1)
        await sound()
        if (!javaScript) await page.getByText('Filters', { exact: true }).click()
        await page.getByLabel('Manager').selectOption('me')
        await page.getByRole('button', { name: 'Filter' }).click()
        await page.getByText('No projects match these filters').waitFor()
        await sound()
        await page.getByRole('link', { name: 'Clear filters' }).click()
        await rows.nth(1).waitFor()
        await page.emulateMedia({ media: 'print' })
        assert.isFalse(await page.getByRole('button', { name: 'Filter' }).isVisible())
        assert.isTrue(await page.getByText('5 days late').isVisible())
        await page.emulateMedia({ media: 'screen' })
        await page.getByRole('link', { name: /^Continue writing/ }).click()
        await page.getByLabel('Summary').waitFor()
        assert.isTrue(page.url().endsWith('/edit'))
        assert.deepEqual(complaints, [])
      }
    })
  }
})

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
      await reader.getByRole('button', { name: 'Notify me' }).click()
      await reader.getByText('You get a notification when a report is published').waitFor()

      await manager.goto(reports.url)
      await manager.getByRole('link', { name: 'Start a report' }).click()
      await sound(manager)
      await manager.getByRole('button', { name: 'Start report' }).click()
      await manager.getByLabel('Summary').fill('Half of the wall **stands**.')
      await sound(manager)
      await manager.getByLabel('Schedule', { exact: true }).selectOption('red')
      await manager.getByRole('button', { name: 'Save and submit' }).click()
      await manager.getByText('Schedule: enter the path to green').first().waitFor()
      await sound(manager)
      await manager.getByLabel('Reason for the schedule rating').fill('The crane is late')
      await manager.locator('#schedule_path_to_green').fill('Rent another one')
      await manager.getByRole('button', { name: 'Save and preview' }).click()
      await manager.getByText('Report preview').waitFor()
      await sound(manager)
      await manager.getByRole('button', { name: 'Submit report' }).click()
      await manager.getByText('was submitted').waitFor()

      await office.goto('/work')
      await office.getByRole('link', { name: 'Review and publish the status report' }).click()
      await sound(office)
      await office.getByRole('button', { name: 'Publish report' }).click()
      await office.getByText('was published').waitFor()
      await sound(office)

      await reader.goto('/notifications')
      await reader.getByText('is published: overall amber').first().click()
      await reader.getByText('Half of the wall').waitFor()
      await sound(reader)
      await reader.goto(`${reports.url}/comparison`)
      await sound(reader)

      await manager.goto(office.url())
      await manager.getByRole('link', { name: 'Correct report' }).click()
      await sound(manager)
      await manager.getByLabel('Reason for the correction').fill('A third, not half')
      await manager.getByRole('button', { name: 'Start correction' }).click()
      await manager.getByLabel('Summary').fill('A third of the wall stands.')
      await manager.getByRole('button', { name: 'Save and submit' }).click()
      await manager.getByText('was submitted').waitFor()
      await office.goto(manager.url())
      await office.getByRole('button', { name: 'Publish report' }).click()
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
