import { test } from '@japa/runner'
import { queueMail } from '#mails/outbox'
import { blankOldMails } from '#mails/retention'
import { deleteOldNotifications } from '#models/notification/retention'
import RetentionSettings from '#models/retention_settings'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { populated } from '#tests/support/populated'
import { actionsOf, asSeen } from '#tests/support/settings'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

const PATH = '/settings/retention'
const form = {
  closed_project_months: '24',
  notification_days: '60',
  mail_days: '10',
  assistant_days: '20',
  lock_version: 1,
}

test.group('Settings: retention', () => {
  test('begins at the most that the policy allows; less can be chosen, once in the trail', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    assert.deepEqual(await world.inside(() => RetentionSettings.days()), {
      notifications: 180,
      mails: 30,
      assistant: 90,
    })
    const walk = await Walk.begin(client, await world.person('admin'))
    await walk.open(PATH)
    const page = await walk.submitAndFollow(PATH, form, 'PUT')
    assert.include(page.text(), 'The settings were saved.')
    assert.deepEqual(await world.inside(() => RetentionSettings.days()), {
      notifications: 60,
      mails: 10,
      assistant: 20,
    })
    const never = { ...form, closed_project_months: '', lock_version: 2 }
    await walk.submit(PATH, never, 'PUT')
    const row = await asSeen('retention_settings', world.organisationId)
    assert.containSubset(row, { closed_project_months: null, lock_version: 3 })
    assert.lengthOf(await actionsOf(world.organisationId), 2)
  })

  test('never goes beyond the policy, and is nobody else’s', async ({ client, assert }) => {
    const world = await World.create()
    const walk = await Walk.begin(client, await world.person('owner'))
    await walk.open(PATH)
    const wrong: [Record<string, string>, string][] = [
      [{ mail_days: '31' }, 'Enter a number from 1 to 30'],
      [{ mail_days: '0' }, 'Enter a number from 1 to 30'],
      [{ assistant_days: '91' }, 'Enter a number from 1 to 90'],
      [{ notification_days: '181' }, 'Enter a number from 7 to 180'],
      [{ closed_project_months: '11' }, 'Enter a number from 12 to 120'],
    ]
    for (const [field, message] of wrong) {
      const page = await walk.submitAndFollow(PATH, { ...form, ...field }, 'PUT')
      assert.include(page.text(), message)
    }
    for (const role of ['pmo', 'auditor', 'manager'] as const) {
      const person = await world.person(role)
      for (const request of [client.get(PATH), client.put(PATH).form(form)]) {
        const response = await request.as(person)
        response.assertStatus(403)
      }
    }
    assert.equal((await asSeen('retention_settings', world.organisationId)).lock_version, 1)
  })

  test('is applied by the jobs', async ({ assert }) => {
    const { world } = await populated()
    const mail = await world.inside(() =>
      queueMail({
        template: 'notice',
        to: { email: 'old@example.test' },
        data: { subject: 'Old', paragraphs: ['Old.'] },
        key: 'old',
      })
    )
    for (const table of ['email_outbox', 'notifications']) {
      await sql(
        admin(),
        `update ${table} set created_at = now() - interval '20 days' where organisation_id = ?`,
        [world.organisationId]
      )
    }
    const left = async () => {
      await world.inside(blankOldMails)
      await world.inside(deleteOldNotifications)
      const [{ address, notices }] = await sql(
        admin(),
        `select (select email from email_outbox where id = ?) as address,
                (select count(*)::integer from notifications where organisation_id = ?) as notices`,
        [mail, world.organisationId]
      )
      return { address, hasNotices: notices > 0 }
    }
    assert.deepEqual(await left(), { address: 'old@example.test', hasNotices: true })
    await world.inside(() => RetentionSettings.revise({ mailDays: 15, notificationDays: 15 }, 1))
    assert.deepEqual(await left(), { address: null, hasNotices: false })
  })

  test('proposes closed projects that stood unchanged for so long, and no others', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const due = await world.project({ name: 'Closed long ago', status: 'closed' })
    const fresh = await world.project({ name: 'Closed of late', status: 'closed' })
    const active = await world.project({ name: 'Still running' })
    await sql(
      admin(),
      `update projects set updated_at = now() - interval '25 months' where id = any(?)`,
      [[due.id, active.id]]
    )
    const walk = await Walk.begin(client, await world.person('owner'))
    assert.notInclude((await walk.open(PATH)).text(), 'Proposed for deletion')
    const page = (await walk.submitAndFollow(PATH, form, 'PUT')).text()
    assert.include(page, due.name)
    assert.notInclude(page, fresh.name)
    assert.notInclude(page, active.name)
  })
})
