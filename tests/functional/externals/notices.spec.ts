import { test } from '@japa/runner'
import ExternalResource from '#models/external_resource'
import OutboxMail from '#models/outbox_mail'
import { World } from '#tests/support/world'

const BY = { name: 'Ada Admin' }

function add(world: World, email: string | null) {
  return world.inside(() => ExternalResource.add({ name: 'Sue "Survey" Surveyor', email }, BY))
}

function rename(world: World, id: string, details: { name?: string; email?: string | null }) {
  return world.inside(async () => {
    const person = await ExternalResource.findById(id)
    const { name, email, lockVersion } = person
    return person.revise({ name, email, ...details }, lockVersion, BY)
  })
}

function mailsOf(world: World) {
  return world.inside(() => OutboxMail.query().orderBy('id').exec())
}

test.group('The notice to an external person', () => {
  test('says who added them, what is kept, why, for how long and what they can do', async ({
    assert,
  }) => {
    const world = await World.create('Quay <& Sons>')
    await add(world, 'sue@example.test')
    const [mail, ...more] = await mailsOf(world)
    assert.deepEqual(more, [])
    assert.equal(mail.email, 'sue@example.test')
    assert.equal(mail.template, 'external_notice')
    assert.equal(mail.subject, 'Quay <& Sons> has added you to Orchestrate')
    assert.equal(
      mail.textBody,
      `Ada Admin of Quay <& Sons> has added you to Orchestrate, where Quay <& Sons> governs its projects, so that you can be given work there. You do not need an account.

What is kept: your name (Sue "Survey" Surveyor), this email address, and the work you are given: tasks, actions and dependencies of projects, with your answers and the files you add.

Why: so that Quay <& Sons> can give you work and see who does it. The legal basis is legitimate interests.

For how long: as long as Quay <& Sons> uses Orchestrate. If you ask, your name and address are blanked within 30 days. The record of the work stays, without your name.

What you can do: you can see and correct what is kept, object to it, or have it erased. Email APTIM-Solutions Ltd, who is responsible for it, at privacy@aptim-solutions.com. You can also complain to the Information Commissioner’s Office at ico.org.uk.

Read the privacy policy:
${process.env.APP_URL}/privacy

--
We send this once to each address we keep. It is not advertising, and you do not need to do anything.
`
    )
    for (const text of [
      'Ada Admin of Quay &lt;&amp; Sons&gt; has added you',
      `href="${process.env.APP_URL}/privacy"`,
      'href="mailto:privacy@aptim-solutions.com"',
      'legitimate interests',
      'blanked within 30 days',
    ]) {
      assert.include(mail.htmlBody!, text)
    }
    assert.notInclude(mail.htmlBody!, '<& Sons>')
    assert.notInclude(mail.htmlBody!, 'undefined')
  })

  test('is sent once for each new address, and for nothing else', async ({ assert }) => {
    const world = await World.create()
    const { id } = await add(world, null)
    const unaddressed = await rename(world, id, { name: 'Sue Surveyor' })
    assert.isNull(unaddressed.noticeSentAt)
    assert.lengthOf(await mailsOf(world), 0)
    const told = await rename(world, id, { email: 'sue@example.test' })
    assert.isNotNull(told.noticeSentAt)
    await rename(world, id, { email: 'SUE@example.test' })
    await rename(world, id, { name: 'Susan Surveyor' })
    assert.lengthOf(await mailsOf(world), 1)
    await rename(world, id, { email: 'susan@example.test' })
    const gone = await rename(world, id, { email: null })
    assert.isNull(gone.noticeSentAt)
    assert.deepEqual(
      (await mailsOf(world)).map(({ email }) => email),
      ['sue@example.test', 'susan@example.test']
    )
  })

  test('is not sent if the change is refused', async ({ assert }) => {
    const world = await World.create()
    await add(world, 'sue@example.test')
    await assert.rejects(() => add(world, 'sue@example.test'))
    assert.lengthOf(await mailsOf(world), 1)
  })
})
