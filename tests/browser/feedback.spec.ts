import { test } from '@japa/runner'
import { openPage, overflow, violations } from '#tests/support/browser'
import { registerStaff, World } from '#tests/support/world'

test.group('Feedback', () => {
  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with JavaScript' : 'without JavaScript'

    test(`is sent from any page, answered, and read again, ${how}`, async ({ browser, assert }) => {
      const world = await World.create()
      const [person, staff] = [await world.person('team'), await registerStaff()]
      const options = { javaScript, consent: 'rejected' as const }
      const remark = `The log is slow ${world.organisationId}`

      const { page, complaints } = await openPage(browser, { ...options, person })
      await page.goto('/projects?q=private')
      await page.getByRole('contentinfo').getByRole('link', { name: 'Feedback' }).click()
      const message = page.getByLabel('What do you want to tell us?')
      await message.fill('   ')
      await page.getByRole('button', { name: 'Send feedback' }).click()
      await page.getByText('Enter your feedback').last().waitFor()
      if (javaScript) {
        assert.equal(new URL(page.url()).pathname, '/projects', 'the page beneath stays')
        assert.match(await page.title(), /^Projects/)
        assert.deepEqual(await violations(page), [])
      }
      await message.fill(remark)
      await page.getByRole('button', { name: 'Send feedback' }).click()
      await page.getByText('We read every message').first().waitFor()
      if (javaScript) {
        await page.getByRole('button', { name: 'Close' }).click()
        assert.isFalse(await page.locator('#feedback').isVisible())
        await page.goto('/feedback')
      }
      await page.getByText(remark).waitFor()
      await page.getByText('/projects', { exact: true }).waitFor()

      const { page: office, complaints: others } = await openPage(browser, {
        ...options,
        person: staff,
      })
      await office.goto('/admin')
      await office.getByRole('main').getByRole('link', { name: 'Feedback' }).click()
      await office.getByRole('link', { name: remark }).click()
      await office.getByRole('button', { name: 'Take up' }).click()
      await office.getByText('The feedback is now in progress.').waitFor()
      await office.getByLabel('Answer').fill('It is mended.')
      await office.getByRole('button', { name: 'Send answer' }).click()
      await office.getByText('The answer was sent.').waitFor()
      if (javaScript) assert.deepEqual(await violations(office), [])

      await page.reload()
      await page.getByText('It is mended.').waitFor()
      assert.deepEqual([...complaints, ...others], [])
    })
  }

  test('opens over a small page, takes the keyboard and gives it back', async ({
    browser,
    assert,
  }) => {
    const world = await World.create()
    const person = await world.person('team')
    const { page, complaints } = await openPage(browser, {
      person,
      consent: 'rejected',
      width: 320,
      dark: true,
    })
    await page.goto('/projects')
    const link = page.getByRole('contentinfo').getByRole('link', { name: 'Feedback' })
    await link.focus()
    await page.keyboard.press('Enter')
    const message = page.getByLabel('What do you want to tell us?')
    await message.waitFor()
    assert.equal(await page.evaluate('document.activeElement.id'), 'feedback-message')
    assert.deepEqual(await violations(page), [])
    assert.equal(await overflow(page), 0)
    await page.keyboard.press('Escape')
    assert.isFalse(await message.isVisible())
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'Feedback')
    await page.keyboard.press('Enter')
    await message.waitFor()
    assert.deepEqual(complaints, [])
  })
})
