import { test } from '@japa/runner'
import { startMonitoring, stopMonitoring } from '#monitoring/sentry'
import { openPage } from '#tests/support/browser'
import { SentryReceiver } from '#tests/support/sentry_receiver'
import { World } from '#tests/support/world'

const FAILING = `setTimeout(() => { throw new TypeError('what somebody wrote') })`

test.group('A failing script', (group) => {
  group.each.setup(async () => {
    const sentry = await SentryReceiver.start()
    const settings = { release: 'orchestrate@test', environment: 'test', tracesSampleRate: 0 }
    await startMonitoring({ dsn: sentry.dsn, ...settings })
    return async () => {
      await stopMonitoring()
      sentry.stop()
    }
  })

  test('is told to our own server, three times at most, and stores nothing', async ({
    browser,
    assert,
  }) => {
    const person = await (await World.create()).person('member')
    const { page, context } = await openPage(browser, { person, consent: 'rejected' })
    const told: string[] = []
    page.on('request', (request) => {
      if (request.url().endsWith('/troubles')) told.push(request.postData()!)
    })
    await page.goto('/projects?q=wanda')
    const cookies = await context.cookies()
    const first = page.waitForResponse('**/troubles')
    for (let count = 0; count < 5; count++) await page.evaluate(FAILING)
    assert.equal((await first).status(), 204)
    await page.waitForTimeout(200)
    assert.lengthOf(told, 3)
    assert.notInclude(told.join(), 'somebody')
    const { name, route } = JSON.parse(told[0])
    assert.deepEqual({ name, route }, { name: 'TypeError', route: '/projects' })
    assert.equal(await page.evaluate('localStorage.length + sessionStorage.length'), 0)
    assert.lengthOf(await context.cookies(), cookies.length)
  })
})
