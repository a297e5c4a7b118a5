import { test } from '@japa/runner'
import { useAccountRemover } from '#identity/account_removal'
import { runErasure } from '#privacy/erasure/run'
import { deliverMail } from '#mails/delivery'
import Import from '#models/import'
import { storeBytes } from '#models/stored_file/files'
import Task from '#models/task'
import TaskAttachment from '#models/task_attachment'
import { receiveRequest } from '#models/privacy_request/receiving'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin, quietly } from '#tests/support/admin'
import {
  begin,
  canary,
  dumpHits,
  erase,
  removing,
  tellRecipients,
  withFind,
} from '#tests/support/erasure'
import { openedMails } from '#tests/support/sealed'
import { askingForErasure, receive } from '#tests/support/exercises/privacy'
import { register, registerStaff, World } from '#tests/support/world'

const rowOf = (table: string, id: string) =>
  sql(admin(), `select * from ${table} where id = ?`, [id]).then(([row]) => row)

const erasureFor = (requestId: string) =>
  sql(admin(), 'select * from erasures where request_id = ?', [requestId]).then(([row]) => row)

const RECIPIENTS = `
  select recipient, outcome from privacy_request_recipients where request_id = ?`

async function waitingJobs(erasureId: string): Promise<number> {
  const [{ count }] = await sql(
    admin(),
    `select count(*)::int as count from graphile_worker._private_jobs
      where payload::text like ?`,
    [`%${erasureId}%`]
  )
  return count
}

