import { test } from '@japa/runner'
import { controller } from '#config/privacy'
import PrivacyRequest from '#models/privacy_request'
import { receiveRequest } from '#models/privacy_request/receiving'
import { withdraw } from '#models/privacy_request/closing'
import { acknowledge } from '#models/privacy_request/handling'
import { alarmDesk } from '#privacy/alarms'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { askingForErasure, receive } from '#tests/support/exercises/privacy'
import { register } from '#tests/support/world'
import { mailsAbout } from '#tests/support/privacy/desk'

test.group('The alarms of the desk', () => {
  test('come on day 25 and on day 29, each once, to the desk’s own address', async ({ assert }) => {
    const { id, ref } = await receive(await register('asker'), '2026-07-01')
    const alarms = async (today: string) => {
      await alarmDesk(today)
      return (await mailsAbout(id)).length
    }
    assert.equal(await alarms('2026-07-25'), 0)
    assert.equal(await alarms('2026-07-26'), 1)
    assert.equal(await alarms('2026-07-26'), 1)
    assert.equal(await alarms('2026-07-30'), 2)
    assert.equal(await alarms('2026-08-30'), 2)
    const [first] = await mailsAbout(id)
    assert.equal(first.email, controller.email)
    assert.equal(first.subject, `${ref} is due in 5 days`)
  })

  test('come each day once the request of somebody known is overdue, until it is answered', async ({
    assert,
  }) => {
    const { id, ref } = await askingForErasure(await register('asker'), '2026-07-01')
    const subjects = async (today: string) => {
      await alarmDesk(today)
      return (await mailsAbout(id)).map(({ subject }) => subject)
    }
    assert.deepEqual(await subjects('2026-07-30'), [`${ref} is due tomorrow`])
    assert.lengthOf(await subjects('2026-07-31'), 1)
    assert.equal((await subjects('2026-08-01')).at(-1), `${ref} is overdue by a day`)
    assert.lengthOf(await subjects('2026-08-01'), 2)
    assert.equal((await subjects('2026-08-03')).at(-1), `${ref} is overdue by 3 days`)
    await Tenancy.system(PLATFORM, async () => withdraw(await PrivacyRequest.findById(id)))
    assert.lengthOf(await subjects('2026-08-04'), 3)
  })

  test('come for a complaint whose receipt nobody acknowledged, once, and for no other request', async ({
    assert,
  }) => {
    const [asker, waiting, known] = await Promise.all(['one', 'two', 'six'].map(register))
    const access = await receive(asker, '2026-07-01')
    const complaints = await Promise.all(
      [waiting, known].map(({ userId, name, email }) =>
        Tenancy.system(PLATFORM, () =>
          receiveRequest({
            kind: 'complaint',
            channel: 'profile',
            userId,
            contact: { name, email },
            details: 'Nobody answers',
            receivedOn: '2026-07-01',
          })
        )
      )
    )
    await Tenancy.system(PLATFORM, async () =>
      acknowledge(await PrivacyRequest.findById(complaints[1].id))
    )
    const alarms = async (id: string, today: string) => {
      await alarmDesk(today)
      const mails = await mailsAbout(id)
      return mails.filter(({ subject }) => /acknowledge/.test(subject)).length
    }
    assert.equal(await alarms(complaints[0].id, '2026-07-25'), 0)
    assert.equal(await alarms(complaints[0].id, '2026-07-26'), 1)
    assert.equal(await alarms(complaints[0].id, '2026-07-31'), 1)
    assert.equal(await alarms(complaints[1].id, '2026-07-31'), 0)
    assert.equal(await alarms(access.id, '2026-07-31'), 0)
  })

  test('leave what is closed alone', async ({ assert }) => {
    const { id } = await receive(await register('asker'), '2026-07-01')
    await Tenancy.system(PLATFORM, async () => withdraw(await PrivacyRequest.findById(id)))
    await alarmDesk('2026-07-30')
    assert.isEmpty(await mailsAbout(id))
  })
})
