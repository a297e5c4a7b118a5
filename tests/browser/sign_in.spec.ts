import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { identityProvider } from '#identity/identity_provider'
import { cookies } from '#registries/cookies'
import { violations } from '#tests/support/browser'
import { closeBrowser, openBrowser } from '#tests/support/fresh_browser'

const declared = cookies.map(({ name }) => name)

/** What the content security policy refused, other than the socket of Vite's development server. */
function complaints(page: Page) {
  const messages: string[] = []
  page.on('console', (message) => {
    const text = message.text()
    if (/content security policy/i.test(text) && !text.includes('ws://')) messages.push(text)
  })
  return messages
}

test.group('Signing in with a browser', (group) => {
  group.teardown(closeBrowser)

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

    test(`in by one click and out again, ${how}`, async (context) => {
      const { assert } = context
      const browser = await openBrowser(context, { javaScriptEnabled })
      const page = await browser.newPage()
      const refused = complaints(page)
      await page.goto('/organisations')
      await page.getByRole('button', { name: 'Continue to sign in' }).click()
      await page.getByRole('heading', { name: 'Who are you?' }).waitFor()
      assert.equal(new URL(page.url()).origin, identityProvider().origin)
      await page.getByRole('button', { name: 'Maple Manager' }).click()
      await page.waitForURL('**/organisations')

      const jar = await browser.cookies(process.env.APP_URL)
      assert.includeMembers(
        declared,
        jar.map(({ name }) => name)
      )

      await page.getByRole('button', { name: 'Sign out' }).last().click()
      await page.getByText('You have signed out.').waitFor()
      assert.isTrue(page.url().endsWith('/sign-in'))
      await page.goto('/organisations')
      assert.isTrue(page.url().endsWith('/sign-in'))
      assert.deepEqual(refused, [])
    })

    test(`consent given and withdrawn, ${how}`, async (context) => {
      const { assert } = context
      const browser = await openBrowser(context, { javaScriptEnabled })
      const page = await browser.newPage()
      await page.goto('/privacy')
      const before = await browser.cookies()
      assert.includeMembers(
        ['appSession'],
        before.map(({ name }) => name)
      )
      await page.getByRole('button', { name: 'Accept' }).click()
      await page.getByText('You have accepted analytics').waitFor()
      assert.isTrue(page.url().endsWith('/privacy'))
      await browser.addCookies([
        { name: '_clck', value: 'a', url: process.env.APP_URL! },
        { name: '_clsk', value: 'b', url: process.env.APP_URL! },
      ])
      await page.getByRole('link', { name: 'Cookie choices' }).click()
      await page.getByRole('button', { name: 'Reject' }).click()
      await page.getByText('You have rejected analytics').waitFor()
      const after = await browser.cookies()
      assert.notIncludeMembers(
        after.map(({ name }) => name),
        ['_clck', '_clsk']
      )
    })
  }

  test('a demo person of our own page is one click away', async (context) => {
    const browser = await openBrowser(context)
    const page = await browser.newPage()
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'Violet Viewer' }).click()
    await page.waitForURL(
      (url) => url.origin === process.env.APP_URL && url.pathname !== '/sign-in'
    )
    await page.goto('/organisations')
    await page.getByRole('heading', { name: 'No organisation' }).waitFor()
  })

  test('the local provider’s page has no accessibility faults and fits 320 px', async (context) => {
    const { assert } = context
    const browser = await openBrowser(context, { viewport: { width: 320, height: 640 } })
    const page = await browser.newPage()
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'Continue to sign in' }).click()
    await page.getByRole('heading', { name: 'Who are you?' }).waitFor()
    assert.deepEqual(await violations(page, 'all'), [])
    const overflows = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
    assert.isFalse(overflows)
  })
})
