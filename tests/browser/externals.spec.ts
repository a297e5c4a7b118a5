import { test } from '@japa/runner'
import ExternalResource from '#models/external_resource'
import { linkedTask } from '#tests/support/exercises/externals'
import { openPage, overflow, violations } from '#tests/support/browser'
import { World } from '#tests/support/world'

for (const javaScript of [true, false]) {
  test.group(`External people, ${javaScript ? 'with' : 'without'} JavaScript`, () => {
    test('are added, corrected, found, archived and restored', async ({ browser, assert }) => {
      const world = await World.create('Harbour Board')
      const person = await world.person('admin')
      const options = { person, javaScript, consent: 'rejected' as const }
      const { page, complaints } = await openPage(browser, options)
      await page.goto('/members')
      await page.getByRole('link', { name: 'External people' }).click()
      await page.getByText('No external people yet').waitFor()
      if (javaScript) assert.deepEqual(await violations(page), [])
      await page.getByRole('link', { name: 'Add an external person' }).first().click()
      await page.getByLabel('Name').fill('Sue Surveyor')
      await page.getByLabel('Email address').fill(person.email)
      await page.getByRole('button', { name: 'Add external person' }).click()
      await page.getByText('is a member with this address').first().waitFor()
      assert.equal(await page.getByLabel('Name').inputValue(), 'Sue Surveyor')
      if (javaScript) assert.deepEqual(await violations(page), [])
      await page.getByLabel('Email address').fill('sue@example.test')
      await page.getByRole('button', { name: 'Add external person' }).click()
      await page.getByText('We are emailing them what is kept, and why.').waitFor()

      await page.getByRole('link', { name: 'Edit' }).click()
      await page.getByLabel('Name').fill('Susan Surveyor')
      await page.getByRole('button', { name: 'Save changes' }).click()
      await page.getByText('Susan Surveyor was saved.').waitFor()
      if (javaScript) assert.deepEqual(await violations(page), [])

      await page.goto('/externals')
      await page.getByLabel('Name or email').fill('susan')
      await page.getByRole('button', { name: 'Filter' }).click()
      await page.getByRole('link', { name: 'Susan Surveyor' }).click()
      await page.getByRole('button', { name: 'Archive person' }).click()
      await page.locator('#archive').getByRole('button', { name: 'Archive person' }).click()
      await page.getByText('can no longer be given work.').first().waitFor()
      await page.getByRole('button', { name: 'Restore' }).click()
      await page.getByText('can be given work again').waitFor()
      assert.deepEqual(complaints, [])
    })

    test('two admins who edit one see both versions', async ({ browser, assert }) => {
      const world = await World.create()
      const [admin, owner] = [await world.person('admin'), await world.person('owner')]
      const { id } = await world.inside(() =>
        ExternalResource.add({ name: 'Sue Surveyor', email: null }, owner)
      )
      const open = async (person: typeof admin) => {
        const { page } = await openPage(browser, { person, javaScript, consent: 'rejected' })
        await page.goto(`/externals/${id}/edit`)
        return page
      }
      const [mine, theirs] = [await open(admin), await open(owner)]
      await theirs.getByLabel('Name').fill('Susan Surveyor')
      await theirs.getByRole('button', { name: 'Save changes' }).click()
      await theirs.getByText('Susan Surveyor was saved.').waitFor()
      await mine.getByLabel('Name').fill('Sue Surveyor-Smith')
      await mine.getByRole('button', { name: 'Save changes' }).click()
      await mine.getByText('Someone else changed this too').waitFor()
      if (javaScript) assert.deepEqual(await violations(mine), [])
      await mine.getByLabel('Sue Surveyor-Smith').check()
      await mine.getByRole('button', { name: 'Save chosen versions' }).click()
      await mine.getByText('Sue Surveyor-Smith was saved.').waitFor()
    })

    test('answer their task by its link, on a small screen and without a cookie', async ({
      browser,
      assert,
    }) => {
      const { token } = await linkedTask('Harbour Board')
      const { page, context, complaints } = await openPage(browser, { javaScript, width: 320 })
      await page.goto(`/task/${token}`)
      await page.getByRole('heading', { level: 1, name: 'Survey the quay' }).waitFor()
      if (javaScript) {
        assert.deepEqual(await violations(page), [])
        assert.equal(await overflow(page), 0)
      }
      await page.getByText('I am blocked').click()
      await page.getByLabel('What is holding it up').fill('The boat is late')
      await page.getByRole('button', { name: 'Mark as blocked' }).click()
      await page.getByText('Saved: the task is blocked.').waitFor()
      await page.getByText('Blocked: The boat is late').waitFor()
      await page.getByRole('button', { name: 'I am working on it' }).click()
      await page.getByText('Saved: the task is in progress.').waitFor()
      await page.getByRole('button', { name: 'It is done' }).click()
      await page.getByText('Saved: the task is done.').waitFor()
      if (javaScript) assert.deepEqual(await violations(page), [])
      assert.deepEqual(await context.cookies(), [])
      assert.deepEqual(complaints, [])
      await page.goto(`/task/${'A'.repeat(43)}`)
      await page.getByRole('heading', { level: 1, name: 'This link has ended' }).waitFor()
      if (javaScript) assert.deepEqual(await violations(page), [])
    })
  })
}