test.group('An erasure by request', (group) => {
  group.each.setup(() => {
    removing()
    return () => useAccountRemover(null)
  })

  test('begins on the desk, ends with the proof as its evidence, and tells the person last', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const person = await canary()
    const request = await askingForErasure(person)
    const answer = await client
      .post(`/admin/privacy/${request.id}/erasure`)
      .as(staff)
      .form({ confirmation: request.ref.toLowerCase(), lock_version: 2 })
    const { id } = await erasureFor(request.id)
    assert.equal(answer.header('location'), `/admin/privacy/erasures/${id}`)

    assert.containsSubset(await runErasure(id), { step: 'answer', failure: 'untold_recipients' })
    assert.equal((await rowOf('privacy_requests', request.id)).status, 'working')
    const told = await client.get(`/admin/privacy/erasures/${id}`).as(staff)
    assert.include(told.text(), 'Waiting for recipients to be recorded on the request')
    await tellRecipients(request.id)
    const waiting = await runErasure(id)
    assert.containsSubset(waiting, {
      status: 'waiting',
      step: 'farewell',
      failure: 'letter_under_way',
    })
    const { evidence_sha256: evidence, status } = await rowOf('privacy_requests', request.id)
    const { proof_sha256: proof } = await rowOf('erasures', id)
    assert.equal(status, 'fulfilled')
    assert.equal(evidence, proof)

    const [letter] = await openedMails('select * from email_outbox where email = ?', [person.email])
    assert.equal(letter.email, person.email)
    assert.include(letter.text_body, 'Your data is erased')
    // Nobody is known by this address any more: a link would ask for a code that cannot come.
    assert.notInclude(letter.text_body + letter.html_body, '/privacy/requests/')
    await deliverMail(PLATFORM, letter.id, {
      send: async () => ({ kind: 'accepted', providerId: `mail-${id}` }),
    })
    assert.deepEqual(await runErasure(id), { status: 'finished' })
    assert.deepEqual(await dumpHits([person.name, person.email, person.subject]), [])
    const row = await rowOf('privacy_requests', request.id)
    assert.deepEqual([row.contact, row.contact_hash, row.answer], [null, null, null])
    const closed = (await client.get(`/admin/privacy/${request.id}`).as(staff)).text()
    assert.notInclude(closed, 'Has an account')
    assert.notInclude(closed, '/flags/')
    const page = await client.get(`/admin/privacy/erasures/${id}`).as(staff)
    assert.include(page.text(), 'Finished and proved')
    assert.include(page.text(), proof)
  })

  test('closes the person’s other requests, and says so', async ({ assert }) => {
    const [person, colleague] = [await canary(), await register('colleague')]
    const [own, others] = [await receive(person), await receive(colleague)]
    const { name, email } = person
    const typed = await Tenancy.system(PLATFORM, () =>
      receiveRequest({ kind: 'complaint', channel: 'web', contact: { name, email }, details: null })
    )
    const request = await askingForErasure(person)
    const { id } = await begin(person, request.id)
    await tellRecipients(request.id)
    assert.containsSubset(await runErasure(id), { step: 'farewell', failure: 'letter_under_way' })
    const [letter] = await openedMails('select * from email_outbox where email = ?', [email])
    for (const { ref } of [own, typed]) assert.include(letter.text_body, ref)
    assert.notInclude(letter.text_body, others.ref)
    await deliverMail(PLATFORM, letter.id, null)
    assert.deepEqual(await runErasure(id), { status: 'finished' })
    for (const ended of [own, typed]) {
      const row = await rowOf('privacy_requests', ended.id)
      assert.equal(row.status, 'withdrawn')
      assert.isNotNull(row.completed_at)
    }
    assert.isNull((await rowOf('privacy_requests', others.id)).completed_at)
  })

  test('closes them without a request for erasure, too', async ({ assert }) => {
    const person = await canary()
    const own = await receive(person)
    const { outcome } = await erase(person)
    assert.deepEqual(outcome, { status: 'finished' })
    assert.equal((await rowOf('privacy_requests', own.id)).status, 'withdrawn')
  })

  test('continues once the last recipient is recorded; the identity provider that deleted the account is one', async ({
    assert,
  }) => {
    const { AUTH0_DOMAIN: domain = '' } = process.env
    process.env.AUTH0_DOMAIN = 'orchestrate.example.auth0.com'
    try {
      const person = await canary()
      const request = await askingForErasure(person)
      const { id } = await begin(person, request.id)
      assert.containsSubset(await runErasure(id), { step: 'answer' })
      assert.deepEqual(await sql(admin(), RECIPIENTS, [request.id]), [
        { recipient: 'Auth0', outcome: 'informed' },
      ])
      const before = await waitingJobs(id)
      await tellRecipients(request.id)
      assert.equal(await waitingJobs(id), before + 1)
      assert.containsSubset(await runErasure(id), { step: 'farewell' })
    } finally {
      process.env.AUTH0_DOMAIN = domain
    }
  })

  test('needs its reference typed, an account, and an identified person', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const person = await canary()
    const request = await askingForErasure(person)
    const start = (id: string, body: Record<string, unknown>) =>
      client.post(`/admin/privacy/${id}/erasure`).as(staff).form(body)
    await start(request.id, { confirmation: 'P-000000', lock_version: 2 })
    await start(request.id, { lock_version: 2 })
    const other = await receive(person)
    await start(other.id, { confirmation: other.ref, lock_version: 1 })
    const erasures = await sql(admin(), 'select id from erasures where user_id = ?', [
      person.userId,
    ])
    assert.lengthOf(erasures, 0)
    const owner = await (await World.create()).person('owner')
    const refused = await client
      .post(`/admin/privacy/${request.id}/erasure`)
      .as(owner)
      .form({ confirmation: request.ref, lock_version: 2 })
    refused.assertStatus(404)
  })

  test('is refused to the only owner of an organisation, by its name', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const world = await World.create('Quay and Daughters')
    const owner = await world.person('owner')
    const request = await askingForErasure(owner)
    const refused = await client
      .post(`/admin/privacy/${request.id}/erasure`)
      .as(staff)
      .header('referer', `/admin/privacy/${request.id}`)
      .form({ confirmation: request.ref, lock_version: 2 })
    assert.isUndefined(await erasureFor(request.id))
    assert.include([303, 422], refused.status())
    await world.join(await register('second'), 'owner')
    await client
      .post(`/admin/privacy/${request.id}/erasure`)
      .as(staff)
      .form({ confirmation: request.ref, lock_version: 2 })
    assert.isDefined(await erasureFor(request.id))
  })

  test('cannot be taken back once it began', async ({ client, assert }) => {
    const staff = await registerStaff()
    const person = await canary()
    const request = await askingForErasure(person)
    await client
      .post(`/admin/privacy/${request.id}/erasure`)
      .as(staff)
      .form({ confirmation: request.ref, lock_version: 2 })
    for (const step of ['withdrawal', 'refusal']) {
      await client
        .post(`/admin/privacy/${request.id}/${step}`)
        .as(staff)
        .form({ lock_version: 2, refusal_ground: 'legal_claims', answer: 'No' })
    }
    assert.equal((await rowOf('privacy_requests', request.id)).status, 'working')
  })
})

