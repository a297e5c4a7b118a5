import { test } from '@japa/runner'
import { openPage } from '#tests/support/browser'
import { World } from '#tests/support/world'

test.group('The navigation of a project on a laptop', () => {
  test('opens at its beginning, and further down only to show the current page', async ({
    browser,
    assert,
  }) => {
    const world = await World.create()
    const project = await world.project()
    const person = await world.person('pmo')
    const { page } = await openPage(browser, { person, consent: 'rejected', width: 1280 })
    await page.setViewportSize({ width: 1280, height: 640 })
    const seen = async (path: string, name: string) => {
      await page.goto(`/projects/${project.id}${path}`)
      const pages = await page.locator('.sidebar__pages').boundingBox()
      const link = await page.locator('.sidebar').getByRole('link', { name }).boundingBox()
      return link!.y >= pages!.y && link!.y + link!.height <= pages!.y + pages!.height
    }
    assert.isTrue(await seen('/raid', 'My work'))
    assert.isTrue(await seen('/audit', 'History'))
    assert.isFalse(await seen('/raid', 'History'), 'all of it fits')
  })
})
