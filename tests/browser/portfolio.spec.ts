/// <reference lib="dom" />
import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { makePack } from '#exports/board_pack/make'
import { declareRatings } from '#models/health/declaring'
import Programme from '#models/programme'
import { readyPack } from '#tests/support/exercises/portfolio'
import { faults, openPage, violations } from '#tests/support/browser'
import { inDays, Table } from '#tests/support/table'

/** The smallest screen that the product is made for. */
const SMALL = 320

test.group('Portfolio', () => {
  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with JavaScript' : 'without JavaScript'

    test(`a programme is begun, filled and read in the grid, ${how}`, async ({
      assert,
      browser,
    }) => {
      const table = await furnished()
      const person = table.people.pmo
      const { page, complaints } = await openPage(browser, {
        javaScript,
        person,
        consent: 'rejected',
      })
      await page.goto('/portfolio')
      await page.getByRole('link', { name: 'Programmes' }).click()
      await page.getByRole('link', { name: 'Create a programme' }).first().click()
      await page.getByLabel('Name').fill('Harbour renewal')
      await page.getByLabel('Code').fill('harbour')
      await page.getByRole('button', { name: 'Create programme' }).click()
      await page.getByText('HARBOUR was created').waitFor()
      await page.getByLabel('Add a project').selectOption(table.project.id)
      await page.getByRole('button', { name: 'Add project' }).click()
      await page.getByText('was added to HARBOUR').waitFor()

      await page.getByRole('link', { name: 'Open in portfolio' }).click()
      await page.getByLabel('Group by programme').check()
      await page.getByLabel('Next gate slips').check()
      await page.getByRole('button', { name: 'Filter' }).click()
      await page.getByRole('rowgroup').getByText('HARBOUR Harbour renewal').waitFor()
      await page.getByRole('cell', { name: '+14 d' }).waitFor()
      await page.getByRole('link', { name: 'Overall', exact: true }).click()
      await page.waitForURL(/sort=rag/)

      await page.getByRole('link', { name: 'Save as a view' }).click()
      await page.getByLabel('Name').fill('Slips of the harbour')
      await page.getByRole('radio', { name: 'Everyone in the organisation' }).check()
      await page.getByLabel('Make this my default').check()
      await page.getByRole('button', { name: 'Save view' }).click()
      await page.getByText('Its address can be shared').waitFor()
      await page.goto('/portfolio')
      await page
        .getByRole('link', { name: /remove this filter/ })
        .first()
        .click()
      await page.getByRole('button', { name: 'Save changes to' }).click()
      await page.getByText('“Slips of the harbour” was saved.').waitFor()
      await page.getByRole('link', { name: 'Testing project' }).first().click()
      await page.getByRole('heading', { name: 'Testing project', level: 1 }).waitFor()
      assert.deepEqual(complaints, [])
    })
  }

  test('filters are as wide as what they say', async ({ assert, browser }) => {
    const { world, people } = await furnished()
    const programme = { code: 'HARBOUR', name: 'Harbour', description: null, managerId: null }
    await world.inside(() => Programme.begin(programme))
    const { page } = await openPage(browser, { person: people.pmo, consent: 'rejected' })
    for (const path of ['/portfolio', '/raid?type=risk']) {
      await page.goto(path)
      for (const width of [SMALL, 375, 1280, 1600]) {
        await page.setViewportSize({ width, height: 800 })
        const filters = page.locator('.filters select')
        assert.isAbove(await filters.count(), 4)
        const fold = page.getByText('Filters', { exact: true })
        if ((await fold.isVisible()) && !(await filters.first().isVisible())) await fold.click()
        assert.deepEqual(await filters.evaluateAll(cutWords), [], `${path} at ${width}`)
      }
    }
  })

  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with JavaScript' : 'without JavaScript'

    test(`a board pack is asked for, waited for and downloaded, ${how}`, async ({
      assert,
      browser,
    }) => {
      const table = await furnished()
      const person = table.people.pmo
      const { page, complaints } = await openPage(browser, {
        javaScript,
        person,
        consent: 'rejected',
      })
      await page.goto('/portfolio?q=Testing')
      await page.getByRole('link', { name: 'Board pack' }).click()
      await page.getByRole('heading', { name: 'Create a board pack' }).waitFor()
      await page.getByText('Search: Testing').waitFor()
      await page.getByLabel(table.project.code).check()
      await page.getByRole('button', { name: 'Create board pack' }).click()
      await page.getByText('Waiting').waitFor()
      const [, packId] = /packs\/([0-9a-f-]{36})/.exec(page.url())!
      await makePack({ organisationId: table.world.organisationId, packId })
      if (!javaScript) await page.getByRole('link', { name: 'Refresh' }).click()
      // One file leaves the buttons of the next as they were.
      for (const [label, name] of [
        ['Download PDF', /^board-pack-.+\.pdf$/],
        ['Download PowerPoint', /^board-pack-.+\.pptx$/],
      ] as const) {
        const button = page.getByRole('button', { name: label, disabled: false })
        // Shorter than a form that was sent is held.
        await button.waitFor({ timeout: 6_000 })
        const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
        assert.match(download.suggestedFilename(), name)
      }
      assert.deepEqual(complaints, [])
    })
  }

  test('every page of it is accessible, light and dark, and fits a small screen', async ({
    assert,
    browser,
  }) => {
    const table = await furnished()
    const { page, complaints } = await openPage(browser, {
      person: table.people.pmo,
      consent: 'rejected',
    })
    const found = []
    const pack = await readyPack(table.world, table.people.pmo, [table.project.id])
    for (const path of [
      '/portfolio/packs',
      '/portfolio/packs/create',
      `/portfolio/packs/${pack}`,
      '/portfolio',
      '/portfolio?group=programme',
      '/programmes',
      '/portfolio/views',
      '/portfolio/views/create?query=rag%3Dred',
      '/portfolio/charts',
      `${table.base}/charts`,
    ]) {
      found.push(...(await inspect(page, path)))
    }
    assert.deepEqual(found, [])
    assert.deepEqual(complaints, [])
  })
})

/** A project with ratings of each colour, whose next gate slips, and a severe risk. */
async function furnished() {
  const table = await Table.create()
  await table.dates(inDays(10), inDays(24))
  await table.raise('risk', { nature: 'threat', currentLikelihood: 5, currentImpact: 5 })
  const bad = { reason: 'The crane is late', pathToGreen: 'Rent one' }
  const { membershipId: by } = table.people.manager
  await table.world.inside(async () => {
    await declareRatings(table.project, { overall: { rating: 'red', ...bad } }, { by })
    await declareRatings(
      table.project,
      { overall: { rating: 'amber', ...bad }, cost: { rating: 'red', ...bad } },
      { by }
    )
  })
  return table
}

async function inspect(page: Page, path: string) {
  const found = await faults(page, path)
  await page.setViewportSize({ width: 1280, height: 800 })
  const wideScreen = await violations(page, ['target-size', 'color-contrast'])
  return [...found, ...wideScreen.map((text) => `${path} ${text}`)]
}

/** The words of choices that are wider than the field which shows them. */
function cutWords(fields: any[]) {
  const pen = document.createElement('canvas').getContext('2d')!
  return fields
    .filter((field) => {
      const { font, paddingLeft, paddingRight } = getComputedStyle(field)
      pen.font = font
      const room =
        field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight)
      return pen.measureText(field.selectedOptions[0].text).width > room
    })
    .map((field) => field.selectedOptions[0].text)
}
