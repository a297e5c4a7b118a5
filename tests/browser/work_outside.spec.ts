import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { openedMails } from '#tests/support/sealed'
import { openPage, violations } from '#tests/support/browser'
import { World } from '#tests/support/world'

const MANAGER = { email: 'second-manager@demo.example', name: 'Myrtle Manager' }

/** The mails of one kind that were queued for an address, oldest first. */
async function mailsTo(world: World, email: string, template: string): Promise<string[]> {
  const rows = await openedMails(
    `select text_body from email_outbox
      where organisation_id = ? and email = ? and template = ? order by id`,
    [world.organisationId, email, template]
  )
  return rows.map(({ text_body: text }) => text)
}

/** The address of ours in a mail, as its reader opens it. */
function linkIn(mail: string, path: string) {
  return mail.match(new RegExp(`https?://\\S+/${path}/[\\w-]{43}\\S*`))![0]
}

test.group('Work that is done outside', () => {
  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with JavaScript' : 'without JavaScript'

    test(`goes from the invitation to the last word in the trail, ${how}`, async ({
      browser,
      assert,
    }) => {
      const world = await World.create('Harbour Board')
      const [ownerPerson, adminPerson] = [await world.person('owner'), await world.person('admin')]
      const sue = { name: 'Sue Surveyor', email: `sue-${randomUUID()}@example.test` }
      const options = { javaScript, consent: 'rejected' as const }
      const look = async (page: Page) => {
        if (javaScript) assert.deepEqual(await violations(page), [], page.url())
      }

      // The owner invites somebody, who joins by the mailed link and is given a project.
      const { page: owner, complaints } = await openPage(browser, {
        ...options,
        person: ownerPerson,
      })
      await owner.goto('/invitations/create')
      await owner.getByLabel('Email addresses').fill(MANAGER.email)
      await owner.getByRole('button', { name: 'Send invitations' }).click()
      await owner.getByText('One person was invited.').waitFor()
      await look(owner)
      const [invitation] = await mailsTo(world, MANAGER.email, 'invitation')
      const { page: manager, complaints: others } = await openPage(browser, options)
      await manager.goto(linkIn(invitation, 'join'))
      await look(manager)
      await manager.getByRole('button', { name: 'Continue to sign in' }).click()
      await manager.getByRole('button', { name: MANAGER.name }).click()
      await manager.getByRole('button', { name: 'Accept invitation' }).click()
      await manager.getByText('You have joined Harbour Board.').waitFor()
      await look(manager)
      await owner.goto('/projects/create')
      await owner.getByLabel('Name', { exact: true }).fill('Harbour lights')
      await owner.getByLabel('Code').fill('LIGHT')
      await owner.getByLabel('Project manager').selectOption({ label: MANAGER.name })
      await owner.getByRole('button', { name: 'Create project' }).click()
      await owner.getByText('LIGHT was created.').waitFor()
      await look(owner)

      // An admin adds the person outside, who is told of it.
      const { page: administrator } = await openPage(browser, { ...options, person: adminPerson })
      await administrator.goto('/externals/create')
      await administrator.getByLabel('Name').fill(sue.name)
      await administrator.getByLabel('Email address').fill(sue.email)
      await administrator.getByRole('button', { name: 'Add external person' }).click()
      await administrator.getByText('We are emailing them what is kept, and why.').waitFor()
      await look(administrator)
      const [notice] = await mailsTo(world, sue.email, 'external_notice')
      assert.include(notice, `${adminPerson.name} of Harbour Board has added you`)

      // The manager wants to hear of assignments here and not by mail, and gives a task.
      await manager.goto('/notifications/preferences')
      await look(manager)
      await manager.getByLabel('Assignments, by email').uncheck()
      await manager.getByRole('button', { name: 'Save' }).click()
      await manager.goto('/projects')
      await manager.getByRole('link', { name: 'Harbour lights' }).first().click()
      await manager.getByRole('link', { name: 'Tasks', exact: true }).click()
      await manager.getByRole('link', { name: 'Add a task' }).first().click()
      await manager.getByLabel('Title').fill('Survey the quay')
      await manager.locator('#assignee').selectOption({ label: sue.name })
      await manager.getByRole('button', { name: 'Add task' }).click()
      await manager.getByRole('heading', { level: 1, name: 'Survey the quay' }).waitFor()
      await manager.getByText('can see and answer this task using a link').waitFor()
      await look(manager)

      // The person outside completes it from the mail, without an account.
      const [mail] = await mailsTo(world, sue.email, 'task_link')
      assert.include(mail, `${MANAGER.name} has asked you to do this for Harbour Board`)
      const { page: outside, context } = await openPage(browser, { javaScript })
      await outside.goto(linkIn(mail, 'task'))
      await outside.getByText(`For ${sue.name}.`).waitFor()
      await look(outside)
      await outside.getByRole('button', { name: 'It is done' }).click()
      await outside.locator('[data-told]', { hasText: 'Saved: the task is done.' }).waitFor()
      if (javaScript) {
        const told = outside.locator('#announcer', { hasText: 'Saved: the task is done.' })
        await told.waitFor({ state: 'attached' })
      }
      await look(outside)
      assert.deepEqual(await context.cookies(), [])

      // Everyone hears of it as they chose.
      await manager.goto('/notifications')
      await manager.getByText('An external person completed LIGHT-T1: Survey the quay').waitFor()
      await look(manager)
      const toManager = await mailsTo(world, MANAGER.email, 'notification')
      assert.notInclude(toManager.join(), 'completed LIGHT-T1')
      await owner.goto('/notifications')
      await owner.getByText(`${MANAGER.name} accepted your invitation`).waitFor()
      const [toOwner] = await mailsTo(world, ownerPerson.email, 'notification')
      assert.include(toOwner, `${MANAGER.name} accepted your invitation`)

      // The trails tell the whole story.
      await manager.goto('/projects')
      await manager.getByRole('link', { name: 'Harbour lights' }).first().click()
      await manager.getByRole('link', { name: 'History', exact: true }).click()
      await manager.locator('.table--audit').waitFor()
      await look(manager)
      assertTold(assert, await manager.getByRole('row').allInnerTexts(), [
        [sue.name, 'External', 'changed the status of LIGHT-T1'],
        [MANAGER.name, 'sent a link to LIGHT-T1'],
        [MANAGER.name, 'added LIGHT-T1'],
        [ownerPerson.name, 'created LIGHT'],
      ])
      await owner.goto('/audit')
      assertTold(assert, await owner.getByRole('row').allInnerTexts(), [
        [adminPerson.name, `added ${sue.name}`],
        [MANAGER.name, `accepted the invitation of ${MANAGER.email}`],
        [ownerPerson.name, `invited ${MANAGER.email}`],
      ])
      assert.deepEqual([...complaints, ...others], [])
    })
  }
})

/** Each event stands in a row of its own, the newest first, with all that is to be said of it. */
function assertTold(assert: any, rows: string[], events: string[][]) {
  const lines = rows.map((row) => row.replaceAll(/\s+/g, ' '))
  const places = events.map((parts) =>
    lines.findIndex((line) => parts.every((part) => line.includes(part)))
  )
  const missing = events.filter((_, index) => places[index] === -1)
  assert.deepEqual(missing, [], lines.join('\n'))
  assert.deepEqual(
    places,
    [...places].sort((one, other) => one - other)
  )
}
