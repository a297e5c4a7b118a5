/// <reference lib="dom" />
import { test } from '@japa/runner'
import Invitation from '#models/invitation'
import env from '#start/env'
import { openPage, violations } from '#tests/support/browser'
import { World } from '#tests/support/world'

const WORD = 'Quillacanary'
const EMAIL = `${WORD.toLowerCase()}@example.test`

/** Stands for Clarity: keeps what it would read without masking it. Its own source says which those are. */
const LIBRARY = `
  const masked = ['value', 'placeholder', 'title', 'alt', 'href', 'src', 'srcset']
  document.documentElement.dataset.loaded = ''
  window.read = () => JSON.stringify({
    address: location.href,
    referrer: document.referrer,
    title: document.title,
    attributes: [...document.querySelectorAll('*')].flatMap((element) =>
      [...element.attributes].filter(({ name }) => !masked.includes(name)).map(({ value }) => value)),
  })`

const COLLECTOR = 'https://collector.clarity.ms/collect'

/** Keeps and sends as the library does. */
const WORKING_LIBRARY = `
  window.send = () => {
    document.cookie = '_clck=1; path=/'
    sessionStorage.setItem('_cltk', '1')
    return fetch('${COLLECTOR}', { method: 'POST', mode: 'no-cors' }).catch(() => {})
  }
  const timer = setInterval(window.send, 100)
  window.clarity = (call) => {
    if (call !== 'stop') return
    clearInterval(timer)
    document.documentElement.dataset.stopped = ''
  }
  window.send()`

test.group('Analytics that were accepted', (group) => {
  group.setup(() => {
    env.set('CLARITY_PROJECT_ID', 'testproject')
    return () => env.set('CLARITY_PROJECT_ID', '')
  })

  test('are told neither what was searched for nor whom a label names', async ({
    browser,
    assert,
  }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    const offer = { email: EMAIL, role: 'member' as const, projects: [] }
    await world.inside(() => Invitation.invite(offer, owner), owner)
    const { page, complaints } = await openPage(browser, { person: owner, consent: 'accepted' })
    let loads = 0
    await page.route('https://www.clarity.ms/**', (route) => {
      loads += 1
      return route.fulfill({ contentType: 'text/javascript', body: LIBRARY })
    })
    await page.goto('/search')
    await page.locator('#search-words').fill(WORD)
    await page.waitForURL(/q=Quillacanary/)
    await page.goto(`/search?q=${WORD}`)
    assert.equal(loads, 0)

    await page.evaluate(`location.href = '/invitations'`)
    await page.locator('html[data-loaded]').waitFor()
    assert.equal(loads, 1)
    await page.getByRole('button', { name: `Send again to ${EMAIL}` }).waitFor()
    const read = () => page.evaluate('window.read()') as Promise<string>
    assert.notMatch(await read(), /Quillacanary/i)
    await page.evaluate(
      `document.querySelector('main').insertAdjacentHTML('beforeend', '<button aria-label="${WORD}, late">x</button>')`
    )
    await page.getByRole('button', { name: `${WORD}, late` }).waitFor()
    assert.notMatch(await read(), /Quillacanary/i)
    assert.deepEqual(await violations(page), [])
    await page.getByRole('link', { name: 'Projects', exact: true }).first().click()
    await page.waitForURL(/\/projects$/)
    await page.locator('html[data-loaded]').waitFor()
    assert.equal(loads, 2, 'the next page is loaded anew')
    assert.deepEqual(complaints, [])
  })

  test('end in every open tab when they are rejected in one', async ({ browser, assert }) => {
    const { page, context, complaints } = await openPage(browser, { consent: 'accepted' })
    await context.route('https://www.clarity.ms/**', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: WORKING_LIBRARY })
    )
    let sent = 0
    await context.route(COLLECTOR, (route) => {
      sent += 1
      return route.fulfill({ body: '' })
    })
    await page.goto('/help')
    await page.waitForResponse(COLLECTOR)
    const other = await context.newPage()
    await other.goto('/privacy')
    await other.waitForResponse(COLLECTOR)
    assert.equal(await other.evaluate('sessionStorage.length'), 1)
    await other.getByRole('button', { name: 'Turn analytics off' }).click()
    await page.locator('html[data-stopped]').waitFor()
    const before = sent
    await page.evaluate('window.send()')
    assert.equal(sent, before, 'the page lets nothing out, whatever the library does')
    assert.equal(await other.evaluate('sessionStorage.length'), 0)
    await other.goto('/cookies')
    const names = (await context.cookies()).map(({ name }) => name)
    assert.notInclude(names, '_clck')
    assert.isEmpty(complaints.filter((complaint) => !complaint.includes(COLLECTOR)))
  })
})
