import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { deliverMail } from '#mails/delivery'
import Comment from '#models/comment'
import ExternalResource from '#models/external_resource'
import { identify } from '#models/privacy_request/identifying'
import { receiveRequest } from '#models/privacy_request/receiving'
import RaidItem from '#models/raid_item'
import { discardStored, storeBytes } from '#models/stored_file/files'
import Task from '#models/task'
import TaskAttachment from '#models/task_attachment'
import { replayErasures, unknownErasures } from '#privacy/erasure/replaying'
import { runErasure } from '#privacy/erasure/run'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin, quietly } from '#tests/support/admin'
import { handIn, tokenSentTo } from '#tests/support/exercises/externals'
import { dumpHits, forgetErasure, tellRecipients, jobsNaming } from '#tests/support/erasure'
import { register, registerStaff, World, type Account } from '#tests/support/world'

type Contact = { name: string; email: string | null }

/** Somebody without an account, whose name and address stand nowhere else. */
function outsider() {
  const word = `outside${randomUUID().replaceAll('-', '').slice(0, 12)}`
  return { name: `Quilla ${word}`, email: `${word}@example.test` }
}

/** A request to be erased that came by mail, of which it is known who asks. */
function asking(contact: Contact) {
  return Tenancy.system(PLATFORM, async () => {
    const request = await receiveRequest({
      kind: 'erasure',
      channel: 'mail',
      contact,
      details: null,
    })
    await identify(request, 'known_contact')
    return request
  })
}

/** An organisation that keeps somebody of that name. */
async function keeping(contact: Contact, name = 'Canary Works') {
  const world = await World.create(name)
  const record = await world.inside(() => ExternalResource.add(contact, { name: 'Ada Admin' }))
  return { world, record }
}

async function nameInComment({ name }: Contact, world: World) {
  const writer = await world.person('manager')
  const project = await world.project()
  await world.inside(async () => {
    const item = await RaidItem.raise(project, { type: 'risk', nature: 'threat', title: 'Dry' })
    await Comment.create({
      raidItemId: item.id,
      authorId: writer.membershipId,
      body: `Ask ${name}.`,
    })
  }, writer)
}

async function rowOf(table: string, id: string) {
  const [row] = await sql(admin(), `select * from ${table} where id = ?`, [id])
  return row
}

function erasuresFor(requestId: string) {
  return sql(admin(), 'select * from erasures where request_id = ?', [requestId])
}

function openFinds(erasureId: string) {
  return sql(
    admin(),
    `select id, place, place_organisation_id as organisation from erasure_finds
      where erasure_id = ? and state = 'open'`,
    [erasureId]
  )
}

async function start(
  client: ApiClient,
  staff: Account,
  { id, ref }: { id: string; ref: string },
  records: string[] = []
) {
  const body = { 'confirmation': ref, 'records[]': records, 'lock_version': 2 }
  return client.post(`/admin/privacy/${id}/erasure`).as(staff).form(body)
}

/** From the proof to the last step: recipients are noted, and the letter leaves. */
async function finish(erasureId: string, requestId: string, email: string | null) {
  await tellRecipients(requestId)
  if (email) {
    await runErasure(erasureId)
    const [letter] = await sql(admin(), 'select id from email_outbox where idempotency_key = ?', [
      `privacy:${requestId}:fulfilled`,
    ])
    await deliverMail(PLATFORM, letter.id, {
      send: async () => ({ kind: 'accepted', providerId: `mail-${erasureId}` }),
    })
  }
  return runErasure(erasureId)
}

