import type { TestContext } from '@japa/runner/core'
import { chromium, type Browser, type BrowserContextOptions } from 'playwright'
import { QUIET } from '#tests/support/browser'

let browser: Promise<Browser> | null = null

/** A fresh browser profile that is closed with the test. */
export async function openBrowser({ cleanup }: TestContext, options: BrowserContextOptions = {}) {
  browser ??= chromium.launch({
    executablePath: process.env.CHROMIUM_PATH,
    args: QUIET,
  })
  const running = await browser
  const context = await running.newContext({ baseURL: process.env.APP_URL, ...options })
  context.setDefaultTimeout(30_000)
  cleanup(() => context.close())
  return context
}

/** Closes the browser after the last test of a suite. */
export async function closeBrowser() {
  const running = await browser
  await running?.close()
  browser = null
}
