import { test } from '@japa/runner'
import type { Assert } from '@japa/assert'
import type { Page } from 'playwright'
import { openPage, overflow, violations } from '#tests/support/browser'
import { Tasks } from '#tests/support/tasks'

const PLAN = [
  'ID,Task,Start,Finish,Resource names,Predecessors',
  '1,Build the quay,2027-01-04,2027-03-01,,',
  '1.1,Drive the piles,2027-01-04,2027-02-01,team person,',
  '1.2,Pour the deck,2027-02-02,2027-03-01,Somebody,1.1',
].join('\n')

/** What a screen reader finds on the page, with what CSS says. */
async function spoken(page: Page) {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  const texts = nodes.filter(({ role }) => role?.value === 'StaticText')
  return texts
    .map(({ name }) => name?.value)
    .join(' ')
    .replaceAll(/\s+/g, ' ')
}

for (const javaScript of [true, false]) {
  test.group(`Working on tasks, ${javaScript ? 'with' : 'without'} JavaScript`, (group) => {
    let tasks: Tasks
    group.setup(async () => {
      tasks = await Tasks.create()
    })
    const visit = (browser: any, role: 'manager' | 'team' = 'manager') =>
      openPage(browser, { person: tasks.people[role], javaScript, consent: 'rejected' })

    /** Nothing is wrong with the page for anybody who reads it, nor wider than its window. */
    async function look(page: Page, assert: Assert) {
      if (!javaScript) return
      assert.deepEqual(await violations(page), [], page.url())
      assert.equal(await overflow(page), 0, page.url())
    }

    test('the printed list has no check boxes', async ({ assert, browser }) => {
      await tasks.add({ title: 'Sweep the quay' })
      const { page } = await visit(browser)
      await page.goto(tasks.list)
      const controls = page.locator('.picking, .cell-pick').filter({ visible: true })
      assert.isAbove(await controls.count(), 0)
      await page.emulateMedia({ media: 'print' })
      assert.equal(await controls.count(), 0)
      assert.isTrue(await page.getByText('Sweep the quay').first().isVisible())
    })

    test('a task is added, divided, listed in steps, ordered and talked about', async ({
      assert,
      browser,
    }) => {
      const { page, complaints } = await visit(browser)
      await page.goto(tasks.list)
      await page.getByRole('link', { name: 'Add a task' }).first().click()
      await look(page, assert)
      await page.getByLabel('Title').fill('Dredge the basin')
      await page.locator('#assignee').selectOption({ label: tasks.people.team.name })
      await page.getByLabel('Due', { exact: true }).fill('2027-03-01')
      await page.getByRole('button', { name: 'Add task' }).click()
      await page.getByRole('heading', { level: 1, name: 'Dredge the basin' }).waitFor()
      const whole = page.url()

      await page.getByRole('link', { name: 'Add a subtask' }).click()
      await page.getByText('Subtask of').waitFor()
      await page.getByLabel('Title').fill('Sound the depth')
      await page.getByRole('button', { name: 'Add task' }).click()
      await page.getByRole('heading', { level: 1, name: 'Sound the depth' }).waitFor()
      await page.getByText('Part of').first().waitFor()
      await page.goto(whole)
      await page.locator('#subtasks').getByRole('link', { name: 'Sound the depth' }).waitFor()

      await page.getByLabel('New step').fill('Hire a barge')
      await page.locator('#checklist').getByRole('button', { name: 'Add step' }).click()
      await page.getByRole('button', { name: 'Hire a barge', exact: true }).click()
      await page.locator('.steps__step.is-done').waitFor()

      const other = await tasks.add({ title: 'Mark the channel' })
      await page.getByLabel('Wait for another task').fill(`T${other.number}`)
      await page.locator('form[action$="/predecessors"]').getByRole('button').click()
      await page.getByText(`now waits for ${other.ref}`).waitFor()

      await page.getByLabel('Add a comment').fill(`@${tasks.people.team.name} how deep is it?`)
      await page.getByRole('button', { name: 'Add comment' }).click()
      await page.locator('.comment', { hasText: 'how deep is it?' }).waitFor()
      await look(page, assert)

      const { page: theirs } = await visit(browser, 'team')
      await theirs.goto('/notifications')
      await theirs.getByText('mentioned you').first().waitFor()
      await look(theirs, assert)
      assert.deepEqual(complaints, [])
    })

    test('a card is moved on the board, a row is changed in the list', async ({
      assert,
      browser,
    }) => {
      const task = await tasks.add({ title: 'Paint the bollards' })
      const { page, complaints } = await visit(browser)
      await page.goto(`${tasks.list}?view=board`)
      const card = page.locator(`#card-${task.id}`)
      await card.locator('summary').click()
      await card.getByRole('button', { name: 'In progress' }).click()
      await page.getByText(`${task.ref} is now in progress.`).waitFor()
      await look(page, assert)

      await page.goto(tasks.list)
      await page.locator(`#task-${task.id}`).getByRole('link', { name: 'In progress' }).click()
      await page.getByLabel(`Assignee of ${task.ref}`).selectOption({ label: 'team person' })
      await page.getByLabel(`Due date of ${task.ref}`).fill('2027-04-01')
      await look(page, assert)
      await page.getByRole('button', { name: /^Save / }).click()
      await page.getByText(`${task.ref} was saved.`).waitFor()
      const row = page.locator(`#task-${task.id}`)
      assert.match(await row.innerText(), /team person[\s\S]+1 Apr 2027/)
      assert.deepEqual(complaints, [])
    })

    test('many are chosen, changed together, refused together and put back', async ({
      assert,
      browser,
    }) => {
      const fresh = await Tasks.create()
      const chosen = [await fresh.add({ title: 'One' }), await fresh.add({ title: 'Two' })]
      const { page, complaints } = await openPage(browser, {
        person: fresh.people.manager,
        javaScript,
        consent: 'rejected',
      })
      await page.goto(fresh.list)
      await look(page, assert)
      await page.getByRole('button', { name: 'Change selected' }).click()
      await page.getByText('Choose at least one task.').waitFor()
      const below = page.locator('.picked')
      await below.waitFor({ state: 'hidden' })
      for (const [index, { ref }] of chosen.entries()) {
        await page.getByRole('checkbox', { name: `Select ${ref}` }).check()
        assert.include(await spoken(page), `${index + 1} selected`)
      }
      await look(page, assert)
      await page.getByRole('checkbox', { name: `Select ${chosen[1].ref}` }).uncheck()
      assert.include(await spoken(page), '1 selected')
      await below.getByRole('button', { name: 'Change selected' }).click()
      await page.getByRole('heading', { level: 1, name: 'Change 1 task' }).waitFor()
      await page.getByRole('link', { name: 'Back to the list' }).click()
      await page.getByRole('link', { name: 'Select all on this page' }).click()
      await page.getByRole('link', { name: 'Select none' }).waitFor()
      assert.isTrue(await page.getByRole('checkbox', { name: 'Select' }).first().isChecked())
      await page.getByRole('button', { name: 'Change selected' }).first().click()
      await page.getByRole('heading', { level: 1, name: 'Change 2 tasks' }).waitFor()
      await look(page, assert)

      await page.getByLabel('Days later').fill('7')
      await page.getByRole('button', { name: 'Move due dates' }).click()
      await page
        .getByText('Nothing was changed, because 2 tasks cannot be changed this way.')
        .waitFor()
      assert.equal(await page.getByLabel('Days later').inputValue(), '7')
      await look(page, assert)

      await page.getByLabel('Status', { exact: true }).selectOption('blocked')
      await page.getByLabel('What is holding them up').fill('The tide')
      await page.getByRole('button', { name: 'Set status' }).click()
      await page.getByText('2 tasks changed.').waitFor()
      assert.equal(await page.getByText('The tide').count(), 2)
      await look(page, assert)
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByText('2 tasks put back.').waitFor()
      assert.equal(await page.getByText('The tide').count(), 0)
      assert.deepEqual(complaints, [])
    })

    test('two who edit at once both keep what they wrote', async ({ assert, browser }) => {
      const task = await tasks.add({ title: 'Repair the crane' })
      const { page } = await visit(browser)
      await page.goto(`${tasks.pageOf(task)}/edit`)
      await tasks.world.inside(
        () => task.revise({ title: 'Repair both cranes' }, 1),
        tasks.people.pmo
      )
      await page.getByLabel('Title').fill('Replace the crane')
      await page.getByRole('button', { name: 'Save changes' }).click()
      await page.getByText('Someone else changed this too').waitFor()
      await look(page, assert)
      await page.getByText('Repair both cranes').first().waitFor()
      await page.getByLabel(/Replace the crane/).check()
      await page.getByRole('button', { name: 'Save chosen versions' }).click()
      await page.getByRole('heading', { level: 1, name: 'Replace the crane' }).waitFor()
    })

    test('a plan is imported and undone', async ({ assert, browser }) => {
      const fresh = await Tasks.create()
      const { page, complaints } = await openPage(browser, {
        person: fresh.people.manager,
        javaScript,
        consent: 'rejected',
      })
      await page.goto(fresh.list)
      await page.getByRole('link', { name: 'Import a plan' }).click()
      const buffer = Buffer.from(PLAN)
      await page
        .getByLabel('File')
        .setInputFiles({ name: 'plan.csv', mimeType: 'text/csv', buffer })
      await page.getByRole('button', { name: 'Upload file' }).click()
      await page.getByRole('heading', { name: '3 tasks will be added' }).waitFor()
      await page.getByText('“Somebody” is not known here').waitFor()
      await look(page, assert)
      await page.getByRole('button', { name: 'Import 3 tasks' }).click()
      await page.getByRole('heading', { name: '3 tasks added' }).waitFor()
      await look(page, assert)
      await page.getByRole('link', { name: 'Open the tasks' }).click()
      await page.getByRole('link', { name: 'Pour the deck' }).click()
      await page.getByText('Part of').first().waitFor()
      await page.getByRole('heading', { name: 'Waits for' }).waitFor()
      await page.goto(`/projects/${fresh.project.id}/imports`)
      await page.getByRole('link', { name: 'plan.csv' }).click()
      await page.getByRole('button', { name: 'Undo this import' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Undo this import' }).click()
      await page.getByRole('heading', { name: 'Import undone' }).waitFor()
      await look(page, assert)
      assert.deepEqual(
        complaints.filter((complaint) => !complaint.includes('ws:')),
        []
      )
    })

    test('a calendar is given an address of its own, which is taken back', async ({
      assert,
      browser,
    }) => {
      const { page, complaints } = await visit(browser)
      await page.goto('/tasks')
      await look(page, assert)
      await page.getByRole('link', { name: 'Add to your calendar' }).click()
      await page.getByRole('heading', { level: 1, name: 'Your calendar' }).waitFor()
      await look(page, assert)
      await page.getByRole('button', { name: 'Create an address' }).first().click()
      const address = await page.getByRole('textbox', { name: 'Address' }).inputValue()
      await look(page, assert)
      const feed = await page.request.get(address)
      assert.include(await feed.text(), 'BEGIN:VCALENDAR')
      await page.getByRole('button', { name: /^Revoke ?:/ }).click()
      await page.getByRole('button', { name: 'Revoke address' }).click()
      await page.getByRole('button', { name: 'Create an address' }).nth(1).waitFor()
      const gone = await page.request.get(address)
      assert.equal(gone.status(), 404)
      assert.deepEqual(complaints, [])
    })
  })
}
