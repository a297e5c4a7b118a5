import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { useAccountRemover } from '#identity/account_removal'
import { queueMail } from '#mails/outbox'
import { sealValue } from '#encryption/sealed_value'
import AiInteraction from '#models/ai_interaction'
import PrivacyRequest from '#models/privacy_request'
import { searchFor } from '#privacy/erasure/proving'
import { runErasure } from '#privacy/erasure/run'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin, quietly } from '#tests/support/admin'
import { canary, erase, removing } from '#tests/support/erasure'
import { askingForErasure } from '#tests/support/exercises/privacy'
import { countQueries } from '#tests/support/query_count'
import { populated } from '#tests/support/populated'
import { addAssistantRows } from '#tests/support/populated/assistant'
import { registerStaff, World, type Account } from '#tests/support/world'

/** Somebody else’s mail and question, which name the person, and the same about nobody. */
async function toldOf(person: Account) {
  const world = await World.create()
  const project = await world.project()
  await world.join(person)
  const reader = await world.person('team')
  await addAssistantRows(world, project)
  const tell = (text: string) =>
    queueMail({
      template: 'notice',
      to: { email: reader.email, membershipId: reader.membershipId },
      data: { subject: text, paragraphs: [text] },
      key: randomUUID(),
    })
  return world.inside(
    async () => {
      const mails = [
        await tell(`${person.name} asked you for the key`),
        await tell('A gate is near'),
      ]
      const asked = await AiInteraction.firstOrFail()
      const about = `Why does ${person.name.toUpperCase()} ask?`
      await asked.merge({ question: about, prompt: `{"q":"${about}"}` }).save()
      return { mails, named: asked.id }
    },
    await world.person('manager')
  )
}

const subjects = (ids: string[]) =>
  sql<{ kept: boolean }>(
    admin(),
    'select subject is not null as kept from email_outbox where id = any(?) order by subject is null desc',
    [ids]
  )

test.group('What others keep of an erased person behind our encryption', (group) => {
  group.each.setup(() => {
    removing()
    return () => useAccountRemover(null)
  })

  test('is found although no dump shows it, and is deleted as a whole', async ({ assert }) => {
    const person = await canary()
    const { mails, named } = await toldOf(person)
    const before = await searchFor([person.name], [])
    assert.includeMembers(
      before.places.map(({ place }) => place),
      ['public.email_outbox', 'public.ai_interactions']
    )
    const { outcome } = await erase(person)
    assert.deepEqual(outcome, { status: 'finished' })
    assert.deepEqual(await subjects(mails), [{ kept: false }, { kept: true }])
    const [row] = await sql(
      admin(),
      'select question, prompt, answer, status from ai_interactions where id = ?',
      [named]
    )
    assert.deepEqual([row.question, row.prompt, row.answer], [null, null, null])
    assert.isEmpty((await searchFor([person.name], [])).places)
  })

  test('is deleted from kept answers of the API as well', async ({ assert }) => {
    const { world } = await populated()
    const person = await canary()
    await world.join(person)
    const body = sealValue({ title: `Ask ${person.name}` }, 'api_replies.body')
    const replies = () =>
      sql(admin(), 'select body from api_replies where organisation_id = ?', [world.organisationId])
    await quietly('update api_replies set body = ? where organisation_id = ?', [
      body,
      world.organisationId,
    ])
    assert.lengthOf(await replies(), 1)
    await erase(person)
    assert.isEmpty(await replies())
  })

  test('is read by the desk in requests about their own data, with the words around the name', async ({
    client,
    assert,
  }) => {
    const person = await canary()
    const complaint = await askingForErasure(await canary(), '2026-07-01')
    const told = `My colleague ${person.name} reads my mails.`
    await Tenancy.system(PLATFORM, async () => {
      const request = await PrivacyRequest.findById(complaint.id)
      await request.merge({ details: told }).auditAs('privacy_request.updated').save()
      await request.log('note', `Called ${person.name}`)
    })
    const { id, label, outcome } = await erase(person)
    assert.containsSubset(outcome, { failure: 'open_finds' })
    const finds = await sql(
      admin(),
      'select id, place from erasure_finds where erasure_id = ? order by place',
      [id]
    )
    assert.deepEqual(
      finds.map(({ place }) => place),
      ['public.privacy_request_entries', 'public.privacy_requests']
    )
    const staff = await registerStaff()
    const page = (await client.get(`/admin/privacy/erasures/${id}`).as(staff)).text()
    assert.include(page, told)
    await client
      .post(`/admin/privacy/erasures/${id}/redactions`)
      .as(staff)
      .form({ 'ids[]': finds.map((find) => find.id) })
    assert.deepEqual(await runErasure(id), { status: 'finished' })
    await Tenancy.system(PLATFORM, async () => {
      const request = await PrivacyRequest.findById(complaint.id)
      assert.equal(request.details, `My colleague ${label} reads my mails.`)
      assert.equal((await request.entries).at(-1)!.text, `Called ${label}`)
    })
    assert.isEmpty((await searchFor([person.name], [])).places)
  })

  test('is read for the desk with one query for each table', async ({ client, assert }) => {
    const person = await canary()
    const complaint = await askingForErasure(await canary(), '2026-07-01')
    await Tenancy.system(PLATFORM, async () => {
      const request = await PrivacyRequest.findById(complaint.id)
      for (const day of ['Monday', 'Tuesday', 'Friday']) {
        await request.log('note', `Called ${person.name} on ${day}`)
      }
    })
    const { id } = await erase(person)
    const staff = await registerStaff()
    let page = ''
    const count = await countQueries(async () => {
      page = (await client.get(`/admin/privacy/erasures/${id}`).as(staff)).text()
    }, /from privacy_request_entries/)
    for (const day of ['Monday', 'Tuesday', 'Friday']) assert.include(page, `on ${day}`)
    assert.equal(count, 1)
  })
})
