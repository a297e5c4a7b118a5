import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { LARGE_FROM } from '#models/import/work'
import RaidItem from '#models/raid_item'
import { openPage, overflow, violations } from '#tests/support/browser'
import { eventually } from '#tests/support/eventually'
import { SMALL_LOG } from '#tests/support/imports'
import { LargeImporting, logOf } from '#tests/support/large_imports'
import { World } from '#tests/support/world'

const FILE = { name: 'risks.csv', mimeType: 'text/csv', buffer: Buffer.from(SMALL_LOG) }

test.group('Journey: import a log', () => {
  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with JavaScript' : 'without JavaScript'

    test(`bring an export back, take a conflict, keep a mapping: ${how}`, async ({
      assert,
      browser,
    }) => {
      const world = await World.create()
      const project = await world.project()
      const person = await world.person('manager')
      const [crane, yard] = await world.inside(async () => {
        const raise = (title: string) => RaidItem.raise(project, { type: 'risk', title })
        return [await raise('The crane is late'), await raise('The yard floods')]
      }, person)
      await world.inside(() => yard.revise({ title: 'The yard is flooded' }, 1), person)
      const rows = [
        'Ref,Title,Status,Version',
        `${crane.ref},The crane comes in May,Open,1`,
        `${yard.ref},The yard will flood,Open,1`,
      ]
      const { page, complaints } = await openPage(browser, {
        person,
        javaScript,
        consent: 'rejected',
      })
      const check = async () => {
        if (!javaScript) return
        assert.deepEqual(await violations(page), [])
        assert.equal(await overflow(page), 0)
      }

      await page.goto(`/projects/${project.id}/imports/create`)
      await page.getByLabel('File').setInputFiles({ ...FILE, buffer: Buffer.from(rows.join('\n')) })
      await page.getByRole('button', { name: 'Upload file' }).click()
      await page.getByRole('heading', { name: '2 records will be changed' }).waitFor()
      await page.getByText('One record was changed here').waitFor()
      await page.getByRole('button', { name: 'Make 1 change' }).waitFor()
      await check()
      await page.getByLabel(`Use the file’s version of ${yard.ref}`).check()
      if (!javaScript) await page.getByRole('button', { name: 'Update the preview' }).click()
      await page.getByRole('button', { name: 'Make 2 changes' }).waitFor()

      await page.locator('#columns-0 > summary').click()
      await page.getByRole('link', { name: 'Save this mapping' }).click()
      await page.locator('#name').fill('Our own log')
      await check()
      await page.getByRole('button', { name: 'Save this mapping' }).click()
      await page.getByText('We recognise the headings of risks').waitFor()
      await check()

      await page.getByRole('button', { name: 'Make 2 changes' }).click()
      await page.getByRole('heading', { name: '2 changed' }).waitFor()
      await check()
      await page.getByRole('button', { name: 'Undo this import' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Undo this import' }).click()
      await page.getByText('2 changes undone').waitFor()
      await page.goto(`/projects/${project.id}/import-mappings`)
      await page.getByText('Our own log').first().waitFor()
      await check()
      assert.deepEqual(complaints.filter(isOurs), [])
    })

    test(`choose a file, check it, import, undo: ${how}`, async ({ assert, browser }) => {
      const world = await World.create()
      const project = await world.project()
      const person = await world.person('manager')
      const { page, complaints } = await openPage(browser, {
        person,
        javaScript,
        consent: 'rejected',
      })

      await page.goto(`/projects/${project.id}/imports`)
      await page.getByRole('link', { name: 'Import a file' }).click()
      const picture = { ...FILE, buffer: Buffer.from('89504e470d0a1a0a0000', 'hex') }
      await page.getByLabel('File').setInputFiles(picture)
      await page.getByRole('button', { name: 'Upload file' }).click()
      assert.include(await page.locator('#file-error').innerText(), 'This is a picture')

      await page.getByLabel('File').setInputFiles(FILE)
      await page.getByRole('button', { name: 'Upload file' }).click()
      await page.getByRole('heading', { name: '2 entries will be added' }).waitFor()

      await page.locator('#columns-0 > summary').click()
      await choose(page, 'What column D, Owner, becomes', 'Leave out')
      if (!javaScript) await page.getByRole('button', { name: 'Update the preview' }).click()
      await page.getByRole('heading', { name: 'Columns left out' }).waitFor()
      if (javaScript) {
        await comesTo(page, 'What column D, Owner, becomes')
        assert.isTrue(await page.evaluate('document.querySelector("#columns-0").open'))
        assert.deepEqual(await violations(page), [])
        assert.equal(await overflow(page), 0)
      }

      if (javaScript) {
        await choose(page, 'What the table on risks becomes', 'Do not import')
        await page.getByRole('heading', { name: 'Nothing to add yet' }).waitFor()
        await comesTo(page, 'What the table on risks becomes')
        await choose(page, 'What the table on risks becomes', 'Risks')
      }

      await page.getByRole('button', { name: 'Import 2 entries' }).click()
      await page.getByRole('heading', { name: '2 entries added' }).waitFor()
      await page.getByRole('link', { name: 'Risks' }).click()
      await page.getByRole('link', { name: 'The crane arrives late' }).waitFor()

      await page.goBack()
      await page.getByRole('button', { name: 'Undo this import' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Undo this import' }).click()
      await page.getByRole('heading', { name: 'Import undone' }).waitFor()
      assert.deepEqual(complaints.filter(isOurs), [])
    })

    test(`a large file goes to a worker, and its page says when it is done: ${how}`, async ({
      assert,
      browser,
    }) => {
      const here = await LargeImporting.begin()
      const { page, complaints } = await openPage(browser, {
        person: here.person,
        javaScript,
        consent: 'rejected',
      })
      const path = () => new URL(page.url()).pathname
      const underWay = async (heading: string) => {
        await page.getByRole('heading', { name: heading }).waitFor()
        await page.getByText('Waiting to start').waitFor()
        if (!javaScript) return
        assert.deepEqual(await violations(page), [])
        assert.equal(await overflow(page), 0)
      }
      /** What asks by itself how far it is leaves the page as it is, and asks on. */
      const withoutDatabase = async () => {
        const away = {
          status: 503,
          contentType: 'text/html',
          body: '<h1>Orchestrate is not available</h1>',
        }
        const headers = { 'HX-Retarget': 'body', 'HX-Reswap': 'innerHTML' }
        const asked = page.waitForResponse((response) => response.status() === 503)
        await page.route(`**${path()}`, (route) => route.fulfill({ ...away, headers }))
        await asked
        await page.waitForTimeout(300)
        await page.unrouteAll({ behavior: 'wait' })
      }
      const ended = async (heading: string) => {
        await here.work(path())
        if (!javaScript) await page.getByRole('link', { name: 'Refresh' }).click()
        await page.getByRole('heading', { name: heading }).waitFor()
      }

      await page.goto(`/projects/${here.project.id}/imports/create`)
      const buffer = Buffer.from(logOf(LARGE_FROM))
      await page.getByLabel('File').setInputFiles({ ...FILE, buffer })
      await page.getByRole('button', { name: 'Upload file' }).click()
      await page.getByRole('button', { name: `Import ${LARGE_FROM} entries` }).click()
      await underWay('The file is being imported')
      if (javaScript) await withoutDatabase()
      await underWay('The file is being imported')
      await ended(`${LARGE_FROM} entries added`)
      await page.getByRole('button', { name: 'Undo this import' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Undo this import' }).click()
      await underWay('The import is being undone')
      await ended('Import undone')

      await page.goto('/notifications')
      await page.getByText(`was imported: ${LARGE_FROM} entries added`).waitFor()
      await page.getByText(`was undone: ${LARGE_FROM} entries removed`).waitFor()
      assert.deepEqual(complaints.filter(isOurs), [])
    })
  }
})

async function choose(page: Page, label: string, option: string) {
  await page.getByLabel(label).focus()
  await page.getByLabel(label).selectOption(option)
}

/** A script gives the keyboard back to what it replaced, a moment after that shows. */
function comesTo(page: Page, label: string) {
  const focused = () => page.evaluate<string>('document.activeElement.getAttribute("aria-label")')
  return eventually(async () => (await focused()) === label)
}

/** Refusals are logged by the browser as failed loads; a page that was left too early is none of ours. */
function isOurs(complaint: string) {
  return !/Failed to load resource|ws:/.test(complaint)
}
