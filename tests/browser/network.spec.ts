import { test } from '@japa/runner'
import { openPage } from '#tests/support/browser'
import { World } from '#tests/support/world'

test.group('Without a network', () => {
  test('a link and a form say that there is none, keep what was typed, and work again later', async ({
    browser,
    assert,
  }) => {
    const world = await World.create()
    const project = await world.project()
    const person = await world.person('manager')
    const { page, context } = await openPage(browser, { person, consent: 'rejected' })
    await page.goto(`/projects/${project.id}/raid/create?type=risk`)
    await page.getByLabel('Title').fill('Typed before the tunnel')

    await context.setOffline(true)
    for (const name of ['Add', 'Add']) {
      await page.getByRole('button', { name }).first().click()
      await page.getByRole('alert').getByText('could not be reached').waitFor()
    }
    assert.equal(await page.getByRole('alert').count(), 1)
    assert.equal(await page.getByLabel('Title').inputValue(), 'Typed before the tunnel')

    await context.setOffline(false)
    await page.getByRole('button', { name: 'Add' }).first().click()
    await page.getByRole('heading', { name: 'Typed before the tunnel' }).waitFor()
  })
})

test.group('With a slow network', () => {
  test('a form pressed twice is sent once', async ({ browser, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const { page } = await openPage(browser, { person: await world.person('manager') })
    const sent: string[] = []
    await page.route('**/raid', async (route) => {
      if (route.request().method() === 'POST') {
        sent.push(route.request().url())
        await new Promise((resolve) => setTimeout(resolve, 300))
      }
      await route.continue()
    })
    await page.goto(`/projects/${project.id}/raid/create?type=risk`)
    await page.getByLabel('Title').fill('Pressed twice')
    await page.getByRole('button', { name: 'Add risk' }).dblclick()
    await page.getByRole('heading', { name: 'Pressed twice' }).waitFor()
    await page.waitForTimeout(700)
    assert.lengthOf(sent, 1)
  })
})

test.group('After signing out', () => {
  test('Back shows nothing', async ({ browser, assert }) => {
    const world = await World.create()
    const project = await world.project({ name: 'Harbour lights' })
    const person = await world.person('manager')
    const { page, context } = await openPage(browser, { person, consent: 'rejected' })
    await page.goto(`/projects/${project.id}`)
    await page.goto('/privacy')
    await context.clearCookies()
    await page.goBack()
    await page.waitForURL('**/sign-in')
    assert.notInclude(await page.content(), 'Harbour lights')
  })
})
