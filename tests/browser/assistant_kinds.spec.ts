import { test } from '@japa/runner'
import Gate from '#models/gate'
import RaidItem from '#models/raid_item'
import StatusReport from '#models/status_report'
import Task from '#models/task'
import { openPage, overflow, violations } from '#tests/support/browser'
import { deskFor } from '#tests/support/assistant'
import { Reports } from '#tests/support/reports'

const ways = [
  { name: 'with JavaScript', javaScript: true, width: 1280 },
  { name: 'without JavaScript, on a phone', javaScript: false, width: 320 },
]

test.group('Assistant: what it proposes', (group) => {
  const desk = deskFor(group)
  let risk: RaidItem
  let assumption: RaidItem

  group.each.setup(async () => {
    const raise = (type: 'risk' | 'assumption', title: string) =>
      desk.world.inside(() => RaidItem.raise(desk.project, { type, title }), desk.manager)
    risk = await raise('risk', 'Tide gate leaks')
    assumption = await raise('assumption', 'The crane comes in May')
  })

  const project = () => `/projects/${desk.project.id}`

  function managerIn(browser: any, { javaScript, width }: (typeof ways)[number]) {
    return openPage(browser, { person: desk.manager, consent: 'rejected', javaScript, width })
  }

  test('drafts a report, which its author changes and accepts field by field: {name}')
    .with(ways)
    .run(async ({ assert, browser }, way) => {
      const report = await new Reports(desk.world, desk.project).begin()
      const sentences = [{ text: 'The tide gate leaks.', refs: [risk.ref] }]
      desk.claude.wantsTools('draft_field', [{ field: 'summary', sentences }])
      const { page, complaints } = await managerIn(browser, way)
      await page.goto(`${project()}/reports/${report.id}/edit`)
      await page.getByRole('link', { name: 'Draft with Claude' }).click()
      await page.getByRole('button', { name: 'Show what would be sent' }).click()
      await page.getByRole('heading', { name: 'What would be sent' }).waitFor()
      assert.lengthOf(desk.claude.journal, 0)
      await page.getByRole('button', { name: 'Draft with Claude' }).click()
      await page.getByRole('link', { name: 'See the proposals' }).click()
      await page.getByRole('link', { name: risk.ref }).waitFor()
      assert.equal(await overflow(page), 0)
      if (way.javaScript) assert.deepEqual(await violations(page), [])
      const field = page.getByLabel('Summary: new text')
      assert.equal(await field.inputValue(), `The tide gate leaks. (${risk.ref})`)
      await field.fill(`The tide gate still leaks. (${risk.ref})`)
      await page.getByRole('button', { name: 'Add to draft: Summary' }).click()
      await page.getByText(`The text was added to the draft of ${report.ref}.`).waitFor()
      const saved = await desk.world.inside(() => StatusReport.findOrFail(report.id))
      assert.equal(saved.summary, `The tide gate still leaks. (${risk.ref})`)
      assert.deepEqual(complaints, [])
    })

  test('questions a gate, and a question becomes a task or is dismissed: {name}')
    .with(ways)
    .run(async ({ assert, browser }, way) => {
      const gate = await desk.world.inside(() => Gate.of(desk.project).firstOrFail())
      const ref = gate.refersTo(desk.project).ref
      desk.claude.wantsTools('ask_question', [
        { question: 'Who stops the leak?', to: 'submitter', refs: [risk.ref] },
        { question: 'What shows that it is met?', to: 'deciders', refs: [`${ref}.C1`] },
      ])
      const { page, complaints } = await managerIn(browser, way)
      await page.goto(`${project()}/gates/${gate.id}`)
      await page.getByRole('link', { name: 'Challenge this gate with AI' }).click()
      await page.getByRole('button', { name: 'Challenge this gate' }).click()
      await page.getByRole('link', { name: 'See the proposals' }).click()
      await page.getByRole('link', { name: `${ref}.C1` }).waitFor()
      assert.equal(await overflow(page), 0)
      if (way.javaScript) assert.deepEqual(await violations(page), [])
      await page.getByRole('button', { name: 'Dismiss: What shows that it is met?' }).click()
      await page.getByText('The proposal was dismissed.').waitFor()
      await page.getByRole('link', { name: 'Use question: Who stops the leak?' }).click()
      await page.getByRole('heading', { name: 'Add a comment' }).waitFor()
      assert.equal(await overflow(page), 0)
      if (way.javaScript) assert.deepEqual(await violations(page), [])
      await page.getByRole('button', { name: 'Add task' }).click()
      await page.getByText(/-T1 was added\./).waitFor()
      const task = await desk.world.inside(() => Task.query().firstOrFail())
      assert.equal(task.title, `Who stops the leak? (${ref})`)
      assert.deepEqual(complaints, [])
    })

  test('checks assumptions, and one is given a day for its review: {name}')
    .with(ways)
    .run(async ({ assert, browser }, way) => {
      desk.claude.wantsTool('report_assumption', {
        ref: assumption.ref,
        finding: 'untested',
        why: 'Nothing says how.',
        refs: [risk.ref],
        validation_method: 'Ask the harbour',
      })
      const { page, complaints } = await managerIn(browser, way)
      await page.goto(`${project()}/assistant`)
      await page.getByRole('link', { name: 'Check assumptions' }).click()
      await page.getByRole('button', { name: 'Check assumptions' }).click()
      await page.getByRole('link', { name: 'See the proposals' }).click()
      await page.getByText('Nothing says how.').waitFor()
      assert.equal(await overflow(page), 0)
      if (way.javaScript) assert.deepEqual(await violations(page), [])
      await page.getByRole('link', { name: `Respond to ${assumption.ref}` }).click()
      await page.getByRole('heading', { name: 'Plan its validation' }).waitFor()
      assert.equal(await overflow(page), 0)
      if (way.javaScript) assert.deepEqual(await violations(page), [])
      await page.getByRole('button', { name: 'Save assumption' }).click()
      await page.getByText(`${assumption.ref} was saved.`).waitFor()
      const saved = await desk.world.inside(() => RaidItem.findOrFail(assumption.id))
      assert.equal(saved.validationMethod, 'Ask the harbour')
      assert.deepEqual(complaints, [])
    })

  test('tells what changed since a day, with links: {name}')
    .with(ways)
    .run(async ({ assert, browser }, way) => {
      desk.claude.answers(`**One** risk is new: ${risk.ref}.`)
      const { page, complaints } = await managerIn(browser, way)
      await page.goto(`${project()}/assistant`)
      await page.getByRole('link', { name: 'What changed' }).click()
      await page.getByRole('button', { name: 'Summarise' }).click()
      await page.getByRole('link', { name: risk.ref }).first().waitFor()
      assert.equal(await overflow(page), 0)
      if (way.javaScript) assert.deepEqual(await violations(page), [])
      await page.getByRole('link', { name: 'Back to what changed' }).click()
      await page.getByRole('heading', { name: 'Latest summary' }).waitFor()
      assert.equal(await overflow(page), 0)
      if (way.javaScript) assert.deepEqual(await violations(page), [])
      assert.deepEqual(complaints, [])
    })
})
