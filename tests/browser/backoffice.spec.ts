import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { suppress } from '#mails/suppressions'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { openPage, violations } from '#tests/support/browser'
import { failedMail } from '#tests/support/exercises/backoffice'
import { registerStaff, World } from '#tests/support/world'

test.group('The back office', () => {
  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with JavaScript' : 'without JavaScript'

    test(`shows that mails go out, ${how}`, async ({ browser, assert }) => {
      const name = `Quay ${randomUUID()}`
      const email = `held-${randomUUID()}@example.test`
      await failedMail('outcome_unknown', await World.create(name))
      await Tenancy.system(PLATFORM, () => suppress(email, 'bounced'))
      const person = await registerStaff()
      const { page, complaints } = await openPage(browser, {
        javaScript,
        person,
        consent: 'rejected',
      })

      await page.goto('/')
      await page.getByRole('main').getByRole('link', { name: 'Emails' }).click()
      const row = page.getByRole('row').filter({ hasText: name })
      await row.getByRole('button', { name: 'Send again' }).click()
      await page.getByText('The provider did not say whether the first email arrived').waitFor()
      if (javaScript) assert.deepEqual(await violations(page), [])
      await page.getByRole('dialog').getByRole('button', { name: 'Send again' }).click()
      await page.getByText('The email will be sent again.').waitFor()
      assert.equal(await row.count(), 0)
      await page.getByRole('link', { name: 'Waiting' }).click()
      await row.waitFor()

      await page.getByRole('link', { name: 'Suppressions' }).click()
      const address = page.getByLabel('Email address')
      await address.fill('nobody-like-this@example.test')
      await page.getByRole('button', { name: 'Send to this address again' }).click()
      await page.getByText('Emails to this address are not held back').first().waitFor()
      assert.equal(await address.inputValue(), 'nobody-like-this@example.test')
      await address.fill(email)
      await page.getByRole('button', { name: 'Send to this address again' }).click()
      await page.getByText('Emails can be sent to this address again.').waitFor()

      await page.getByRole('link', { name: 'Templates' }).click()
      await page.getByRole('link', { name: 'Invitation' }).click()
      const frame = page.frameLocator('iframe')
      await frame.getByRole('heading', { name: 'Join Northshire Council' }).waitFor()
      if (javaScript) assert.deepEqual(await violations(page), [])
      assert.deepEqual(complaints, [])
    })
  }
})
