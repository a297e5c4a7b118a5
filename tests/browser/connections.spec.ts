import { test } from '@japa/runner'
import { openPage, overflow, violations } from '#tests/support/browser'
import { addWebhook } from '#tests/support/webhooks'
import { World } from '#tests/support/world'

test.group('Connecting programs', () => {
  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with JavaScript' : 'without JavaScript'

    test(`a token is made, used and revoked, ${how}`, async ({ browser, client, assert }) => {
      const world = await World.create('Harbour Board')
      const person = await world.person('owner')
      const options = { javaScript, consent: 'rejected' as const, person }
      const { page, complaints } = await openPage(browser, options)

      await page.goto('/profile')
      await page.getByRole('link', { name: 'Tokens' }).click()
      await page.getByRole('heading', { name: 'No tokens yet' }).waitFor()
      await page.getByLabel('What is it for?').fill('Weekly script')
      await page.getByRole('button', { name: 'Create token' }).click()
      await page.getByText('Choose at least one option').first().waitFor()
      assert.equal(await page.getByLabel('What is it for?').inputValue(), 'Weekly script')
      await page.getByLabel('Read projects and who works on them').check()
      await page.getByRole('button', { name: 'Create token' }).click()
      const secret = await page.getByLabel('Your new token').inputValue()
      if (javaScript) assert.deepEqual(await violations(page), [])

      const authorization = `Bearer ${secret}`
      const answered = await client.get('/api/v1/projects').header('authorization', authorization)
      answered.assertStatus(200)
      const row = page.getByRole('row', { name: 'Weekly script' })
      await row.getByRole('button', { name: 'Revoke' }).first().click()
      await row.getByRole('button', { name: 'Revoke token' }).click()
      await page.getByText('The token no longer works').waitFor()
      const refused = await client.get('/api/v1/projects').header('authorization', authorization)
      refused.assertStatus(401)
      assert.deepEqual(complaints, [])
    })

    test(`a webhook is added, paused and resumed, ${how}`, async ({ browser, assert }) => {
      const world = await World.create('Harbour Board')
      const person = await world.person('owner')
      const options = { javaScript, consent: 'rejected' as const, person }
      const { page, complaints } = await openPage(browser, options)

      await page.goto('/settings/webhooks')
      await page.getByLabel('Name').fill('Chat')
      await page.getByLabel('Address').fill('https://127.0.0.1/hook')
      await page.getByLabel('A RAID entry was raised').check()
      await page.getByRole('button', { name: 'Add webhook' }).click()
      await page.getByText('Enter an https address with a host name').first().waitFor()
      await page.getByLabel('Address').fill('https://chat.example.org/hook')
      await page.getByRole('button', { name: 'Add webhook' }).click()
      assert.match(await page.getByLabel('Secret', { exact: true }).inputValue(), /^whsec_/)
      await page.getByRole('heading', { name: 'No deliveries yet' }).waitFor()
      if (javaScript) assert.deepEqual(await violations(page), [])
      await page.getByRole('button', { name: 'Pause webhook' }).click()
      await page.getByText('Chat is paused').waitFor()
      await page.getByRole('button', { name: 'Resume webhook' }).click()
      await page.getByText('Chat is active').waitFor()
      assert.deepEqual(complaints, [])
    })
  }

  test('its pages are free of faults and fit a narrow window', async ({ browser, assert }) => {
    const world = await World.create('Harbour Board')
    const { endpoint, told } = await addWebhook(world)
    await told(endpoint)
    const person = await world.person('owner')
    for (const dark of [false, true]) {
      const options = { consent: 'rejected' as const, person, width: 320, dark }
      const { page } = await openPage(browser, options)
      const paths = ['/profile/tokens', '/settings/tokens', '/settings/webhooks', '/api']
      for (const path of [...paths, `/settings/webhooks/${endpoint.id}`]) {
        await page.goto(path)
        assert.deepEqual(await violations(page), [], path)
        assert.equal(await overflow(page), 0, path)
      }
    }
  })
})
