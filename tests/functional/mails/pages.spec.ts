import { test } from '@japa/runner'
import { deliverMail, type Sender } from '#mails/delivery'
import { queueMail } from '#mails/outbox'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { World } from '#tests/support/world'

const taking: Sender = { send: async ({ id }) => ({ kind: 'accepted', providerId: id }) }
const refusing: Sender = { send: async () => ({ kind: 'refused', failure: 'http_422' }) }

test.group('Mails: what became of them', () => {
  test('a mail without a provider is kept and shown with its link', async ({ client }) => {
    const world = await World.create()
    const id = await queue(world)
    await deliverMail(world.organisationId, id, null)
    const page = await client.get(`/mails/${id}`).as(await world.person('admin'))
    page.assertStatus(200)
    page.assertTextIncludes('Kept here')
    page.assertTextIncludes('It passed &amp; you may go on.')
    page.assertTextIncludes(`/projects?organisation=${world.organisationId}`)
    const list = await client.get('/mails').as(await world.person('admin'))
    list.assertTextIncludes('The gate is decided')
  })

  test('the content of a mail that went out is its reader’s', async ({ assert, client }) => {
    const world = await World.create()
    const id = await queue(world)
    await deliverMail(world.organisationId, id, taking)
    const page = await client.get(`/mails/${id}`).as(await world.person('owner'))
    page.assertTextIncludes('Sent')
    assert.notInclude(page.text(), 'It passed')
    assert.notInclude(page.text(), 'The gate is decided')
    const list = await client.get('/mails').as(await world.person('owner'))
    assert.notInclude(list.text(), 'The gate is decided')
  })

  test('a failure says why', async ({ client }) => {
    const world = await World.create()
    const id = await queue(world)
    await deliverMail(world.organisationId, id, refusing)
    const page = await client.get(`/mails/${id}`).as(await world.person('owner'))
    page.assertTextIncludes('The mail provider refused it (422).')
  })

  test('an id that is none is not found', async ({ client }) => {
    const world = await World.create()
    const page = await client.get('/mails/none').as(await world.person('owner'))
    page.assertStatus(404)
  })

  test('the list pages on, newest first, and mangled cursors show its beginning', async ({
    assert,
    client,
  }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    const empty = await client.get('/mails').as(owner)
    empty.assertTextIncludes('No emails yet')
    for (let number = 0; number < 52; number++) await queue(world, number)
    const first = await client.get('/mails').as(owner)
    assert.deepEqual(readersOf(first.text()), range(51, 2))
    const [, next] = first.text().match(/href="(\/mails\?after=[^"]+)"/)!
    const second = await client.get(next).as(owner)
    assert.deepEqual(readersOf(second.text()), range(1, 0))
    for (const after of ['x', '', 'WyJhIiwiYiJd', '%00']) {
      const page = await client.get(`/mails?after=${after}`).as(owner)
      assert.lengthOf(readersOf(page.text()), 50)
    }
  })

  test('a blanked mail stays in the list without its address', async ({ assert, client }) => {
    const world = await World.create()
    const id = await queue(world)
    await sql(
      admin(),
      `update email_outbox set email = null, name = null, subject = null, text_body = null,
         html_body = null, blanked_at = now() where id = ?`,
      [id]
    )
    const owner = await world.person('owner')
    for (const path of ['/mails', `/mails/${id}`]) {
      const page = await client.get(path).as(owner)
      page.assertStatus(200)
      assert.notInclude(page.text(), 'reader-0')
    }
  })
})

function queue(world: World, number = 0) {
  return world.inside(() =>
    queueMail({
      template: 'notice',
      to: { email: `reader-${number}@example.test` },
      data: {
        subject: 'The gate is decided',
        paragraphs: ['It passed & you may go on.'],
        path: '/projects',
      },
      key: `notice:${number}`,
    })
  )
}

function readersOf(html: string) {
  return [...html.matchAll(/>reader-(\d+)@example\.test</g)].map(([, number]) => Number(number))
}

function range(from: number, to: number) {
  return Array.from({ length: from - to + 1 }, (_, index) => from - index)
}
