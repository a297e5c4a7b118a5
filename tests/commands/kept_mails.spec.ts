import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { deliverMail } from '#mails/delivery'
import { queueMail } from '#mails/outbox'
import { runCommand } from '#tests/support/commands'
import { World } from '#tests/support/world'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

const EMAIL = 'asker@example.test'

/** Keeps a notice for the address, of the platform or of an organisation. */
async function keep(organisationId: string, subject: string) {
  const id = await Tenancy.system(organisationId, () =>
    queueMail({
      template: 'notice',
      to: { email: EMAIL, name: 'Asker', membershipId: null },
      data: { subject, paragraphs: [`This is ${subject}.`], path: '/privacy' },
      key: subject,
    })
  )
  await deliverMail(organisationId, id, null)
}

test.group('Kept mails', () => {
  const read = (email: string) => runCommand('mails:read', email)

  test('shows the last mail of the platform, and no organisation’s', async ({ assert }) => {
    await keep(PLATFORM, 'the first')
    await keep(PLATFORM, 'the second')
    await keep((await World.create()).organisationId, 'a secret of others')
    const { exitCode, said } = await read(EMAIL)
    assert.equal(exitCode, 0)
    assert.include(said, 'This is the second.')
    assert.notInclude(said, 'the first')
    assert.notInclude(said, 'a secret of others')
  })

  test('refuses an address without mails, and production', async ({ assert, cleanup }) => {
    assert.equal((await read('nobody@example.test')).exitCode, 1)
    await keep(PLATFORM, 'the third')
    Object.defineProperty(app, 'inProduction', { value: true, configurable: true })
    cleanup(() => void delete (app as any).inProduction)
    const { exitCode, said } = await read(EMAIL)
    assert.equal(exitCode, 1)
    assert.notInclude(said, 'the third')
  })
})