test.group('Erasing somebody without an account', () => {
  test('removes them wherever their address is kept, has texts that name them read, and proves it', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const person = outsider()
    const { world, record } = await keeping(person, `Quay ${person.name.slice(-6)}`)
    const other = await keeping({ name: 'Q. V.', email: person.email })
    await nameInComment(person, world)
    const request = await asking(person)
    const page = (await client.get(`/admin/privacy/${request.id}`).as(staff)).text()
    assert.include(page, 'Kept with this address')
    assert.include(page, `${person.name}, Quay ${person.name.slice(-6)}`)
    assert.notInclude(page, 'Kept under this name only')

    const answer = await start(client, staff, request)
    const [{ id, label, started_by: by }] = await erasuresFor(request.id)
    assert.equal(answer.header('location'), `/admin/privacy/erasures/${id}`)
    assert.match(label, /^Former contact /)
    assert.equal(by, staff.userId)
    assert.containsSubset(await runErasure(id), { step: 'review', failure: 'open_finds' })
    const finds = await openFinds(id)
    assert.sameMembers(
      finds.map(({ place }) => place),
      ['public.comments', 'audit.event_values']
    )
    const reading = (await client.get(`/admin/privacy/erasures/${id}`).as(staff)).text()
    assert.include(reading, `Quay ${person.name.slice(-6)}</span>`)
    await client
      .post(`/admin/privacy/erasures/${id}/redactions`)
      .as(staff)
      .form({ 'ids[]': finds.map((find) => find.id) })
    assert.containsSubset(await runErasure(id), { step: 'answer' })
    assert.deepEqual(await finish(id, request.id, person.email), { status: 'finished' })

    assert.deepEqual(await dumpHits([person.name, person.email]), [])
    for (const one of [record, other.record]) {
      const row = await rowOf('external_resources', one.id)
      assert.containsSubset(row, { name: label, email: null })
      assert.isNotNull(row.archived_at)
    }
    const events = await sql(
      admin(),
      `select action, actor_kind from audit.events where organisation_id = ? and entity_id = ? order by seq`,
      [world.organisationId, record.id]
    )
    assert.deepEqual(events.at(-1), { action: 'external_resource.erased', actor_kind: 'system' })
    const [{ proof_sha256: proof }] = await erasuresFor(request.id)
    assert.containsSubset(await rowOf('privacy_requests', request.id), {
      status: 'fulfilled',
      evidence_sha256: proof,
      contact: null,
    })
  })

  test('removes files of theirs that name them, and keeps the rest under their label', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const person = outsider()
    const { world, record } = await keeping(person, `Pier ${person.name.slice(-6)}`)
    const [project, manager] = [await world.project(), await world.person('manager')]
    const task = await world.inside(
      () => Task.add(project, { title: 'Survey the quay', externalResourceId: record.id }),
      manager
    )
    const token = await tokenSentTo(person.email)
    await handIn(client, token, 'about.txt', `Measured by ${person.name}`)
    await handIn(client, token, 'plain.txt', 'Four metres at low water')
    await handIn(client, token, `${person.name}.txt`, 'Five metres at high water')
    const files = await world.inside(() => TaskAttachment.of(task).exec())
    for (const { id } of files) await storeBytes('attachment', world.organisationId, id)

    const request = await asking(person)
    await start(client, staff, request)
    const [{ id, label }] = await erasuresFor(request.id)
    await runErasure(id)
    const finds = await openFinds(id)
    const places = finds.map(({ place }) => place)
    assert.includeMembers(places, ['files', 'public.task_attachments', 'audit.event_values'])
    assert.lengthOf(
      places.filter((place) => place === 'files'),
      1
    )
    const reading = (await client.get(`/admin/privacy/erasures/${id}`).as(staff)).text()
    assert.include(reading, 'about.txt')
    await client
      .post(`/admin/privacy/erasures/${id}/redactions`)
      .as(staff)
      .form({ 'ids[]': finds.map((find) => find.id) })
    const [named] = files
    assert.lengthOf(await jobsNaming('discard_attachment', named.id), 1)
    await discardStored('attachment', world.organisationId, named.id)
    assert.containsSubset(await runErasure(id), { step: 'answer' })
    assert.deepEqual(await finish(id, request.id, person.email), { status: 'finished' })

    assert.deepEqual(await dumpHits([person.name, person.email]), [])
    const page = `/projects/${project.id}/tasks/${task.id}`
    const shown = (await client.get(page).as(manager)).text()
    for (const words of ['The file was deleted because', `by ${label} (external)`, 'plain.txt']) {
      assert.include(shown, words)
    }
    const answers = await Promise.all(
      files.map((file) => client.get(`${page}/attachments/${file.id}/file`).as(manager))
    )
    assert.deepEqual(
      answers.map((answer) => answer.status()),
      [404, 200, 200]
    )
    assert.include(answers[2].header('content-disposition')!, 'Former contact')
  })

  test('removes only the records of a name that the desk chose, and leaves a namesake', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const { name, email: atWork } = outsider()
    const theirs = await keeping({ name, email: null })
    const alsoTheirs = await keeping({ name: name.toUpperCase(), email: atWork })
    const namesakes = await keeping({ name, email: `other-${atWork}` }, 'Namesake Ltd')
    const request = await asking({ name, email: null })
    const page = (await client.get(`/admin/privacy/${request.id}`).as(staff)).text()
    assert.include(page, 'Kept under this name only')
    assert.include(page, 'with an address at example.test')
    assert.notInclude(page, atWork)

    await start(client, staff, request, [theirs.record.id, alsoTheirs.record.id])
    const [{ id, label }] = await erasuresFor(request.id)
    assert.containsSubset(await runErasure(id), { step: 'review' })
    const finds = await openFinds(id)
    assert.deepEqual(
      [...new Set(finds.map(({ organisation }) => organisation))],
      [namesakes.world.organisationId]
    )
    assert.include(
      finds.map(({ place }) => place),
      'public.external_resources'
    )
    await client
      .post(`/admin/privacy/erasures/${id}/exemptions`)
      .as(staff)
      .form({ 'ids[]': finds.map((find) => find.id), 'reason': 'somebody_else' })
    assert.containsSubset(await runErasure(id), { step: 'answer' })
    assert.deepEqual(await finish(id, request.id, null), { status: 'finished' })

    for (const { record } of [theirs, alsoTheirs]) {
      const row = await rowOf('external_resources', record.id)
      assert.containsSubset(row, { name: label, email: null })
    }
    const left = await rowOf('external_resources', namesakes.record.id)
    assert.containsSubset(left, { name, email: `other-${atWork}`, archived_at: null })
    assert.isNull((await rowOf('privacy_requests', request.id)).contact)
    const { proof } = await rowOf('erasures', id)
    assert.lengthOf(proof.kept, finds.length)
  })

  test('erases a message in which a namesake may stand once the desk has read it', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const { name, email } = outsider()
    const { world } = await keeping({ name, email }, 'Mail Ltd')
    const request = await asking({ name, email: null })
    await start(client, staff, request)
    const [{ id }] = await erasuresFor(request.id)
    await runErasure(id)
    const mails = (await openFinds(id)).filter(({ place }) => place === 'public.email_outbox')
    assert.isNotEmpty(mails)
    await client
      .post(`/admin/privacy/erasures/${id}/redactions`)
      .as(staff)
      .form({ 'ids[]': mails.map((find) => find.id) })
    const rows = await sql(
      admin(),
      'select subject, text_body, blanked_at is not null as gone from email_outbox where organisation_id = ?',
      [world.organisationId]
    )
    assert.deepEqual(rows, [{ subject: null, text_body: null, gone: true }])
  })

  test('begins once, by staff, for somebody who is known, with records that may be theirs', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const person = outsider()
    const { world } = await keeping(person)
    const stranger = await keeping(outsider())
    const request = await asking(person)
    const none = async () => assert.isEmpty(await erasuresFor(request.id))
    ;(await start(client, await world.person('owner'), request)).assertStatus(404)
    await none()
    await start(client, staff, request, [stranger.record.id])
    await none()
    await start(client, staff, { ...request, id: request.id, ref: 'P-000000' })
    await none()
    const unknown = await Tenancy.system(PLATFORM, () =>
      receiveRequest({ kind: 'erasure', channel: 'mail', contact: person, details: null })
    )
    await client
      .post(`/admin/privacy/${unknown.id}/erasure`)
      .as(staff)
      .form({ confirmation: unknown.ref, lock_version: 1 })
    assert.isEmpty(await erasuresFor(unknown.id))
    const short = await asking({ name: 'Al', email: null })
    await start(client, staff, short)
    assert.isEmpty(await erasuresFor(short.id))

    await start(client, staff, request)
    await start(client, staff, request)
    assert.lengthOf(await erasuresFor(request.id), 1)
  })

  test('erases an account that they made meanwhile', async ({ client, assert }) => {
    const person = outsider()
    const request = await asking(person)
    const account = await register('late')
    await sql(admin(), 'update users set email = ? where id = ?', [person.email, account.userId])
    await start(client, await registerStaff(), request)
    const [erasure] = await erasuresFor(request.id)
    assert.equal(erasure.user_id, account.userId)
    assert.match(erasure.label, /^Former member /)
  })

  test('is replayed when an older back-up brings them back, even by a name alone', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    for (const contact of [outsider(), { ...outsider(), email: null }]) {
      const { record } = await keeping(contact)
      const request = await asking(contact)
      await start(client, staff, request, contact.email ? [] : [record.id])
      const [{ id, label }] = await erasuresFor(request.id)
      await runErasure(id)
      assert.deepEqual(await finish(id, request.id, contact.email), { status: 'finished' })
      await bringBack(id, record.id, contact)
      assert.include(await unknownErasures(), id)
      const replayed = await replayErasures()
      const { outcome } = replayed.find(({ tombstone }) => tombstone.erasure === id)!
      assert.deepEqual(outcome, { status: 'finished' })
      const row = await rowOf('external_resources', record.id)
      assert.containsSubset(row, { name: label, email: null })
    }
  })
})

/** As a back-up from before the erasure knows them. */
async function bringBack(erasureId: string, recordId: string, { name, email }: Contact) {
  await forgetErasure(erasureId)
  await quietly(
    'update external_resources set name = ?, email = ?, archived_at = null where id = ?',
    [name, email, recordId]
  )
}
