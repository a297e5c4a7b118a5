import { test } from '@japa/runner'
import type { Page } from 'playwright'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import { switchOn } from '#tests/support/assistant'
import { openPage, overflow, violations } from '#tests/support/browser'
import { FakeClaude } from '#tests/support/claude'
import { paragraph, writeDocx } from '#tests/support/documents'
import { World, type Person } from '#tests/support/world'

const entry = { type: 'risk', title: 'The crane may come late', quote: 'crane late again?' }

for (const javaScript of [true, false]) {
  test.group(`Assistant: proposals, with JavaScript ${javaScript ? 'on' : 'off'}`, (group) => {
    let claude: FakeClaude
    let world: World
    let project: Project
    let team: Person
    let risk: RaidItem

    group.each.setup(async () => {
      claude = await FakeClaude.start()
      world = await World.create()
      project = await world.project({ code: 'TWMWMWMW' })
      team = await world.person('team')
      await switchOn(world)
      risk = await raise('The tide gate leaks')
      return () => claude.stop()
    })

    const assistant = () => `/projects/${project.id}/assistant`

    function raise(title: string) {
      return world.inside(() => RaidItem.raise(project, { type: 'risk', title }), team)
    }

    function open(browser: any) {
      const width = javaScript ? 1280 : 320
      return openPage(browser, { person: team, consent: 'rejected', javaScript, width })
    }

    /** What would be sent, shown before anything is. */
    async function preview(page: Page, assert: any) {
      await page.getByRole('button', { name: 'Show what would be sent' }).click()
      await page.getByRole('heading', { name: 'What would be sent' }).waitFor()
      assert.lengthOf(claude.journal, 0)
      await sound(page, assert)
    }

    async function toProposals(page: Page) {
      await page.getByRole('link', { name: 'See the proposals' }).click()
    }

    async function sound(page: Page, assert: any) {
      if (javaScript) assert.deepEqual(await violations(page), [])
      assert.equal(await overflow(page), 0)
    }

    test('a document becomes notes, notes become drafts, a draft an entry', async ({
      browser,
      assert,
    }) => {
      claude.wantsTools('propose_entry', [entry, { ...entry, title: 'The paint may run' }])
      const { page, complaints } = await open(browser)
      await page.goto(assistant())
      await page.getByRole('link', { name: 'Entries from notes' }).click()
      await page.getByLabel('Minutes, report or email').setInputFiles({
        name: 'minutes.docx',
        mimeType: 'application/octet-stream',
        buffer: writeDocx(paragraph('Crane late again?')),
      })
      await page.getByRole('button', { name: 'Read document' }).click()
      await page.getByText('Nothing has been sent yet.').waitFor()
      assert.equal(await page.getByLabel('Your notes').inputValue(), 'Crane late again?')
      await preview(page, assert)
      await page.getByRole('button', { name: 'Propose entries' }).click()
      await toProposals(page)
      await sound(page, assert)
      await page.getByRole('button', { name: 'Dismiss: The paint may run' }).click()
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByRole('button', { name: 'Dismiss: The paint may run' }).waitFor()
      await page.getByRole('link', { name: `accept: ${entry.title}` }).click()
      await page.getByLabel('Title').fill('The crane comes late')
      await sound(page, assert)
      await page.getByRole('button', { name: 'Add risk' }).click()
      await page.getByText(/was added/).waitFor()
      assert.deepEqual(complaints, [])
    })

    test('an entry is answered by an action that was proposed', async ({ browser, assert }) => {
      claude.wantsTool('propose_action', { title: 'Grease the gate', why: 'It is dry' })
      const { page, complaints } = await open(browser)
      await page.goto(`/projects/${project.id}/raid/${risk.id}`)
      await page.getByRole('link', { name: 'Propose actions' }).click()
      await page.getByLabel('What to bear in mind').fill('No money is left')
      await preview(page, assert)
      await page.getByRole('button', { name: 'Propose actions' }).click()
      await toProposals(page)
      await sound(page, assert)
      await page.getByRole('link', { name: 'accept: Grease the gate' }).click()
      await sound(page, assert)
      await page.getByRole('button', { name: 'Add task' }).click()
      await page.getByText(`as an action for ${risk.ref}.`).waitFor()
      await page.goto(`/projects/${project.id}/raid/${risk.id}`)
      await page.getByRole('link', { name: 'Grease the gate' }).waitFor()
      assert.deepEqual(complaints, [])
    })

    test('two duplicate entries are compared, and one is closed or both are kept', async ({
      browser,
      assert,
    }) => {
      const other = await raise('Tide gate leaks again')
      claude.wantsTool('propose_merge', { keep: risk.ref, close: other.ref, why: 'Both leak' })
      const { page, complaints } = await open(browser)
      await page.goto(assistant())
      await page.getByRole('link', { name: 'Duplicates in the RAID log' }).click()
      await page.getByText('1 similar pair').waitFor()
      await preview(page, assert)
      await page.getByRole('button', { name: 'Find duplicates' }).click()
      await toProposals(page)
      await sound(page, assert)
      await page.getByRole('link', { name: /^Compare and decide/ }).click()
      await page.getByRole('rowheader', { name: 'Title' }).waitFor()
      await sound(page, assert)
      await page.getByRole('button', { name: 'Accept' }).click()
      await page.getByText(`${other.ref} is now closed, as a duplicate of ${risk.ref}.`).waitFor()
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByText(`${other.ref} is now open.`).waitFor()
      assert.deepEqual(complaints, [])
    })
  })
}
