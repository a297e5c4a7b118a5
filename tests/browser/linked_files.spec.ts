import { test } from '@japa/runner'
import { openPage } from '#tests/support/browser'
import { Log } from '#tests/support/raid_log'

/** Without quotation marks, which a CSV file doubles. */
const MARKUP = '<b id=smuggled hx-get=/notifications hx-trigger=load hx-target=this>x</b>'

test.group('A file that someone links to', (group) => {
  let log: Log
  group.setup(async () => {
    log = await Log.create()
  })

  test('is saved, and nothing in it becomes part of the page', async ({ assert, browser }) => {
    const file = `${log.url}.csv?type=risk`
    const description = `See [the list](${file})`
    const item = await log.raise('risk', { title: MARKUP, description }, log.people.team)
    const person = log.people.pmo
    const { page, complaints } = await openPage(browser, { person, consent: 'rejected' })
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.goto(log.urlOf(item))
    const saving = page.waitForEvent('download')
    await page.getByRole('link', { name: 'the list' }).click()
    assert.match((await saving).suggestedFilename(), /\.csv$/)
    assert.equal(await page.locator('#smuggled').count(), 0)
    assert.notInclude(asked, '/notifications')
    assert.equal(new URL(page.url()).pathname, log.urlOf(item))
    await page.getByRole('heading', { level: 1 }).waitFor()
    assert.deepEqual(complaints, [])
  })

  test('is no page either when a form leads to it', async ({ assert, browser }) => {
    const item = await log.raise('risk')
    const person = log.people.manager
    const { page } = await openPage(browser, { person, consent: 'rejected' })
    await page.goto(`${log.urlOf(item)}/edit`)
    const headers = { 'content-disposition': 'attachment', 'content-type': 'text/html' }
    const contentType = 'text/plain'
    for (const answer of [{ headers }, { contentType }, { contentType, status: 502 }]) {
      const isWrite = (url: URL) => url.pathname === log.urlOf(item)
      await page.route(isWrite, (route) => route.fulfill({ ...answer, body: MARKUP }))
      await page.getByLabel('Title').fill('As it was typed')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Orchestrate could not be reached.').waitFor()
      assert.equal(await page.locator('#smuggled').count(), 0)
      assert.equal(await page.getByLabel('Title').inputValue(), 'As it was typed')
      await page.locator('.flash--unreachable').evaluate((notice: Element) => notice.remove())
      await page.unroute(isWrite)
    }
  })
})
