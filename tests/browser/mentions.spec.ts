import { test } from '@japa/runner'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { openPage, overflow, violations, type Window } from '#tests/support/browser'
import { Log } from '#tests/support/raid_log'

/** An entry in a project of which two people are called Ana. */
async function setUp() {
  const log = await Log.create()
  const item = await log.raise('issue', { issueKind: 'problem_concern' })
  for (const [person, name] of [
    [log.people.team, 'Ana Ruiz'],
    [log.people.sponsor, 'Ana Weiß-Łuk'],
  ] as const) {
    await sql(admin(), 'update users set name = ? where id = ?', [name, person.userId])
  }
  const options: Window = { person: log.people.manager, consent: 'rejected' }
  return { log, item, options, url: log.urlOf(item) }
}

test.group('Names behind an @', () => {
  test('are offered while typing, chosen by keyboard or pointer, and notify the person', async ({
    assert,
    browser,
  }) => {
    const { options, url } = await setUp()
    const { page, complaints } = await openPage(browser, options)
    await page.goto(url)
    const field = page.getByLabel('Add a comment')
    const list = page.getByRole('listbox', { name: 'People to tell' })
    const chosen = list.getByRole('option', { selected: true })

    await field.pressSequentially('Please see to it, @an')
    await list.waitFor()
    assert.deepEqual(await list.getByRole('option').allInnerTexts(), ['Ana Ruiz', 'Ana Weiß-Łuk'])
    assert.equal(await chosen.innerText(), 'Ana Ruiz')
    assert.equal(await field.getAttribute('aria-activedescendant'), await chosen.getAttribute('id'))
    await page.locator('#announcer', { hasText: '2 names to choose from' }).waitFor()
    assert.deepEqual(await violations(page), [])
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize({ width: 320, height: 800 })
    assert.deepEqual(await violations(page, ['color-contrast', 'target-size']), [])
    assert.equal(await overflow(page), 0)
    await page.setViewportSize({ width: 1280, height: 900 })

    await page.keyboard.press('ArrowDown')
    assert.equal(await chosen.innerText(), 'Ana Weiß-Łuk')
    await page.keyboard.press('ArrowDown')
    assert.equal(await chosen.innerText(), 'Ana Ruiz', 'it goes round')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    assert.equal(await field.inputValue(), 'Please see to it, @Ana Weiß-Łuk ')
    await list.waitFor({ state: 'hidden' })

    await field.pressSequentially('and @ana r')
    await list.getByRole('option', { name: 'Ana Ruiz' }).click()
    assert.equal(await field.inputValue(), 'Please see to it, @Ana Weiß-Łuk and @Ana Ruiz ')
    await page.getByRole('button', { name: 'Add comment' }).click()
    await page.locator('.mention', { hasText: '@Ana Ruiz' }).waitFor()
    assert.equal(await page.locator('.mention').count(), 2)
    assert.deepEqual(complaints, [])
  })

  test('go away with Escape and with the focus, and leave Enter to the text', async ({
    assert,
    browser,
  }) => {
    const { options, url } = await setUp()
    const { page, complaints } = await openPage(browser, options)
    await page.goto(url)
    const field = page.getByLabel('Add a comment')
    const list = page.getByRole('listbox', { name: 'People to tell' })
    await field.pressSequentially('@an')
    await list.waitFor()
    await page.keyboard.press('Escape')
    await list.waitFor({ state: 'hidden' })
    assert.isNull(await field.getAttribute('aria-activedescendant'))
    await page.keyboard.press('Enter')
    assert.equal(await field.inputValue(), '@an\n')
    await field.pressSequentially('@ana')
    await list.waitFor()
    await page.keyboard.press('Tab')
    await list.waitFor({ state: 'hidden' })
    await field.pressSequentially(' x@ana ')
    const asked = page.waitForResponse(/mentions\?q=n/)
    await field.pressSequentially('@nobody')
    await (await asked).finished()
    await page.evaluate('new Promise(requestAnimationFrame)')
    assert.isFalse(await list.isVisible())
    assert.deepEqual(complaints, [])
  })

  test('work without JavaScript, as the hint says', async ({ browser }) => {
    const { options, url } = await setUp()
    const { page } = await openPage(browser, { ...options, javaScript: false })
    await page.goto(url)
    await page.getByText('type @ and their full name or email address').waitFor()
    await page.getByRole('link', { name: 'See who is in this project' }).click()
    await page.getByRole('heading', { name: 'Members', exact: true }).waitFor()
    await page.goto(url)
    await page.getByLabel('Add a comment').fill('@Ana Ruiz, please')
    await page.getByRole('button', { name: 'Add comment' }).click()
    await page.locator('.mention', { hasText: '@Ana Ruiz' }).waitFor()
  })
})
