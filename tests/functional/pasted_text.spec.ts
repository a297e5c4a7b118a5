import { test } from '@japa/runner'
import Invitation from '#models/invitation'
import RaidItem from '#models/raid_item'
import { Log } from '#tests/support/raid_log'
import { Walk } from '#tests/support/walk'

/** As documents, chats and spreadsheets give it. */
const PASTED = '\u200b\ufeffThe\u00adtide “may”\tturn –\r\nat\u2028night\u200e\u00a0'

test.group('Text that was pasted', (group) => {
  let log: Log
  let manager: Walk
  group.each.setup(async ({ context }) => {
    log ??= await Log.create()
    manager = await Walk.begin(context.client, log.people.manager)
  })

  test('is one line in a title, without what is not seen', async ({ assert }) => {
    const answer = await manager.submit(log.url, { type: 'risk', title: PASTED, nature: 'threat' })
    answer.assertStatus(303)
    const item = await log.world.inside(() => RaidItem.query().orderBy('id', 'desc').firstOrFail())
    assert.equal(item.title, 'Thetide “may” turn – at night')
  })

  test('is no title where nothing is seen', async ({ assert }) => {
    const fields = { type: 'risk', title: '\u200b\u00ad \u2028', nature: 'threat' }
    await manager.open(`${log.url}/create?type=risk`)
    const form = await manager.submitAndFollow(log.url, fields)
    assert.include(form.text(), 'Enter a title')
  })

  test('is an address, whatever is around it', async ({ assert, client }) => {
    const owner = await Walk.begin(client, await log.world.person('owner'))
    const emails = '\u200bana@paste.example\u00a0\ufeff;\u2060ben@paste.example\u200b'
    await owner.submitAndFollow('/invitations', { emails, role: 'member' })
    const sent = await log.world.inside(async () => Invitation.query().orderBy('email'))
    assert.deepEqual(
      sent.map(({ email }) => email),
      ['ana@paste.example', 'ben@paste.example']
    )
  })
})
