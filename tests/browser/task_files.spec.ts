import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import { openPage, overflow, violations } from '#tests/support/browser'
import { linkedTask } from '#tests/support/exercises/externals'

const PDF = { mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nthe survey\n%%EOF\n') }
const PAGE = { name: 'plan.html', mimeType: 'text/html', buffer: Buffer.from('<html>') }

for (const javaScript of [true, false]) {
  test.group(`Files of a task, ${javaScript ? 'with' : 'without'} JavaScript`, () => {
    test('are handed in through a link, removed again, and found by members', async ({
      browser,
      assert,
    }) => {
      const { project, task, token, world } = await linkedTask('Harbour Board')
      const { page, context, complaints } = await openPage(browser, { javaScript })
      const look = async (shown: typeof page) => {
        if (javaScript) assert.deepEqual(await violations(shown), [])
        for (const width of [1280, 375]) {
          await shown.setViewportSize({ width, height: 900 })
          assert.equal(await overflow(shown), 0)
        }
      }
      await page.goto(`/task/${token}`)
      await page.getByText('You have not added any files.').waitFor()
      await look(page)

      // What is refused is said beside the field, on the page of the task.
      await page.getByLabel('Add a file').setInputFiles(PAGE)
      await page.getByRole('button', { name: 'Add file', exact: true }).click()
      await page.getByText('Error: Choose a file of one of these kinds').waitFor()
      await look(page)

      for (const name of ['survey.pdf', 'draft.pdf']) {
        await page.getByLabel('Add a file').setInputFiles({ name, ...PDF })
        await page.getByRole('button', { name: 'Add file', exact: true }).click()
        await page.getByText('Your file was added.').waitFor()
      }
      await look(page)
      const draft = page.getByRole('listitem').filter({ hasText: 'draft.pdf' })
      await draft.getByRole('button', { name: 'Remove' }).first().click()
      const asked = page.getByRole('dialog', { name: 'Remove draft.pdf?' })
      await asked.waitFor()
      await look(page)
      await asked.getByRole('button', { name: 'Remove' }).click()
      await page.getByText('Your file was removed.').waitFor()
      assert.equal(await page.getByText('draft.pdf').count(), 0)
      assert.deepEqual(await context.cookies(), [])

      // A member finds it on the task, saves it, adds another and removes that.
      const person = await world.person('manager')
      const options = { person, javaScript, consent: 'rejected' as const }
      const { page: inside, complaints: others } = await openPage(browser, options)
      await inside.goto(`/projects/${project.id}/tasks/${task.id}`)
      await inside.getByText('by A surveyor (external)').waitFor()
      await look(inside)
      const saving = inside.waitForEvent('download')
      await inside.getByRole('link', { name: 'survey.pdf' }).click()
      const saved = await saving
      assert.equal(saved.suggestedFilename(), 'survey.pdf')
      assert.deepEqual(await readFile(await saved.path()), PDF.buffer)
      await inside.getByLabel('File', { exact: true }).setInputFiles(PAGE)
      await inside.getByRole('button', { name: 'Attach file' }).click()
      await inside.getByText('Choose a file of one of these kinds').first().waitFor()
      await look(inside)
      await inside.getByLabel('File', { exact: true }).setInputFiles({ name: 'ours.pdf', ...PDF })
      await inside.getByRole('button', { name: 'Attach file' }).click()
      await inside.getByText('ours.pdf was attached.').waitFor()
      const ours = inside.locator('#files li').filter({ hasText: 'ours.pdf' })
      await ours.getByRole('button', { name: 'Remove' }).first().click()
      await inside
        .getByRole('dialog', { name: 'Remove ours.pdf?' })
        .getByRole('button', { name: 'Remove' })
        .click()
      await inside.getByText('ours.pdf was removed.').waitFor()
      await look(inside)

      // Once the task has ended, what was handed in stays.
      await page.getByRole('button', { name: 'It is done' }).click()
      await page.getByText('you cannot add or remove files').waitFor()
      assert.equal(await page.getByRole('button', { name: 'Remove' }).count(), 0)
      await look(page)
      // The browser notes each refusal in its console.
      const unexpected = [...complaints, ...others].filter((one) => !one.includes('status of 422'))
      assert.deepEqual(unexpected, [])
    })
  })
}
