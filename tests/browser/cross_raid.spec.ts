import { test } from '@japa/runner'
import type { Locator } from 'playwright'
import RaidEscalation from '#models/raid_escalation'
import { openPage, overflow, violations } from '#tests/support/browser'
import { TwoProjects } from '#tests/support/two_projects'
import type { Person } from '#tests/support/world'

/** The smallest screen that the product is made for. */
const SMALL = 320

test.group('RAID between projects', (group) => {
  group.each.timeout(90_000)

  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with JavaScript' : 'without JavaScript'

    test(`two projects come to agree on a dependency, ${how}`, async ({ assert, browser }) => {
      const two = await TwoProjects.create()
      const item = await two.depend()
      const open = async (person: Person) =>
        openPage(browser, { javaScript, person, consent: 'rejected' })

      const there = await open(two.otherManager)
      await there.page.goto('/work')
      await there.page.getByRole('link', { name: 'Quay ready for the trial' }).click()
      await there.page.getByText('Waiting for this project’s answer.').waitFor()
      await there.page.getByRole('radio', { name: 'Disagree' }).check()
      await there.page.getByRole('button', { name: 'Send answer', exact: true }).click()
      await there.page.getByText('Enter why you disagree').first().waitFor()
      assert.isTrue(await there.page.getByRole('radio', { name: 'Disagree' }).isChecked())
      await there.page.getByRole('radio', { name: 'Propose another date' }).check()
      await there.page.getByLabel('Proposed date', { exact: true }).fill('2099-04-01')
      await there.page.getByLabel('Reason').fill('The rig is late')
      await there.page.getByRole('button', { name: 'Send answer', exact: true }).click()
      await there.page.getByText('Your project’s answer: proposes another date').waitFor()
      if (javaScript) assert.deepEqual(await violations(there.page), [])

      const here = await open(two.log.people.manager)
      await here.page.goto(two.log.urlOf(item))
      await here.page.getByText('The rig is late').first().waitFor()
      await here.page.getByRole('radio', { name: 'Agree to 1 Apr 2099' }).check()
      await here.page.getByRole('button', { name: 'Send answer', exact: true }).click()
      await here.page.getByText('Both projects agree.').waitFor()
      if (javaScript) assert.deepEqual(await violations(here.page), [])
      await here.page.goto(`/projects/${two.log.project.id}/relations`)
      await here.page.getByRole('link', { name: /Quay ready for the trial: from/ }).click()
      await here.page.getByRole('heading', { name: 'Quay ready for the trial' }).waitFor()
      assert.deepEqual([...there.complaints, ...here.complaints], [])
    })

    test(`the log across projects can be saved as a view, ${how}`, async ({ assert, browser }) => {
      const two = await TwoProjects.create()
      await two.log.raise('issue', { title: 'The rig is late' })
      const { page, complaints } = await openPage(browser, {
        javaScript,
        person: two.log.people.manager,
        consent: 'rejected',
        width: javaScript ? 1280 : SMALL,
      })
      await page.goto('/raid')
      await page.getByRole('link', { name: 'Issues' }).click()
      await page.getByText('The rig is late').first().waitFor()
      if (!javaScript) {
        assert.isFalse(await page.getByLabel('State').isVisible())
        await page.getByText('Filters', { exact: true }).click()
      }
      await page.getByLabel('State').selectOption('settled')
      await page.getByRole('button', { name: 'Filter' }).click()
      await page.getByRole('link', { name: 'Save as a view' }).click()
      await page.getByText('Issues; State: settled').waitFor()
      await page.getByLabel('Name').fill('Settled issues')
      await page.getByRole('button', { name: 'Save view' }).click()
      await page.getByText('“Settled issues” was saved.').waitFor()
      await page.getByRole('link', { name: /remove this filter/ }).click()
      await page.getByText('The rig is late').first().waitFor()
      await page.getByRole('button', { name: 'Save changes to' }).click()
      await page.getByText('“Settled issues” was saved.').waitFor()
      await page.getByRole('link', { name: 'Everything' }).click()
      await page.getByRole('link', { name: 'Settled issues' }).click()
      await page.getByText('The rig is late').first().waitFor()
      assert.equal(await overflow(page), 0)
      if (javaScript) assert.deepEqual(await violations(page), [])
      await page.getByRole('link', { name: 'Manage views' }).click()
      await page.getByRole('heading', { name: 'Views', exact: true }).waitFor()
      assert.deepEqual(complaints, [])
    })

    test(`an entry is escalated, taken on and given back, ${how}`, async ({ assert, browser }) => {
      const two = await TwoProjects.create()
      const item = await two.log.raise('risk', { nature: 'threat', title: 'No rig in May' })
      const open = async (person: Person) =>
        openPage(browser, { javaScript, person, consent: 'rejected' })

      const here = await open(two.log.people.manager)
      await here.page.goto(two.log.urlOf(item))
      await here.page.getByText('Escalate', { exact: true }).first().click()
      await here.page.getByRole('radio', { name: 'Organisation' }).check()
      await here.page.getByLabel('What you need').fill('A second rig')
      await here.page.getByRole('button', { name: 'Escalate' }).click()
      await here.page.getByText('Enter why the project cannot resolve it alone').first().waitFor()
      assert.equal(await here.page.getByLabel('What you need').inputValue(), 'A second rig')
      await here.page.getByLabel('Why', { exact: true }).fill('The budget ends')
      await here.page.getByRole('radio', { name: 'Organisation' }).check()
      await here.page.getByRole('button', { name: 'Escalate' }).click()
      await here.page.getByText('was escalated to the organisation').waitFor()
      if (javaScript) assert.deepEqual(await violations(here.page), [])

      const office = await open(two.log.people.pmo)
      await office.page.goto('/escalations')
      await office.page.getByLabel('Level').selectOption('organisation')
      await office.page.getByRole('button', { name: 'Filter' }).click()
      await office.page.getByRole('link', { name: 'No rig in May' }).click()
      await office.page.getByRole('button', { name: 'Take on' }).click()
      await office.page.getByText('was taken on').waitFor()
      await office.page.getByText('Return to the project').first().click()
      await office.page.getByLabel('Your answer').fill('A rig was found')
      await office.page.getByRole('button', { name: 'Return to the project' }).click()
      await office.page.getByText('was returned to the project').waitFor()
      assert.deepEqual([...here.complaints, ...office.complaints], [])
    })
  }

  test('its pages are free of faults and fit a narrow window', async ({ assert, browser }) => {
    const two = await TwoProjects.create()
    const item = await two.depend()
    await two.log.world.inside(
      () =>
        RaidEscalation.raise(item, two.log.project, {
          level: 'organisation',
          reason: 'Too big for us',
          ask: 'A crane',
          askedOfId: null,
        }),
      two.log.people.manager
    )
    for (const dark of [false, true]) {
      const { page } = await openPage(browser, {
        person: two.log.people.pmo,
        consent: 'rejected',
        width: SMALL,
        dark,
      })
      for (const path of [
        two.log.urlOf(item),
        two.urlThere(item),
        `${two.url}?type=dependency`,
        '/raid?type=dependency',
        '/escalations',
        '/portfolio/relations',
        `/projects/${two.log.project.id}/relations`,
      ]) {
        await page.goto(path)
        assert.deepEqual(await violations(page), [], path)
        assert.equal(await overflow(page), 0, path)
      }
    }
  })

  test('relations are stacked where they do not fit side by side', async ({ assert, browser }) => {
    const two = await TwoProjects.create()
    await two.depend()
    const { page } = await openPage(browser, { person: two.log.people.pmo, consent: 'rejected' })
    await page.goto('/portfolio/relations')
    const drawing = page.getByRole('group', { name: 'Drawing of the relations' })
    const branches = page.locator('.branches')
    for (const [width, isDrawn] of [
      [1280, true],
      [768, true],
      [767, false],
      [SMALL, false],
    ] as const) {
      await page.setViewportSize({ width, height: 800 })
      assert.equal(await drawing.isVisible(), isDrawn, `drawn at ${width}`)
      assert.equal(await branches.isVisible(), !isDrawn, `in branches at ${width}`)
      if (isDrawn) assert.isAtMost(await hiddenPart(drawing), 0, `whole at ${width}`)
    }
    assert.include(await branches.innerText(), 'Harbour wall')
    await branches.getByRole('link', { name: /Quay ready for the trial: from/ }).click()
    await page.getByRole('heading', { name: 'Quay ready for the trial' }).waitFor()
  })
})

/** By how many pixels more is in the element than it shows. */
function hiddenPart(place: Locator) {
  return place.evaluate((element) => element.scrollWidth - element.clientWidth)
}
