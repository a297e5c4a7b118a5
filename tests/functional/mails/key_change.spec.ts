import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { mailSettings } from '#config/mail'
import { liftSuppression, suppress, suppressionOf } from '#mails/suppressions'
import { readUnsubscribing, unsubscribePath } from '#mails/unsubscribing'
import { isTooOften, receiveRequest } from '#models/privacy_request/receiving'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { World } from '#tests/support/world'

const onPlatform = <T>(work: () => Promise<T>) => Tenancy.system(PLATFORM, work)
const freshAddress = () => `key-change-${randomUUID()}@example.test`

test.group('After APP_KEY was changed', (group) => {
  const { suppressionKeys, unsubscribeKeys } = mailSettings

  /** As it reads with a new key, and what came before under APP_KEYS_PREVIOUS or nowhere. */
  function change({ isKnown }: { isKnown: boolean }) {
    mailSettings.suppressionKeys = ['new', ...(isKnown ? suppressionKeys : [])]
    mailSettings.unsubscribeKeys = ['new', ...(isKnown ? unsubscribeKeys : [])]
  }

  group.each.setup(
    () => () => void Object.assign(mailSettings, { suppressionKeys, unsubscribeKeys })
  )

  test('an address that refused our mail is not written to while the earlier key is named', async ({
    assert,
  }) => {
    const email = freshAddress()
    await onPlatform(() => suppress(email, 'complained'))
    change({ isKnown: false })
    assert.isNull(await onPlatform(() => suppressionOf(email)))
    change({ isKnown: true })
    assert.equal(await onPlatform(() => suppressionOf(email)), 'complained')
    assert.isTrue(await onPlatform(() => liftSuppression(email)))
    assert.isNull(await onPlatform(() => suppressionOf(email)))
  })

  test('links that stop mails work on, and new ones are signed anew', async ({ assert }) => {
    const world = await World.create()
    const { membershipId } = await world.person('member')
    const link = () => world.inside(async () => unsubscribePath({ membershipId, kind: 'mention' }))
    const read = (path: string) => readUnsubscribing(path.split('/').at(-1)!)
    const before = await link()
    change({ isKnown: false })
    assert.isNull(read(before))
    change({ isKnown: true })
    assert.containsSubset(read(before), { membershipId, kind: 'mention' })
    const after = await link()
    assert.notEqual(after, before)
    assert.containsSubset(read(after), { membershipId })
  })

  test('requests of an address are counted together', async ({ assert }) => {
    const email = freshAddress()
    const contact = { name: 'An asker', email }
    for (let asked = 0; asked < 3; asked++) {
      await onPlatform(() =>
        receiveRequest({ kind: 'access', channel: 'web', contact, details: null })
      )
    }
    change({ isKnown: true })
    assert.isTrue(await onPlatform(() => isTooOften(email)))
  })
})
