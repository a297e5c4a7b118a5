import { test } from '@japa/runner'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { openPage, overflow, violations } from '#tests/support/browser'
import { FakeClaude } from '#tests/support/claude'
import { switchOn } from '#tests/support/assistant'
import { World, type Person } from '#tests/support/world'

test.group('Assistant', (group) => {
  let claude: FakeClaude
  let world: World
  let project: Project
  let manager: Person
  let risk: RaidItem

  group.each.setup(async () => {
    claude = await FakeClaude.start()
    world = await World.create()
    project = await world.project()
    manager = await world.person('manager')
    await sql(admin(), `update users set name = 'Mina Lowe' where id = ?`, [manager.userId])
    risk = await world.inside(
      () =>
        RaidItem.raise(project, {
          type: 'risk',
          title: 'Tide gate leaks',
          ownerId: manager.membershipId,
        }),
      manager
    )
    await switchOn(world)
    return () => claude.stop()
  })

  const path = () => `/projects/${project.id}/assistant`

  test('streams its answer word by word, then shows it with links', async ({ browser, assert }) => {
    claude.answers(`**One** risk is open: ${risk.ref}, and nothing else at all.`)
    const goOn = claude.holdAfter(1)
    const { page, complaints } = await openPage(browser, { person: manager, consent: 'rejected' })
    await page.goto(path())
    await page.getByLabel('Your question').fill('What is open?')
    await page.getByRole('button', { name: 'Ask Claude' }).click()
    const answer = page.locator('[id^=answer-]')
    await answer.getByText('**One**').first().waitFor()
    assert.notInclude(await answer.innerText(), 'at all', 'the rest is still to come')
    assert.notInclude(claude.handed.join(''), 'message_stop', 'and is not there yet')
    goOn()
    assert.equal(await page.getByLabel('Your question').inputValue(), '')
    await page.getByRole('link', { name: 'What was sent' }).waitFor()
    assert.equal(await page.locator('.turn strong').innerText(), 'One')
    assert.equal(await page.locator('.turn').count(), 1)
    assert.deepEqual(await violations(page), [])

    claude.answers('Because the gate is old.')
    await page.getByLabel('Your question').fill('Why?')
    await page.getByRole('button', { name: 'Ask Claude' }).click()
    await page.getByText('Because the gate is old.').waitFor()
    assert.lengthOf(claude.sentBody.messages, 3, 'the conversation goes on')
    await page.getByRole('link', { name: 'What was sent' }).first().waitFor()
    assert.equal(await page.locator('.turn').count(), 2)
    await page.getByRole('link', { name: risk.ref }).click()
    await page.getByRole('heading', { name: 'Tide gate leaks' }).waitFor()
    assert.deepEqual(complaints, [])
  })

  test('shows the first words while Claude is still writing', async ({ browser, assert }) => {
    claude.answers('One, two, three, four, five, six, seven, eight.')
    const goOn = claude.holdAfter(2)
    const { page } = await openPage(browser, { person: manager, consent: 'rejected' })
    await page.goto(path())
    await page.getByLabel('Your question').fill('Count')
    await page.getByRole('button', { name: 'Ask Claude' }).click()
    await page.locator('[id^=answer-] span').nth(1).waitFor()
    assert.notInclude(claude.handed.join(''), 'message_stop', 'the rest is still to come')
    goOn()
    await page.getByRole('link', { name: 'What was sent' }).waitFor()
    assert.include(await page.locator('.turn').innerText(), 'seven, eight.')
  })

  test('shows what would be sent before it is asked, and what was sent after', async ({
    browser,
    assert,
  }) => {
    const { page, complaints } = await openPage(browser, { person: manager, consent: 'rejected' })
    await page.goto(path())
    await page.getByLabel('Your question').fill('What does Mina Lowe own?')
    await page.getByRole('button', { name: 'Show what would be sent' }).click()
    const preview = page.getByRole('region', { name: 'What would be sent' })
    await preview.getByText(/^What does Person-[A-Z2-7]{5} own\?$/).waitFor()
    assert.lengthOf(claude.journal, 0)
    await preview.getByText('Full request, byte for byte').click()
    const raw = await preview.locator('pre').last().innerText()
    assert.deepEqual(await violations(page), [])
    assert.equal(await page.getByLabel('Your question').inputValue(), 'What does Mina Lowe own?')
    await page.getByRole('button', { name: 'Ask Claude' }).click()
    await page.getByRole('link', { name: 'What was sent' }).click()
    await page.getByRole('heading', { name: 'Usage' }).waitFor()
    assert.equal(claude.sent, raw)
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
  })

  test('works without JavaScript: asks, waits, answers', async ({ browser, assert }) => {
    claude.answers(`Look at ${risk.ref}.`)
    const goOn = claude.holdAfter(1)
    const { page } = await openPage(browser, {
      person: manager,
      javaScript: false,
      consent: 'rejected',
      width: 320,
    })
    await page.goto(path())
    await page.getByLabel('Your question').fill('What is open?')
    await page.getByRole('button', { name: 'Show what would be sent' }).click()
    await page.getByRole('heading', { name: 'What would be sent' }).waitFor()
    assert.equal(await page.getByLabel('Your question').inputValue(), 'What is open?')
    await page.getByRole('button', { name: 'Ask Claude' }).click()
    await page.getByRole('heading', { name: 'Claude is answering' }).waitFor()
    goOn()
    await page.getByRole('link', { name: risk.ref }).waitFor()
    assert.equal(await overflow(page), 0)
    await page.getByRole('link', { name: 'Back to the conversation' }).click()
    await page.getByText('Look at').waitFor()
    assert.equal(await overflow(page), 0)
  })

  test('stops when the reader goes elsewhere', async ({ browser, assert }) => {
    claude.answers('One, two, three, four, five, six, seven, eight, nine, ten.')
    claude.holdAfter(1)
    const { page } = await openPage(browser, { person: manager, consent: 'rejected' })
    await page.goto(path())
    await page.getByLabel('Your question').fill('Count')
    await page.getByRole('button', { name: 'Ask Claude' }).click()
    await page.locator('[id^=answer-] span').first().waitFor()
    await page.getByRole('link', { name: 'RAID log' }).first().click()
    await page.getByRole('heading', { name: 'RAID log' }).waitFor()
    await page.getByRole('link', { name: 'Assistant', exact: true }).click()
    await page.getByText('You stopped Claude, or left, before the answer was complete.').waitFor()
    assert.equal(await page.locator('.turn').count(), 1)
  })

  test('stops when it is told to, and can be asked again', async ({ browser, assert }) => {
    claude.answers('One, two, three, four, five, six, seven, eight, nine, ten.')
    claude.holdAfter(1)
    const { page } = await openPage(browser, { person: manager, consent: 'rejected' })
    await page.goto(path())
    await page.getByLabel('Your question').fill('Count')
    await page.getByRole('button', { name: 'Ask Claude' }).click()
    await page.locator('[id^=answer-] span').first().waitFor()
    await page.getByRole('link', { name: 'Stop', exact: true }).click()
    await page.getByText('You stopped Claude, or left, before the answer was complete.').waitFor()
    await page.getByRole('link', { name: 'Ask again' }).click()
    await page.waitForURL(/again=/)
    assert.equal(await page.getByLabel('Your question').inputValue(), 'Count')
  })

  test('runs no script from hostile records or a hostile answer', async ({ browser, assert }) => {
    const hostile = [
      '<img src=https://evil.test/a.png onerror=alert(1)>',
      '![x](https://evil.test/b.png) [click](https://evil.test)',
      '<script>alert(1)</script><form action=https://evil.test hx-post=/projects>',
      '<hx-partial hx-target="#main">gone</hx-partial>',
    ].join('\n\n')
    claude.answers(hostile, { latency: 20 })
    const { page, complaints } = await openPage(browser, { person: manager, consent: 'rejected' })
    const strangers: string[] = []
    page.on('request', (request) => {
      if (new URL(request.url()).hostname.includes('evil')) strangers.push(request.url())
    })
    page.on('dialog', (dialog) => strangers.push(dialog.message()))
    await page.goto(path())
    await page.getByLabel('Your question').fill(hostile)
    await page.getByRole('button', { name: 'Ask Claude' }).click()
    await page.getByRole('link', { name: 'What was sent' }).waitFor()
    assert.equal(await page.locator('.turn').count(), 1)
    assert.equal(await page.locator('.turn :is(img, script, form, iframe)').count(), 0)
    assert.equal(await page.locator('.turn a[href*=evil]').count(), 0)
    await page.reload()
    await page.getByText('evil.test').first().waitFor()
    assert.deepEqual(strangers, [])
    assert.deepEqual(complaints, [])
  })
})
