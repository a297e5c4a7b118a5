import { test } from '@japa/runner'
import { deliverMail } from '#mails/delivery'
import OutboxMail from '#models/outbox_mail'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { openPage, violations } from '#tests/support/browser'
import { World } from '#tests/support/world'

async function setUp() {
  const world = await World.create('Harbour Board')
  const project = await world.project({ name: 'Harbour lights' })
  const [manager, team] = [await world.person('manager'), await world.person('team')]
  const item = await world.inside(
    () => RaidItem.raise(project, { type: 'risk', nature: 'threat', title: 'Tide gate leaks' }),
    manager
  )
  // Their own task, of which nobody tells them.
  await world.inside(
    () => Task.add(project, { title: 'Survey the quay', assigneeId: team.membershipId }),
    team
  )
  return { world, project, manager, team, item }
}

/** The address in a reader's mail that stops mails of its kind; the mail is kept, not sent. */
function unsubscribeUrl(world: World) {
  return world.inside(async () => {
    const mail = await OutboxMail.query().where('template', 'notification').firstOrFail()
    return { id: mail.id, url: mail.unsubscribeUrl! }
  })
}

test.group('Being told, and one’s work', () => {
  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with JavaScript' : 'without JavaScript'

    test(`from a mention to a stopped mail, ${how}`, async ({ browser, assert }) => {
      const { world, project, manager, team, item } = await setUp()
      const options = { javaScript, consent: 'rejected' as const }
      const checked = async (page: Parameters<typeof violations>[0]) => {
        if (javaScript) assert.deepEqual(await violations(page), [])
      }

      const { page: writer, complaints } = await openPage(browser, { ...options, person: manager })
      await writer.goto(`/projects/${project.id}/raid/${item.id}`)
      await writer.getByLabel('Add a comment').fill('@team person, look at **this**')
      await writer.getByRole('button', { name: 'Add comment' }).click()
      await writer.locator('.mention', { hasText: '@team person' }).waitFor()

      const { page, complaints: others } = await openPage(browser, { ...options, person: team })
      await page.goto('/')
      await page.getByRole('heading', { name: 'My work', level: 1 }).waitFor()
      await page.getByRole('link', { name: 'Notifications 1 unread' }).waitFor()
      await checked(page)
      const title = `manager person mentioned you in ${item.ref} Tide gate leaks`
      await page.getByRole('button', { name: /^Start: .*T1$/ }).click()
      await page.getByText('is now in progress.').waitFor()
      await page.getByRole('button', { name: /^Done: .*T1$/ }).click()
      await page.getByText('is now done.').waitFor()
      assert.equal(await page.getByText('Survey the quay').count(), 0)

      await page.getByRole('link', { name: 'Notifications' }).first().click()
      await page.getByRole('heading', { name: 'Notifications', level: 1 }).waitFor()
      await checked(page)
      await page.getByRole('button', { name: title, exact: true }).click()
      await page.getByRole('heading', { name: 'Tide gate leaks', level: 1 }).waitFor()
      assert.equal(await page.locator('.nav__unread').count(), 0)
      await page.goto('/notifications')
      await page.getByRole('button', { name: 'Mark as unread' }).click()
      await page.getByRole('button', { name: `Mark as read ${title}`, exact: true }).waitFor()
      await page.getByRole('button', { name: 'Mark all as read' }).click()
      await page.getByText('All notifications are marked as read.').waitFor()
      await page.getByRole('link', { name: 'Unread', exact: true }).click()
      await page.getByText('No unread notifications').waitFor()

      const { id, url } = await unsubscribeUrl(world)
      await deliverMail(world.organisationId, id, null)
      const { page: reader, complaints: third } = await openPage(browser, options)
      await reader.goto(url)
      await checked(reader)
      await reader.getByRole('button', { name: 'Stop these emails' }).click()
      await reader.getByRole('heading', { name: 'You have stopped these emails' }).waitFor()
      await reader.getByRole('button', { name: 'Start these emails again' }).click()
      await reader.getByRole('button', { name: 'Stop these emails' }).click()
      await reader.getByRole('heading', { name: 'You have stopped these emails' }).waitFor()
      await checked(reader)

      await page.goto('/notifications/preferences')
      const byMail = page.getByLabel('Mentions, by email')
      assert.isFalse(await byMail.isChecked())
      await checked(page)
      await byMail.check()
      await page.getByLabel('Assignments, in Orchestrate').uncheck()
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Your preferences were saved.').waitFor()
      assert.isTrue(await byMail.isChecked())
      assert.isFalse(await page.getByLabel('Assignments, in Orchestrate').isChecked())
      assert.deepEqual([...complaints, ...others, ...third], [])
    })
  }
})
