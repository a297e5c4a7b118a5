/// <reference lib="dom" />
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { getActiveTest } from '@japa/runner'
import type { AxeResults, RunOptions } from 'axe-core'
import { chromium, type Browser, type LaunchOptions, type Page } from 'playwright'
import { SESSION_COOKIE } from '#config/session'
import { CONSENT_COOKIE, cookieValue } from '#identity/consent_choice'
import { ORGANISATION_COOKIE } from '#identity/organisation_choice'
import { isWriting } from '#tests/support/guide_pictures'
import { openSession, type Account, type Person } from '#tests/support/world'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // No document lives long enough to make optimising its scripts worthwhile.
  '--js-flags=--no-opt --no-maglev',
  // One process for each profile, instead of one for its blank page, one for its site and one in reserve.
  '--renderer-process-limit=1',
]

/**
 * No one looks at what a page draws, except when the guides' pictures are taken: without memory for it nothing is
 * drawn.
 */
export const QUIET = isWriting ? FLAGS : [...FLAGS, '--force-gpu-mem-available-mb=0']

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * It is told to quote no markup: findings are named by selectors, and it would otherwise serialise every element it
 * checks. Its few letters beyond ASCII are escaped: for their sake each browser would keep all of it at twice the size.
 */
const AXE = `${inAscii(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))}
axe.configure({ noHtml: true })`

/** Only guards against hanging: a busy machine may take long for anything. */
const PATIENCE = 30_000

export type Window = {
  /** Without an organisation when the account has none. */
  person?: Person | Account
  javaScript?: boolean
  dark?: boolean
  width?: number
  /** A finger instead of a mouse. */
  touch?: boolean
  /** The answer to the cookie banner; left out, the banner shows. */
  consent?: 'accepted' | 'rejected'
}

/** The browser that `npm test` found or fetched. */
export function launchChromium(options: LaunchOptions): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH || undefined
  return chromium.launch({ ...options, executablePath, args: QUIET })
}

/**
 * A page in its own browser profile, signed in as the person. Any complaint of the page fails the test. The profile is
 * closed with the test: hundreds of open ones keep the machine busy.
 */
export async function openPage(browser: Browser, options: Window = {}) {
  const context = await browser.newContext({
    baseURL: origin(),
    javaScriptEnabled: options.javaScript !== false,
    colorScheme: options.dark ? 'dark' : 'light',
    viewport: { width: options.width ?? 1280, height: 900 },
    hasTouch: options.touch === true,
    reducedMotion: 'reduce',
  })
  getActiveTest()?.cleanup(() => context.close())
  context.setDefaultTimeout(PATIENCE)
  const place = { domain: new URL(origin()).hostname, path: '/' }
  if (options.consent) await context.setCookie(CONSENT_COOKIE, cookieValue(options.consent), place)
  if (options.person) {
    const { id } = await openSession(options.person)
    await context.setEncryptedCookie(SESSION_COOKIE, id, place)
    if ('organisationId' in options.person) {
      await context.setCookie(ORGANISATION_COOKIE, options.person.organisationId, place)
    }
  }
  const page = seen(await context.newPage())
  return { page, context, complaints: listen(page) }
}

/**
 * The same page without what is announced to screen readers: that text is there a second time, a moment after it is
 * seen.
 */
function seen(page: Page) {
  const unspoken = page.locator(':not(#announcer)')
  const [byText, byRole] = [page.getByText.bind(page), page.getByRole.bind(page)]
  page.getByText = (...given) => byText(...given).and(unspoken)
  page.getByRole = (role, ...given) => {
    const found = byRole(role, ...given)
    return role === 'status' ? found.and(unspoken) : found
  }
  return page
}

/** Everything the page logs as an error: exceptions, violations of the security policy, missing files. */
function listen(page: Page) {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  return complaints
}

/**
 * What axe finds against WCAG 2.2 AA, one line each; `rules` limits it to some rules, or makes it check all it knows.
 */
export async function violations(page: Page, rules?: string[] | 'all') {
  await arrived(page)
  await bringAxe(page)
  // The only frames show mails, in which no script may run, not even axe's.
  const asked: RunOptions = { resultTypes: ['violations'], iframes: false }
  if (rules === undefined) {
    asked.runOnly = { type: 'tag', values: WCAG }
    // In level AA since 2.2, and off by default.
    asked.rules = { 'target-size': { enabled: true } }
  } else if (rules !== 'all') asked.runOnly = { type: 'rule', values: rules }
  const { violations: found } = await page.evaluate(runAxe, asked)
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`)
}

/** Loading axe takes a browser longer than most of its rules: a document that has it keeps it. */
async function bringAxe(page: Page) {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(AXE)
}

function inAscii(script: string) {
  return script.replace(
    /[\u0080-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
  )
}

function runAxe(options: RunOptions): Promise<AxeResults> {
  return (window as any).axe.run(document, options)
}

/** How many pixels the page is wider than its window. */
export async function overflow(page: Page): Promise<number> {
  await arrived(page)
  return page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth'
  )
}

/** What the keyboard reaches, down the page and up again, that is then completely hidden beneath something else. */
export async function covered(page: Page): Promise<string[]> {
  await arrived(page)
  return page.evaluate(findCovered)
}

function findCovered() {
  const stops = [
    ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, summary'),
  ]
  const lies: string[] = []
  for (const stop of [...stops, ...[...stops].reverse()]) {
    stop.focus()
    if (document.activeElement !== stop) continue
    const { left, top, width, height } = stop.getClientRects()[0]
    const points = [0.1, 0.5, 0.9].map((part) => [left + width * part, top + height * part])
    const above = points.map(([x, y]) => document.elementFromPoint(x, y))
    const isSeen = (one: Element | null) => one?.contains(stop) || stop.contains(one)
    if (!above.some(isSeen)) lies.push(stop.outerHTML.slice(0, 120))
  }
  return lies
}

/** What is wrong with a page on the smallest screen, in light and in dark, one line each. */
export async function faults(page: Page, path: string) {
  await page.setViewportSize({ width: 320, height: 800 })
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto(path)
  const light = await violations(page)
  const wide = await overflow(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await violations(page, ['color-contrast'])
  return [
    ...light.map((text) => `${path} ${text}`),
    ...dark.map((text) => `${path} dark ${text}`),
    ...(wide > 0 ? [`${path} is ${wide} px too wide`] : []),
  ]
}

/** What was just clicked may show its text before its style sheets have loaded. */
function arrived(page: Page) {
  return page.waitForLoadState()
}

function origin() {
  return `http://${process.env.HOST}:${process.env.PORT}`
}