test.group('Texts that name an erased person', (group) => {
  group.each.setup(() => {
    removing()
    return () => useAccountRemover(null)
  })

  test('are shown to a reader around the name, and the name is taken out of them', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const { person, comment, erasureId, finds, world } = await withFind()
    assert.sameMembers(
      finds.map(({ place }) => place),
      ['public.comments', 'audit.event_values']
    )
    const page = await client.get(`/admin/privacy/erasures/${erasureId}`).as(staff)
    assert.include(page.text(), `Please ask ${person.name} for the key.`)
    const label = (await rowOf('erasures', erasureId)).label
    await client
      .post(`/admin/privacy/erasures/${erasureId}/redactions`)
      .as(staff)
      .form({ 'ids[]': finds.map(({ id }) => id) })
    const { body } = await rowOf('comments', comment.id)
    assert.equal(body, `Please ask ${label} for the key.`)
    const told = await sql(
      admin(),
      `select action from audit.events where organisation_id = ? and entity_id = ? order by seq`,
      [world.organisationId, comment.id]
    )
    assert.deepEqual(
      told.map(({ action }) => action),
      ['comment.created', 'comment.redacted']
    )
    assert.deepEqual(await runErasure(erasureId), { status: 'finished' })
    assert.deepEqual(await dumpHits([person.name, person.email, person.subject]), [])
  })

  test('may stay for a reason, which the proof tells without the name', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const { person, erasureId, finds } = await withFind()
    const keep = (body: Record<string, unknown>) =>
      client.post(`/admin/privacy/erasures/${erasureId}/exemptions`).as(staff).form(body)
    const ids = finds.map(({ id }) => id)
    await keep({ 'ids[]': ids })
    assert.equal((await rowOf('erasure_finds', ids[0])).state, 'open')
    await keep({ 'ids[]': ids, 'reason': 'somebody_else' })
    assert.deepEqual(await runErasure(erasureId), { status: 'finished' })
    const { proof } = await rowOf('erasures', erasureId)
    assert.lengthOf(proof.kept, 2)
    assert.equal(proof.kept[0].reason, 'somebody_else')
    assert.notInclude(JSON.stringify(proof), person.name)
  })

  test('are listed even if the name is only within a file, without words to show', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const world = await World.create()
    const person = await canary()
    const project = await world.project()
    await world.join(person)
    const log = Buffer.from(`Title,Owner\nDry,${person.name}\n`)
    await world.inside(() => Import.upload(project, 'log.csv', log), await world.person('manager'))
    const { id } = await erase(person)
    const finds = await sql(admin(), 'select id, place from erasure_finds where erasure_id = ?', [
      id,
    ])
    assert.deepEqual(
      finds.map(({ place }) => place),
      ['public.imports']
    )
    const page = await client.get(`/admin/privacy/erasures/${id}`).as(staff)
    page.assertStatus(200)
    assert.include(page.text(), 'It is inside a file. Nothing can be removed here.')
    const decide = (path: string) =>
      client
        .post(`/admin/privacy/erasures/${id}/${path}`)
        .as(staff)
        .form({ 'ids[]': [finds[0].id], 'reason': 'legal_claims' })
    await decide('redactions')
    assert.equal((await rowOf('erasure_finds', finds[0].id)).state, 'open')
    await decide('exemptions')
    assert.deepEqual(await runErasure(id), { status: 'finished' })
  })

  test('may be in a file that is gone by the time someone reads them', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const world = await World.create()
    const person = await canary()
    const project = await world.project()
    await world.join(person)
    const manager = await world.person('manager')
    const file = await world.inside(async () => {
      const task = await Task.add(project, { title: 'Pump', assigneeId: manager.membershipId })
      return TaskAttachment.add(task, 'notes.txt', Buffer.from(`Ask ${person.name}`))
    }, manager)
    await storeBytes('attachment', world.organisationId, file.id)
    const { id } = await erase(person)
    await quietly('delete from task_attachments where id = ?', [file.id])
    const [find] = await sql(admin(), 'select id, place from erasure_finds where erasure_id = ?', [
      id,
    ])
    assert.equal(find.place, 'files')
    await client
      .post(`/admin/privacy/erasures/${id}/redactions`)
      .as(staff)
      .form({ 'ids[]': [find.id] })
    assert.equal((await rowOf('erasure_finds', find.id)).state, 'redacted')
    assert.deepEqual(await runErasure(id), { status: 'finished' })
  })

  test('are decided by the desk alone, and only once', async ({ client, assert }) => {
    const { erasureId, findId, world } = await withFind()
    const owner = await world.person('owner')
    for (const path of ['', '/redactions', '/exemptions']) {
      const url = `/admin/privacy/erasures/${erasureId}${path}`
      const body = { 'ids[]': [findId], 'reason': 'legal_claims' }
      const refused = await (path
        ? client.post(url).as(owner).form(body)
        : client.get(url).as(owner))
      refused.assertStatus(404)
    }
    const staff = await registerStaff()
    const decide = () =>
      client
        .post(`/admin/privacy/erasures/${erasureId}/exemptions`)
        .as(staff)
        .form({ 'ids[]': [findId], 'reason': 'legal_claims' })
    await decide()
    const first = await rowOf('erasure_finds', findId)
    await decide()
    assert.deepEqual(await rowOf('erasure_finds', findId), first)
  })
})

test.group('An erased account', (group) => {
  group.each.setup(() => {
    removing()
    return () => useAccountRemover(null)
  })

  test('shows its label wherever the name was', async ({ client, assert }) => {
    const world = await World.create()
    const person = await world.join(await canary())
    const { label } = await erase(person)
    const owner = await world.person('owner')
    const member = await client.get(`/members/${person.membershipId}`).as(owner)
    assert.include(member.text(), label)
    assert.include(member.text(), 'Erased on request')
    const list = await client.get('/members?status=left').as(owner)
    list.assertStatus(200)
    assert.notInclude(list.text(), '>null<')
  })
})
