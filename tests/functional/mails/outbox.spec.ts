import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { queueMail } from '#mails/outbox'
import OutboxMail from '#models/outbox_mail'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { World } from '#tests/support/world'

const invitation = {
  template: 'invitation' as const,
  to: { email: 'new@example.test', name: 'New "Joiner"' },
  data: {
    organisation: 'Quay <& Sons>',
    inviter: 'O’Neil & Co',
    path: '/invitations/secret-token',
    expiresAt: DateTime.fromISO('2026-03-04T09:12:00Z'),
  },
  key: 'invitation:1',
}

const notice = {
  template: 'notice' as const,
  to: { email: 'someone@example.test' },
  data: { subject: 'The gate is decided', paragraphs: ['First.', 'Second.'], path: '/projects' },
  key: 'notice:1',
}

test.group('Mails: the outbox', () => {
  test('an invitation says who invites where, until when, and what to do if unexpected', async ({
    assert,
  }) => {
    const world = await World.create()
    const mail = await queued(world, invitation)
    const link = `${process.env.APP_URL}/invitations/secret-token?organisation=${world.organisationId}`
    assert.equal(mail.subject, 'Join Quay <& Sons> on Orchestrate')
    assert.equal(
      mail.textBody,
      `O’Neil & Co has invited you to join Quay <& Sons> on Orchestrate, where it governs its projects.

See the invitation:
${link}

The invitation is for this email address only, and expires on 4 Mar 2026, 09:12 UTC. You will not join until you accept it.

--
If you did not expect this email, ignore it. You will not become a member, and the invitation will expire.
`
    )
    assert.include(mail.htmlBody!, 'Join Quay &lt;&amp; Sons&gt;</h1>')
    assert.include(mail.htmlBody!, `href="${link}"`)
    assert.include(mail.htmlBody!, 'If you did not expect this email')
    assert.notInclude(mail.htmlBody!, '<& Sons>')
    assert.notInclude(mail.htmlBody!, 'undefined')
  })

  test('a notice holds its paragraphs and its link', async ({ assert }) => {
    const world = await World.create()
    const mail = await queued(world, notice)
    assert.equal(
      mail.textBody,
      `First.

Second.

Open in Orchestrate:
${process.env.APP_URL}/projects?organisation=${world.organisationId}

--
You get this email because it concerns your work in Orchestrate.
`
    )
    assert.include(
      mail.htmlBody!,
      '<h1 style="margin:0 0 12px;font-size:20px;line-height:1.3">The gate'
    )
    assert.deepInclude(mail.$attributes, { status: 'queued', attempts: 0, failure: null })
  })

  test('a mail of the platform links to no organisation', async ({ assert }) => {
    const mail = await Tenancy.system(PLATFORM, async () => {
      const id = await queueMail({ ...notice, key: `notice:${Date.now()}` })
      return OutboxMail.findOrFail(id)
    })
    assert.include(mail.textBody!, `${process.env.APP_URL}/projects\n`)
  })

  test('a rollback leaves neither mail nor job', async ({ assert }) => {
    const world = await World.create()
    await assert.rejects(
      () =>
        world.inside(async () => {
          await queueMail(notice)
          throw new Error('undone')
        }),
      'undone'
    )
    assert.deepEqual(await world.inside(async () => await OutboxMail.all()), [])
    assert.equal(await jobsOf(world), 0)
  })

  test('the same key queues once, in each organisation', async ({ assert }) => {
    const [world, other] = [await World.create(), await World.create()]
    const ids = [await send(world), await send(world), await send(other)]
    assert.equal(ids[0], ids[1])
    assert.notEqual(ids[0], ids[2])
    assert.equal(await jobsOf(world), 1)
    assert.equal(await jobsOf(other), 1)

    function send(where: World) {
      return where.inside(() => queueMail(notice))
    }
  })

  test('twenty transactions with one key queue one mail', async ({ assert }) => {
    const world = await World.create()
    const ids = await Promise.all(
      Array.from({ length: 20 }, () => world.inside(() => queueMail(notice)))
    )
    assert.lengthOf(new Set(ids), 1)
    assert.equal(await jobsOf(world), 1)
  })

  test('outside an organisation nothing is queued', async ({ assert }) => {
    await assert.rejects(() => queueMail(notice), /No organisation is active/)
  })

  test('a template that is not in the registry throws: {$self}')
    .with(['newsletter', 'layout', 'constructor', '../pages/home', ''])
    .run(async ({ assert }, template) => {
      const world = await World.create()
      await assert.rejects(
        () => world.inside(() => queueMail({ ...notice, template: template as 'notice' })),
        /There is no mail template/
      )
    })

  test('nothing breaks out of a header: {name}')
    .with(
      [
        ['a line feed', '\n'],
        ['a carriage return', '\r'],
        ['both', '\r\nBcc: all@example.test'],
        ['a next line', '\u0085'],
        ['a line separator', '\u2028'],
        ['a paragraph separator', '\u2029'],
        ['a null', '\0'],
        ['a vertical tab', '\v'],
        ['a change of direction', '\u202e'],
        ['half a character', '\ud800'],
      ].map(([name, text]) => ({ name, text }))
    )
    .run(async ({ assert }, { text }) => {
      const world = await World.create()
      const broken = [
        { ...notice, to: { email: 'a@example.test', name: `Name${text}x` } },
        { ...notice, to: { email: `a@example.test${text}` } },
        { ...notice, to: { email: `a${text}@example.test` } },
        { ...notice, data: { ...notice.data, subject: `Subject${text}x` } },
      ]
      for (const mail of broken) {
        await assert.rejects(() => world.inside(() => queueMail(mail)), /header|one mail address/)
      }
      for (const field of ['organisation', 'inviter']) {
        const data = { ...invitation.data, [field]: `Name${text}x` }
        await assert.rejects(() => world.inside(() => queueMail({ ...invitation, data })), /header/)
      }
      assert.equal(await jobsOf(world), 0)
    })

  test('an address is one address: {$self}')
    .with([
      '',
      'nobody',
      'a@b@c',
      'a@b.test, c@d.test',
      'a@b.test c@d.test',
      '<a@b.test>',
      '"a"@b.test',
    ])
    .run(async ({ assert }, email) => {
      const world = await World.create()
      await assert.rejects(
        () => world.inside(() => queueMail({ ...notice, to: { email } })),
        /one mail address/
      )
    })

  test('a mail links to our own pages only: {$self}')
    .with(['https://elsewhere.test/', '//elsewhere.test', '/\\elsewhere.test', 'projects'])
    .run(async ({ assert }, path) => {
      const world = await World.create()
      const data = { ...notice.data, path }
      await assert.rejects(
        () => world.inside(() => queueMail({ ...notice, data })),
        /pages of ours only/
      )
    })
})

async function queued(world: World, mail: typeof invitation | typeof notice) {
  return world.inside(async () => OutboxMail.findOrFail(await queueMail(mail as any)))
}

async function jobsOf(world: World) {
  const [{ count }] = await sql(
    admin(),
    `select count(*)::int from graphile_worker._private_jobs
      where payload ->> 'organisationId' = ?`,
    [world.organisationId]
  )
  return count
}
