import { test } from '@japa/runner'
import { openPage, violations } from '#tests/support/browser'
import { register, World } from '#tests/support/world'

test.group('One’s own account', () => {
  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with JavaScript' : 'without JavaScript'

    test(`is changed and looked after, ${how}`, async ({ browser, assert }) => {
      const world = await World.create()
      const person = await world.person('manager')
      await world.project()
      const options = { javaScript, consent: 'rejected' as const, person }
      const { page, complaints } = await openPage(browser, options)
      const { page: other } = await openPage(browser, options)
      await other.goto('/projects')

      await page.goto('/projects')
      await page.getByText(person.name).first().click()
      await page.getByRole('link', { name: 'Profile' }).click()
      await page.getByLabel('Name').fill('Nora New')
      await page.getByLabel('Time zone').fill('Europe/Paris')
      await page.getByLabel('Dark').check()
      await page.getByRole('button', { name: 'Save profile' }).click()
      await page.getByText('Your profile was saved.').waitFor()
      assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
      assert.equal(
        await page.evaluate('getComputedStyle(document.documentElement).colorScheme'),
        'dark'
      )
      if (javaScript) assert.deepEqual(await violations(page), [])
      await page.goto('/projects')
      assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
      await page.getByText('Nora New').first().waitFor()

      await page.goto('/profile')
      await page.getByRole('link', { name: 'Sessions' }).click()
      await page.getByText('This session').waitFor()
      await page.getByRole('button', { name: 'End session: ' }).click()
      await page.getByText('That session has ended.').waitFor()
      await other.goto('/projects')
      await other.waitForURL('**/sign-in')

      await page.getByRole('link', { name: 'Your activity' }).click()
      await page.getByText('changed the name of Nora New').waitFor()
      assert.deepEqual(complaints, [])
    })
  }

  test('needs no organisation', async ({ browser, assert }) => {
    const { page, complaints } = await openPage(browser, {
      person: await register('nobody'),
      consent: 'rejected',
    })
    await page.goto('/profile')
    await page.getByLabel('Light').check()
    await page.getByRole('button', { name: 'Save profile' }).click()
    await page.getByText('Your profile was saved.').waitFor()
    await page.goto('/organisations')
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'light')
    assert.deepEqual(complaints, [])
  })
})
