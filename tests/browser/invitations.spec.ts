import { test } from '@japa/runner'
import { openPage, violations } from '#tests/support/browser'
import { World } from '#tests/support/world'

const INVITED = { email: 'sponsor@demo.example', name: 'Saffron Sponsor' }

test.group('Inviting somebody', () => {
  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with JavaScript' : 'without JavaScript'

    test(`who signs in and joins, ${how}`, async ({ browser, assert }) => {
      const world = await World.create('Harbour Board')
      const project = await world.project({ visibility: 'members' })
      const person = await world.person('owner')
      const options = { javaScript, consent: 'rejected' as const }

      const { page: owner, complaints } = await openPage(browser, { ...options, person })
      await owner.goto('/members')
      await owner.getByRole('link', { name: 'Invite people' }).click()
      await owner.getByLabel('Email addresses').fill('not an address')
      await owner.getByRole('button', { name: 'Send invitations' }).click()
      await owner.getByText('Not an email address: not, an, address').first().waitFor()
      await owner.getByLabel('Email addresses').fill(INVITED.email)
      await owner.getByLabel('Project codes').fill(project.code)
      await owner.getByRole('button', { name: 'Send invitations' }).click()
      await owner.getByText('One person was invited.').waitFor()
      if (javaScript) assert.deepEqual(await violations(owner), [])
      const link = await owner.getByLabel(INVITED.email, { exact: true }).inputValue()
      await owner.goto('/invitations')
      assert.equal(await owner.getByLabel(INVITED.email, { exact: true }).count(), 0)

      const { page: invitee, complaints: others } = await openPage(browser, options)
      await invitee.goto(link)
      await invitee.getByText('s•••@demo.example').waitFor()
      if (javaScript) assert.deepEqual(await violations(invitee), [])
      await invitee.getByRole('button', { name: 'Continue to sign in' }).click()
      await invitee.getByRole('button', { name: INVITED.name }).click()
      await invitee.getByRole('heading', { name: 'Join Harbour Board' }).waitFor()
      assert.equal(invitee.url(), link)
      if (javaScript) assert.deepEqual(await violations(invitee), [])
      await invitee.getByRole('button', { name: 'Accept invitation' }).click()
      await invitee.getByText('You have joined Harbour Board.').waitFor()
      await invitee.getByRole('link', { name: project.name }).first().click()
      await invitee.getByRole('heading', { name: project.name, level: 1 }).waitFor()

      await owner.goto('/members')
      await owner.getByRole('link', { name: INVITED.name }).click()
      await owner.getByRole('button', { name: 'Deactivate member' }).click()
      await owner
        .locator('#deactivation')
        .getByRole('button', { name: 'Deactivate member' })
        .click()
      await owner.getByText('The member was deactivated and signed out.').waitFor()
      await invitee.goto('/projects')
      await invitee.waitForURL('**/sign-in')
      assert.deepEqual([...complaints, ...others], [])
    })
  }
})
