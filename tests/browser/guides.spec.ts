import { access } from 'node:fs/promises'
import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { guides } from '#registries/guides'
import { openPage, overflow, violations } from '#tests/support/browser'
import { linkedTask } from '#tests/support/exercises/externals'
import { receive } from '#tests/support/exercises/privacy'
import { isWriting, pictureFile, takePicture, type Shot } from '#tests/support/guide_pictures'
import { GuideWorld } from '#tests/support/guide_world'
import { registerStaff, World } from '#tests/support/world'

const SIZE = { width: 900, height: 640 }

/** Where lists are shown as tables. */
const LARGE = { width: 1280, height: 800 }

test.group('Guides', (group) => {
  group.each.timeout(120_000)

  test('are reached from the foot of a page, read by keyboard, and clean in light and dark', async ({
    browser,
    assert,
  }) => {
    const { page, complaints } = await openPage(browser, { consent: 'rejected' })
    const small = await openPage(browser, { consent: 'rejected', dark: true, width: 320 })
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Help', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Help' }).waitFor()
    assert.deepEqual(await violations(page), [])
    for (const { slug, title } of guides) {
      await page.goto(`/help/${slug}`)
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      assert.deepEqual(await violations(page), [], slug)
      await small.page.goto(`/help/${slug}`)
      assert.deepEqual(await violations(small.page, ['color-contrast']), [], slug)
      assert.equal(await overflow(small.page), 0, slug)
    }
    assert.deepEqual([...complaints, ...small.complaints], [])
  })

  test('lead from heading to heading without JavaScript, and print without their menus', async ({
    browser,
    assert,
  }) => {
    const { page } = await openPage(browser, { javaScript: false, consent: 'rejected' })
    await page.goto('/help/concepts')
    await page
      .getByRole('navigation', { name: 'On this page' })
      .getByRole('link', { name: 'Seals' })
      .click()
    assert.isTrue(page.url().endsWith('/help/concepts#seals'))
    await page.getByRole('link', { name: /Next/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Tokens, webhooks and files' }).waitFor()
    await page.emulateMedia({ media: 'print' })
    assert.isFalse(await page.getByRole('navigation', { name: 'All guides' }).first().isVisible())
    assert.isTrue(await page.getByRole('heading', { name: 'Webhooks', exact: true }).isVisible())
  })
})

test.group('Guides: every picture shows a screen that is there', (group) => {
  group.each.timeout(240_000)

  test('as people of the organisation see it', async ({ browser, assert }) => {
    const scene = await GuideWorld.create()
    const gate = await scene.gate()
    const risk = await scene.risk()
    const report = await scene.report()
    const open = async (role: Parameters<World['person']>[0]) => {
      const person = await scene.world.person(role)
      const { page } = await openPage(browser, { person, consent: 'rejected' })
      await page.setViewportSize(SIZE)
      return page
    }
    const { base } = scene
    const gatePage = `${base}/gates/${gate.id}`
    const [manager, pmo] = [await open('manager'), await open('pmo')]
    const shoot = (name: string, page: Page, path: string, heading: Shot['heading']) =>
      shown(assert, { name, page, path, heading })
    const shootList = async (...of: Parameters<typeof shoot>) => {
      await of[1].setViewportSize(LARGE)
      await shoot(...of)
      await of[1].setViewportSize(SIZE)
    }

    await shoot('project-home', manager, base, 'Visitor centre at the mill')
    await shootList('raid-log', manager, `${base}/raid`, 'RAID log')
    await shoot('risk', manager, `${base}/raid/${risk.id}`, risk.title)
    await shoot('health', manager, `${base}/health/ratings/create`, 'Declare ratings')
    await shoot('report', manager, `${base}/reports/${report!.id}`, 'Status report')
    await shoot('my-work', manager, '/work', 'My work')
    await shoot('gate-readiness', manager, `${gatePage}/readiness`, 'Readiness')
    await shoot('lifecycles', pmo, '/settings/lifecycles', 'Settings')
    await shootList('portfolio', pmo, '/portfolio', 'Portfolio')
    await shoot('audit-trail', await open('auditor'), '/audit', 'Audit trail')
    const review = await scene.submitGate()
    await shoot('gate-board', pmo, `${gatePage}/board`, /^Who decides/)
    const sponsor = await open('sponsor')
    await shoot('gate-review', sponsor, `${gatePage}/reviews/${review.id}`, gate.name)
  })

  test('as newcomers, people outside and the platform see it', async ({ browser, assert }) => {
    const world = await World.create('Mill Trust')
    const owner = await openPage(browser, {
      person: await world.person('owner'),
      consent: 'rejected',
    })
    const outside = await openPage(browser, { consent: 'rejected' })
    const staff = await registerStaff()
    const desk = await openPage(browser, { person: staff, consent: 'rejected' })
    for (const { page } of [owner, outside, desk]) await page.setViewportSize(SIZE)
    await receive(await world.person('member'))
    const { token, task } = await linkedTask('Mill Trust')
    const shoot = (name: string, page: Page, path: string, heading: Shot['heading']) =>
      shown(assert, { name, page, path, heading })

    await shoot('set-up', owner.page, '/work', 'My work')
    await shoot('tokens', owner.page, '/profile/tokens', 'Tokens')
    await shoot('linked-task', outside.page, `/task/${token}`, task.title)
    await shoot('privacy-desk', desk.page, '/admin/privacy', 'Privacy desk')
    await shoot('alert', desk.page, '/admin/alerts/create', 'Write an alert')
  })
})

/** The screen stands, and its picture is there; it is taken anew where that is asked for. */
async function shown(
  assert: { equal(one: unknown, other: unknown, message?: string): void },
  { name, page, path, heading }: Shot
) {
  const answer = await page.goto(path)
  assert.equal(answer!.status(), 200, path)
  await page.getByRole('heading', { level: 1, name: heading }).waitFor()
  const until = page.locator('#ends_at')
  if (await until.count()) await until.fill('2026-12-01T18:00')
  if (isWriting) await takePicture(page, name)
  await access(pictureFile(name))
}
