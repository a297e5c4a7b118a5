import { test } from '@japa/runner'
import { giveConfidence } from '#models/health/assuring'
import { declareRatings } from '#models/health/declaring'
import Task from '#models/task'
import { faults, openPage } from '#tests/support/browser'
import { inDays, Table } from '#tests/support/table'

test.group('Health of a project', () => {
  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with JavaScript' : 'without JavaScript'

    test(`a watermelon is declared, explained, doubted and decided on, ${how}`, async ({
      assert,
      browser,
    }) => {
      const table = await Table.create()
      await table.dates(inDays(10), inDays(70))
      const health = `${table.base}/health`
      const options = { javaScript, consent: 'rejected' as const }
      const { page, complaints } = await openPage(browser, {
        ...options,
        person: table.people.manager,
      })
      const assurer = await openPage(browser, {
        ...options,
        person: await table.world.person('auditor'),
      })

      await page.goto(table.base)
      await page.getByRole('link', { name: 'Health', exact: true }).click()
      await page.getByText('is 60 days later than its baseline').waitFor()
      await page.getByRole('link', { name: 'Declare ratings' }).click()
      const schedule = page.getByRole('group', { name: 'Schedule' })
      await schedule.getByRole('radio', { name: 'Green' }).check()
      await page.getByRole('button', { name: 'Declare' }).click()
      await page.getByText('Schedule computes as red: say why you rate it green').first().waitFor()
      await schedule.getByLabel('Reason for the difference').fill('The board moved the gate')
      await page.getByRole('button', { name: 'Declare' }).click()
      await page.getByText('One rating was declared').waitFor()
      await page.getByText('The board moved the gate').first().waitFor()
      await page.getByText('Declared two steps better than computed').waitFor()

      await assurer.page.goto(`${health}/confidences/create`)
      await assurer.page.getByRole('radio', { name: 'Red' }).check()
      await assurer.page.getByLabel('Rationale').fill('Nobody showed how the weeks come back')
      await assurer.page.getByRole('button', { name: 'Give delivery confidence' }).click()
      await assurer.page.getByText('The delivery confidence was given').waitFor()

      await page.goto('/notifications')
      await page.getByText('turned red').first().click()
      await page.getByText('Nobody showed how the weeks come back').first().waitFor()

      const review = await table.open({ chair: 'chair', one: 'decider' })
      const decider = await openPage(browser, { ...options, person: table.sitting.one })
      await decider.page.goto(table.urlOfReview(review))
      await decider.page.getByRole('heading', { name: 'Project health' }).waitFor()
      await decider.page.getByText('The board moved the gate').first().waitFor()
      assert.deepEqual([...complaints, ...assurer.complaints, ...decider.complaints], [])
    })
  }

  test('every page about it is accessible, light and dark, and fits a small screen', async ({
    assert,
    browser,
  }) => {
    const table = await Table.create()
    const review = await furnish(table)
    const health = `${table.base}/health`
    const { page, complaints } = await openPage(browser, {
      person: await table.world.person('pmo'),
      consent: 'rejected',
    })
    const found = []
    for (const path of [
      health,
      `${health}/ratings/create`,
      `${health}/confidences/create`,
      table.base,
      '/projects',
      table.urlOfReview(review),
    ]) {
      found.push(...(await faults(page, path)))
    }
    assert.deepEqual(found, [])
    assert.deepEqual(complaints, [])
  })
})

/** A project with a rating of each colour, two of them red, an unexplained difference, and a gate before its deciders. */
async function furnish(table: Table) {
  await table.dates(inDays(10), inDays(70))
  await hold(table)
  const { membershipId: by } = table.people.manager
  const bad = { reason: 'The crane is late', pathToGreen: 'Rent one' }
  await table.world.inside(async () => {
    await declareRatings(
      table.project,
      {
        schedule: { rating: 'green', differenceReason: 'The board moved it' },
        cost: { rating: 'red', ...bad },
        scope: { rating: 'amber', ...bad },
        benefits: { rating: 'not_rated' },
      },
      { by }
    )
    await declareRatings(table.project, { cost: { rating: 'amber', ...bad } }, { by })
  })
  await table.world.inside(
    () => giveConfidence(table.project, { rating: 'amber', rationale: 'Feasible' }),
    await table.world.person('auditor')
  )
  return table.open({ chair: 'chair', one: 'decider' })
}

/** Resources compute as red. */
function hold({ world, project, people }: Table) {
  const assigneeId = people.manager.membershipId
  const held = { title: 'Lift it', status: 'blocked', blockedReason: 'No crane' } as const
  return world.inside(async () => {
    for (let count = 0; count < 3; count += 1) await Task.add(project, { ...held, assigneeId })
  })
}
