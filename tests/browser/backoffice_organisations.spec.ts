import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { openPage, overflow, violations } from '#tests/support/browser'
import { troubledJob } from '#tests/support/exercises/office'
import { register, registerStaff, World, type Account, type Person } from '#tests/support/world'

test.group('Running the platform', () => {
  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with JavaScript' : 'without JavaScript'

    /** A window whose pages are looked at by axe where it can be. */
    async function opened(browser: any, person: Account | Person, width?: number) {
      const { page, complaints } = await openPage(browser, {
        javaScript,
        person,
        width,
        consent: 'rejected',
      })
      const look = async () => (javaScript ? violations(page) : [])
      return { page, complaints, look }
    }

    test(`opens an organisation, limits, suspends and resumes it, ${how}`, async ({
      browser,
      assert,
    }) => {
      const name = `Quay ${randomUUID()}`
      const { page, complaints, look } = await opened(browser, await registerStaff())
      await page.goto('/admin')
      await page
        .getByRole('main')
        .getByRole('link', { name: /^Organisations/ })
        .click()
      assert.deepEqual(await look(), [])
      await page.getByRole('link', { name: 'Open an organisation' }).click()
      await page.getByLabel('Name of the organisation').fill(name)
      await page.getByLabel('Email address of its owner').fill(`owner-${randomUUID()}@example.test`)
      await page.getByRole('button', { name: 'Open organisation and invite owner' }).click()
      await page.getByText('Its owner has been invited by email').waitFor()
      await page.getByText('The owner has been invited but has not accepted yet.').waitFor()
      assert.deepEqual(await look(), [])

      await page.getByLabel('Members', { exact: true }).fill('none')
      await page.getByRole('button', { name: 'Save limits' }).click()
      await page.getByText('Enter a whole number, or leave this empty').first().waitFor()
      assert.equal(await page.getByLabel('Members', { exact: true }).inputValue(), 'none')
      await page.getByLabel('Members', { exact: true }).fill('5')
      await page.getByRole('button', { name: 'Save limits' }).click()
      await page.getByText('0 of 5').waitFor()

      await page.getByLabel('Reason').last().fill('It asked for a pause')
      await page.getByRole('button', { name: 'Suspend organisation' }).click()
      await page.getByText('Reason: It asked for a pause').waitFor()
      await page.getByLabel('Confirm').fill('something else')
      await page.getByRole('button', { name: 'Erase in 7 days' }).click()
      await page.locator('[aria-invalid="true"]').waitFor()
      await page.getByLabel('Confirm').fill(name.toLowerCase().replace(' ', '-'))
      await page.getByRole('button', { name: 'Erase in 7 days' }).click()
      await page.getByText('It will be erased on').waitFor()
      assert.deepEqual(await look(), [])
      await page.getByRole('button', { name: 'Call off the erasure' }).click()
      await page.getByRole('button', { name: 'Resume organisation' }).click()
      await page.getByText('is open again').waitFor()
      assert.deepEqual(complaints, [])
    })

    test(`looks into an organisation for a reason, as its owner sees, ${how}`, async ({
      browser,
      assert,
    }) => {
      const world = await World.create(`Pier ${randomUUID()}`)
      const owner = await world.person('owner')
      await world.project({ name: 'Harbour lights' })
      const office = await opened(browser, await registerStaff(), 375)
      await office.page.goto(`/admin/organisations/${world.organisationId}`)
      assert.equal(await overflow(office.page), 0)
      await office.page.getByLabel('Reason').first().fill('Their import hangs')
      await office.page.getByLabel('30 minutes').check()
      await office.page.getByRole('button', { name: 'Look into organisation' }).click()
      await office.page.getByText('You can only read').waitFor()
      await office.page.getByText('Harbour lights').first().waitFor()
      assert.equal(await overflow(office.page), 0)
      assert.deepEqual(await office.look(), [])

      const owners = await opened(browser, owner)
      await owners.page.goto('/settings/accesses')
      await owners.page.getByText('Their import hangs').waitFor()
      assert.deepEqual(await owners.look(), [])
      await owners.page.getByRole('button', { name: 'End access now' }).click()
      await owners.page.getByText('Ended early').waitFor()
      await office.page.goto('/projects')
      assert.include(office.page.url(), '/organisations')
      assert.deepEqual([...office.complaints, ...owners.complaints], [])
    })

    test(`shows members of a suspended organisation whom to ask, ${how}`, async ({
      browser,
      assert,
    }) => {
      const world = await World.create(`Mole ${randomUUID()}`)
      const [owner, member] = [await world.person('owner'), await world.person('member')]
      const office = await opened(browser, await registerStaff())
      await office.page.goto(`/admin/organisations/${world.organisationId}`)
      await office.page.getByLabel('Reason').last().fill('It asked for a pause')
      await office.page.getByRole('button', { name: 'Suspend organisation' }).click()
      await office.page.getByText('is suspended. Its owners are told').waitFor()
      const members = await opened(browser, member)
      await members.page.goto('/projects')
      await members.page.getByText('It asked for a pause').waitFor()
      await members.page.getByText(owner.email).waitFor()
      assert.deepEqual(await members.look(), [])
    })

    test(`tells one organisation of maintenance, and everyone can put a notice away, ${how}`, async ({
      browser,
      assert,
    }) => {
      const world = await World.create(`Weir ${randomUUID()}`)
      const text = `The look is new ${randomUUID()}`
      const office = await opened(browser, await registerStaff())
      await office.page.goto(`/admin/organisations/${world.organisationId}`)
      await office.page.getByRole('link', { name: 'Write an alert' }).click()
      assert.deepEqual(await office.look(), [])
      await office.page.getByLabel('Notice').check()
      await office.page.getByLabel('What people should know').fill(text)
      await office.page.getByRole('button', { name: 'Publish alert' }).click()
      await office.page.getByText('Shown now').first().waitFor()
      assert.deepEqual(await office.look(), [])

      const members = await opened(browser, await world.person('member'))
      await members.page.goto('/work')
      await members.page.getByText(text).waitFor()
      assert.deepEqual(await members.look(), [])
      await members.page.getByRole('button', { name: 'Dismiss this notice' }).click()
      await gone(members.page, text)
      await members.page.goto('/projects')
      assert.equal(await members.page.getByText(text).count(), 0)
      assert.deepEqual([...office.complaints, ...members.complaints], [])
    })

    test(`looks people up, and tries and drops jobs, ${how}`, async ({ browser, assert }) => {
      const person = await register(`Tess ${randomUUID()}`)
      const [kept, dropped] = [await troubledJob(), await troubledJob('No such host')]
      const { page, complaints, look } = await opened(browser, await registerStaff())
      await page.goto('/admin/people')
      await page.getByLabel('Whole email address').fill('ab')
      await page.getByRole('button', { name: 'Look up person' }).click()
      await page.getByText('Enter at least three letters').first().waitFor()
      await page.getByLabel('Whole email address').fill(person.email)
      await page.getByRole('button', { name: 'Look up person' }).click()
      assert.deepEqual(await look(), [])
      await page.getByRole('link', { name: person.name }).click()
      await page.getByText('This person is not signed in anywhere.').waitFor()
      assert.deepEqual(await look(), [])

      await page.goto('/admin/jobs')
      assert.deepEqual(await look(), [])
      await page.getByRole('button', { name: `Try now: job ${kept}` }).click()
      await page.getByText('The job is being tried again.').waitFor()
      const row = page.getByRole('row').filter({ hasText: dropped })
      await row.getByRole('button', { name: 'Drop' }).first().click()
      const dialog = page.getByRole('dialog').filter({ visible: true })
      await dialog.getByLabel('Reason').fill('Its host is gone')
      await dialog.getByRole('button', { name: 'Drop job' }).click()
      await page.getByText('The job was dropped.').waitFor()
      assert.equal(await row.count(), 0)
      assert.deepEqual(complaints, [])
    })

    test(`has trails verified, and reads what it accounts for, ${how}`, async ({
      browser,
      assert,
    }) => {
      const { page, complaints, look } = await opened(browser, await registerStaff(), 375)
      const name = `000 ${randomUUID()}`
      await World.create(name)
      await page.goto('/admin/seals')
      await page.getByRole('button', { name: `Verify the trail of ${name}` }).click()
      await page.getByText(/is being verified/).waitFor()
      for (const path of ['seals', 'policies', 'processors', 'health', 'alerts', '']) {
        await page.goto(`/admin/${path}`)
        assert.equal(await overflow(page), 0, path)
        assert.deepEqual(await look(), [], path)
      }
      assert.deepEqual(complaints, [])
    })
  }
})

async function gone(page: Page, text: string) {
  await page.getByText(text).waitFor({ state: 'detached' })
}
