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
})
