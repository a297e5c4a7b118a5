import { chromium } from 'playwright'
import { ensureChromium } from '../support/chromium.mjs'

const START = ['/', '/work', '/projects', '/portfolio', '/raid', '/tasks', '/search?q=a', '/api']
const START_SIGNED_OUT = ['/', '/sign-in', '/privacy', '/cookies', '/privacy/requests/create']
/** Ends the session, leaves the organisation, or only changes the cookie of consent and organisation. */
const LEFT_OUT =
  /^\/(session|consent|organisation(\?|$)|departure|profile\/(sessions|privacy)|profile$)/
const UUID = /[0-9a-f]{8}-[0-9a-f-]{27}/g
const MOST_PAGES = 150

/**
 * Crawls the product with JavaScript off, as the demo person whose title is given, or signed out. Returns what can be
 * attacked there, one of each kind: addresses with a query and forms, with the fields that they send.
 */
export async function crawl({ supervisor, origin, person, most = MOST_PAGES }) {
  const launch = { executablePath: await ensureChromium(supervisor), args: ['--no-sandbox'] }
  const browser = await chromium.launch(launch)
  const context = await browser.newContext({ baseURL: origin, javaScriptEnabled: false })
  const page = await context.newPage()
  if (person) await signIn(page, person)
  const found = await walk(page, { origin, most, start: person ? START : START_SIGNED_OUT })
  const token = person ? await makeToken(page) : null
  const cookies = await context.cookies(origin)
  await browser.close()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  return { cookie, cookies, token, ...found }
}

async function signIn(page, person) {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: person }).click()
  await page.waitForURL(/\/work/)
}

async function walk(page, { origin, start, most }) {
  const waiting = [...start]
  const seen = new Set()
  const targets = new Map()
  let pages = 0
  while (waiting.length > 0 && pages < most) {
    const answer = await page.goto(waiting.shift()).catch(() => null)
    if (!answer?.headers()['content-type']?.includes('text/html')) continue
    pages++
    const { links, forms } = await page.evaluate(read)
    for (const form of forms) keep(targets, toTarget(form, origin))
    for (const link of links.map((href) => local(href, origin)).filter(Boolean)) {
      if (LEFT_OUT.test(link)) continue
      if (link.includes('?')) keep(targets, { method: 'GET', path: link })
      if (isNew(seen, link)) waiting.push(link)
    }
  }
  return { pages, targets: [...targets.values()] }
}

/** Whether an address is a page of a new kind, or has a query that none had before. */
function isNew(seen, link) {
  const { place, names } = kind(link)
  const marks = [place, ...names.map((name) => `${place}?${name}`)].filter(
    (mark) => !seen.has(mark)
  )
  marks.forEach((mark) => seen.add(mark))
  return marks.length > 0
}

/** Runs in the page. */
function read() {
  const example = { email: 'somebody@example.com', date: '2026-12-01', number: '1', file: '' }
  const links = [...document.querySelectorAll('a[href]')].map(({ href }) => href)
  const forms = [...document.forms].map((form) => ({
    method: form.method.toUpperCase(),
    action: form.action,
    fields: [...form.elements]
      .filter(({ name, type, checked }, index, all) => {
        if (!name || checked || !/radio|checkbox/.test(type)) return Boolean(name)
        const others = all.filter((other) => other.name === name)
        // For a question not yet answered, the first answer.
        return type === 'radio' && all[index] === others[0] && !others.some((one) => one.checked)
      })
      .map(({ name, type, value, options }) => {
        const offered = options && [...options].map((option) => option.value).findLast(Boolean)
        return [name, value || (offered ?? example[type] ?? 'a')]
      }),
  }))
  return { links, forms }
}

function toTarget({ method, action, fields }, origin) {
  const path = local(action, origin)
  if (!path) return null
  const body = new URLSearchParams(fields).toString()
  if (method === 'GET') return { method, path: `${path.split('?')[0]}?${body}` }
  return { method, path, body }
}

/** One of each kind of form; the queries of one address as one, because each of their names is attacked. */
function keep(targets, target) {
  if (!target || LEFT_OUT.test(target.path)) return
  const { place } = kind(target.path)
  if (target.method === 'GET') {
    const known = targets.get(`GET ${place}`) ?? target
    targets.set(`GET ${place}`, { method: 'GET', path: merged(known.path, target.path) })
    return
  }
  const id = `${target.method} ${place} ${[...new URLSearchParams(target.body).keys()].sort()}`
  if (!targets.has(id)) targets.set(id, target)
}

function merged(one, other) {
  const [place, query] = one.split('?')
  const values = new URLSearchParams(query)
  for (const [name, value] of new URLSearchParams(other.split('?')[1])) {
    if (!values.get(name)) values.set(name, value)
  }
  return `${place}?${values}`
}

/** Addresses that differ only in the record they name are of one kind. */
function kind(path) {
  const [place, query] = path.replace(UUID, ':id').split('?')
  return { place, names: [...new URLSearchParams(query).keys()] }
}

function local(href, origin) {
  const url = URL.canParse(href) ? new URL(href) : null
  return url?.origin === origin ? url.pathname + url.search : null
}

/** A read token, so that the API's addresses are attacked as well. */
async function makeToken(page) {
  await page.goto('/profile/tokens')
  const form = page.locator('form[action="/profile/tokens"]')
  await form.getByLabel('What is it for?').fill('Scanner')
  for (const box of await form.getByRole('checkbox').all()) await box.check()
  await form.getByRole('button', { name: 'Create token' }).click()
  return page.getByLabel('Your new token').inputValue()
}
