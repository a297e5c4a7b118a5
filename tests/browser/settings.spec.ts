import { test } from '@japa/runner'
import RaidItem from '#models/raid_item'
import { openPage, overflow, violations } from '#tests/support/browser'
import { World } from '#tests/support/world'

test.group('Setting up an organisation', () => {
  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with JavaScript' : 'without JavaScript'

    test(`its scoring, categories and time zone apply to its members, ${how}`, async ({
      browser,
      assert,
    }) => {
      const world = await World.create('Harbour Board')
      const project = await world.project({ visibility: 'organisation' })
      await world.inside(() =>
        RaidItem.raise(project, {
          type: 'risk',
          title: 'Wind',
          currentLikelihood: 3,
          currentImpact: 4,
        })
      )
      const person = await world.person('owner')
      const options = { javaScript, consent: 'rejected' as const }
      const { page, complaints } = await openPage(browser, { ...options, person })

      await page.goto('/projects')
      await page.getByRole('link', { name: 'Settings' }).click()
      await page.getByLabel('Time zone').fill('Atlantis')
      await page.getByRole('button', { name: 'Save settings' }).click()
      await page.getByText('Choose a time zone from the list').first().waitFor()
      assert.equal(await page.getByLabel('Time zone').inputValue(), 'Atlantis')
      await page.getByLabel('Time zone').fill('tokyo')
      await page.getByRole('button', { name: 'Save settings' }).click()
      await page.getByText('The settings were saved.').waitFor()
      assert.equal(await page.getByLabel('Time zone').inputValue(), 'Asia/Tokyo')

      await page.getByRole('link', { name: 'RAID scoring' }).click()
      await page.getByLabel('Severe from').fill('12')
      await page.getByLabel('Likelihood 3, name').fill('Even odds')
      await page.getByLabel('Likelihood 3, what it means here').fill('As often as not')
      await page.getByRole('button', { name: 'Save settings' }).click()
      await page.getByText('Severe, 12 to 25').waitFor()
      await page.getByRole('rowheader', { name: 'Even odds' }).waitFor()
      if (javaScript) assert.deepEqual(await violations(page), [])

      await page.getByRole('link', { name: 'Categories' }).click()
      await page.getByLabel('New category').fill('Weather')
      await page.getByRole('button', { name: 'Add category', exact: true }).click()
      await page.getByRole('button', { name: 'Move Weather up' }).click()
      await page.getByRole('button', { name: 'Move Weather down', disabled: false }).waitFor()
      await page.getByRole('link', { name: 'Rename Weather' }).click()
      await page.getByLabel('New name of Weather').fill('Wind and tide')
      await page.getByRole('button', { name: 'Save name' }).click()
      await page.getByText('The category is now called Wind and tide').waitFor()
      const legal = page.getByRole('row', { name: 'Legal' })
      await legal.getByRole('button', { name: 'Retire' }).first().click()
      await legal.getByRole('dialog').getByRole('button', { name: 'Retire' }).click()
      await page.getByText('Legal was retired').waitFor()
      if (javaScript) assert.deepEqual(await violations(page), [])

      const { page: other, complaints: others } = await openPage(browser, {
        ...options,
        person: await world.person('manager'),
        width: 320,
        dark: true,
      })
      await other.goto(`/projects/${project.id}/raid?type=risk&band=severe`)
      await other.getByText('12 Severe').waitFor()
      await other.goto(`/projects/${project.id}/raid/create?type=risk`)
      await other.getByText('What each score means').click()
      await other.getByText('As often as not').waitFor()
      await other.getByLabel('Category').selectOption('Wind and tide')
      assert.notInclude(await other.getByLabel('Category').innerText(), 'Legal')
      if (javaScript) assert.equal(await overflow(other), 0)
      assert.deepEqual([...complaints, ...others], [])
    })
  }
})
