import { test } from '@japa/runner'
import Gate from '#models/gate'
import GateCriterion from '#models/gate_criterion'
import LifecycleTemplate from '#models/lifecycle_template'
import { faults, openPage } from '#tests/support/browser'
import { inDays, Table } from '#tests/support/table'
import { World } from '#tests/support/world'

test.group('Preparing a gate', () => {
  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with JavaScript' : 'without JavaScript'

    test(`from its dates to ready, ${how}`, async ({ assert, browser }) => {
      const table = await Table.create()
      await table.seat({ chair: 'chair', one: 'decider' })
      const [first, second] = await table.world.inside(async () =>
        (await GateCriterion.of(table.gate)).filter(({ weight }) => weight === 'must_meet')
      )
      const options = { javaScript, consent: 'rejected' as const }
      const { page, complaints } = await openPage(browser, {
        ...options,
        person: table.people.manager,
      })
      const chair = await openPage(browser, { ...options, person: table.sitting.chair })

      await page.goto(`${table.urlAt()}/dates/edit`)
      await page.getByLabel('Baseline').fill(inDays(10))
      await page.getByLabel('Forecast').fill(inDays(12))
      await page.getByRole('button', { name: 'Save dates' }).click()
      await page.getByText('2 days late').first().waitFor()

      await page.getByRole('link', { name: 'Readiness', exact: true }).click()
      await page.getByText('2 things to fix before submission').waitFor()
      await page.getByRole('link', { name: `Assess: ${first.title}` }).click()
      await page.getByRole('radio', { name: 'Met', exact: true }).check()
      await page.getByRole('button', { name: 'Save assessment' }).click()
      await page.getByText('The criterion was saved').waitFor()
      await page.getByLabel('File', { exact: true }).setInputFiles({
        name: 'minutes.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.from('%PDF-1.7\nthe minutes'),
      })
      await page.getByRole('button', { name: 'Attach file' }).click()
      await page.getByText('minutes.pdf was added').waitFor()

      await page.goto(`${table.urlAt()}/criteria/${second.id}`)
      await page.getByRole('radio', { name: 'Not applicable' }).check()
      await page.getByLabel('Reason').fill('Nobody new is needed')
      await page.getByRole('button', { name: 'Ask the chair' }).click()
      await page.getByText('The request was sent to the chair').waitFor()

      await chair.page.goto(`${table.urlAt()}/criteria/${second.id}`)
      await chair.page.getByRole('radio', { name: /^Consent/ }).check()
      await chair.page.getByRole('button', { name: 'Send answer' }).click()
      await chair.page.getByText('Your answer was recorded').waitFor()

      await page.goto(`${table.urlAt()}/readiness`)
      await page.getByText('Ready to submit').waitFor()
      assert.deepEqual([...complaints, ...chair.complaints], [])
    })

    test(`a lifecycle of one’s own, from a draft to a project, ${how}`, async ({
      assert,
      browser,
    }) => {
      const world = await World.create()
      const { page, complaints } = await openPage(browser, {
        javaScript,
        consent: 'rejected',
        person: await world.person('pmo'),
      })
      await page.goto('/settings/lifecycles/create')
      await page.getByLabel('Name', { exact: true }).fill('Harbour works')
      await page.getByRole('button', { name: 'Create lifecycle' }).click()
      await page.getByText('No stages yet').waitFor()
      for (const name of ['Build', 'Survey']) {
        await page.getByLabel('Name', { exact: true }).fill(name)
        await page.getByRole('button', { name: 'Add stage' }).click()
        await page.getByText(`The stage ${name} was added`).waitFor()
      }
      await page.getByRole('button', { name: 'Move up: Survey' }).click()
      await page.getByRole('button', { name: 'Move up: Build', disabled: false }).waitFor()
      await page.getByRole('link', { name: 'Add a gate to Survey' }).click()
      await page.getByRole('heading', { name: 'Add a gate' }).waitFor()
      await page.getByLabel('Name', { exact: true }).fill('Ground is sound')
      await page.getByRole('button', { name: 'Add gate' }).click()
      await page.getByRole('link', { name: 'Add a criterion to Ground is sound' }).click()
      await page.getByRole('heading', { name: 'Add a criterion' }).waitFor()
      await page.getByLabel('Criterion', { exact: true }).fill('The cores are dry')
      await page.getByRole('button', { name: 'Add criterion' }).click()
      await page.getByText('The cores are dry').first().waitFor()
      await page.getByRole('button', { name: 'Publish lifecycle' }).click()
      await page.getByText('Harbour works, version 1 is published').waitFor()
      await page.goto('/projects/create')
      await page.getByRole('radio', { name: 'Harbour works' }).waitFor()
      assert.deepEqual(complaints, [])
      await world.inside(async () => {
        const own = await LifecycleTemplate.findByOrFail('name', 'Harbour works')
        const { stages } = await own.parts()
        assert.deepEqual(
          stages.map(({ name }) => name),
          ['Survey', 'Build']
        )
      })
    })
  }

  test('every page about gates is accessible, light and dark, and fits a small screen', async ({
    assert,
    browser,
  }) => {
    const table = await Table.create()
    await table.seat({ chair: 'chair', one: 'decider' })
    const ids = await furnish(table)
    const base = `/projects/${table.project.id}`
    const paths = [
      ...[
        '',
        '/gates',
        '/timetable/edit',
        '/lifecycle/edit',
        `/stages/${table.gate.stageId}/edit`,
      ].map((path) => base + path),
      ...['', '/readiness', '/dates/edit', '/conditions', '/baselines/create'].map(
        (path) => table.urlAt() + path
      ),
      `${table.urlAt()}/criteria/${ids.criterion}`,
      '/gates',
      '/settings/lifecycles',
      '/settings/lifecycles/create',
      ...['', '/edit', `/stages/${ids.stage}/edit`, `/stages/${ids.stage}/gate/edit`].map(
        (path) => `/settings/lifecycles/${ids.draft}${path}`
      ),
      `/settings/lifecycles/${ids.draft}/criteria/${ids.templateCriterion}/edit`,
    ]
    const { page, complaints } = await openPage(browser, {
      person: await table.world.person('pmo'),
      consent: 'rejected',
    })
    const found = []
    for (const path of paths) found.push(...(await faults(page, path)))
    assert.deepEqual(found, [])
    assert.deepEqual(complaints, [])
  })
})

async function furnish(table: Table) {
  return table.world.inside(async () => {
    const gate = await Gate.findIn(table.project, table.gate.id)
    await gate.schedule({ baselineOn: inDays(3), forecastOn: inDays(40) }, 1)
    const [criterion] = await GateCriterion.of(gate)
    const light = await LifecycleTemplate.offered().firstOrFail()
    const draft = await light.nextDraft()
    const { stages, criteria } = await draft.parts()
    return {
      criterion: criterion.id,
      draft: draft.id,
      stage: stages[0].id,
      templateCriterion: criteria[0].id,
    }
  })
}
