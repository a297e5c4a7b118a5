import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { record } from '#audit/events'
import { useAccountRemover } from '#identity/account_removal'
import Comment from '#models/comment'
import Erasure from '#models/erasure'
import ExternalResource from '#models/external_resource'
import Invitation from '#models/invitation'
import { queueMail } from '#mails/outbox'
import type Project from '#models/project'
import PrivacyRequest from '#models/privacy_request'
import { receiveRequest } from '#models/privacy_request/receiving'
import RaidItem from '#models/raid_item'
import { redactFinds } from '#privacy/erasure/deciding'
import { runErasure } from '#privacy/erasure/run'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin, quietly } from '#tests/support/admin'
import {
  begin,
  canary,
  dumpHits,
  erase,
  jobsNaming,
  removing,
  tellRecipients,
  withFind,
} from '#tests/support/erasure'
import { readyPack } from '#tests/support/exercises/portfolio'
import { askingForErasure, readyExport } from '#tests/support/exercises/privacy'
import { openSession, registerStaff, World } from '#tests/support/world'

const rowOf = (table: string, id: string) =>
  sql(admin(), `select * from ${table} where id = ?`, [id]).then(([row]) => row)

const findsOf = (erasureId: string) =>
  sql(admin(), 'select id, place, row_key, state from erasure_finds where erasure_id = ?', [
    erasureId,
  ])

/** Takes the name out of every place that waits. */
function redactAll(erasureId: string) {
  return Tenancy.system(PLATFORM, async () => {
    const erasure = await Erasure.findById(erasureId)
    const open = await erasure.finds.where('state', 'open')
    return redactFinds(
      erasure,
      open.map(({ id }) => id)
    )
  })
}

async function entryIn(world: World, project: Project, body: string) {
  const writer = await world.person('manager')
  return world.inside(async () => {
    const item = await RaidItem.raise(project, { type: 'risk', nature: 'threat', title: 'Dry' })
    return Comment.create({ raidItemId: item.id, authorId: writer.membershipId, body })
  }, writer)
}

test.group('The records of an erased person', (group) => {
  group.each.setup(() => {
    removing()
    return () => useAccountRemover(null)
  })

  test('end: sessions, copies of their data, board packs, invitations, mails and memberships', async ({
    assert,
  }) => {
    const [world, closed] = [await World.create(), await World.create()]
    const person = await canary()
    const project = await world.project({ name: `What ${person.name} left` })
    const member = await world.join(person, 'pmo')
    const former = await closed.join(person)
    await quietly(`update memberships set status = 'deactivated' where id = ?`, [
      former.membershipId,
    ])
    await openSession(person)
    const copy = await readyExport(person)
    const pack = await readyPack(world, member, [project.id])
    const inviting = await World.create()
    const owner = await inviting.person('owner')
    const offer = { email: person.email, role: 'member' as const, projects: [] }
    await inviting.inside(() => Invitation.invite(offer, owner))
    const mail = await world.inside(() =>
      queueMail({
        template: 'notice',
        to: { email: person.email, membershipId: member.membershipId },
        data: { subject: 'Subject', paragraphs: ['Body'] },
        key: randomUUID(),
      })
    )
    await quietly(`update email_outbox set status = 'sending' where id = ?`, [mail])

    const { outcome } = await erase(person)
    assert.containsSubset(outcome, { status: 'waiting' }, 'a reader is needed, and not for these')
    assert.isEmpty(await sql(admin(), 'select from sessions where user_id = ?', [person.userId]))
    const gone = { is_stored: false, status: 'expired' }
    assert.containsSubset(await rowOf('privacy_exports', copy), gone)
    assert.lengthOf(await jobsNaming('discard_privacy_export', copy), 1)
    assert.containsSubset(await rowOf('board_packs', pack), gone)
    assert.lengthOf(await jobsNaming('discard_board_pack', pack), 1)
    const [invitation] = await sql(
      admin(),
      'select email, status from invitations where organisation_id = ?',
      [inviting.organisationId]
    )
    assert.match(invitation.email, /@erased\.invalid$/)
    assert.equal(invitation.status, 'revoked')
    assert.containsSubset(await rowOf('email_outbox', mail), { status: 'failed', email: null })
    for (const { membershipId } of [member, former]) {
      assert.equal((await rowOf('memberships', membershipId)).status, 'left')
    }
  })

  test('are found by an address that only another organisation knows', async ({ assert }) => {
    const [before, world] = [await World.create(), await World.create()]
    const person = await canary()
    const earlier = `earlier-${randomUUID()}@example.test`
    const external = await before.inside(
      () => ExternalResource.add({ name: 'Quilla', email: earlier }, { name: 'Owner' }),
      await before.person('owner')
    )
    const { membershipId } = await world.join(person)
    const owner = await world.person('owner')
    await world.inside(() =>
      Invitation.invite({ email: earlier, role: 'member', projects: [] }, owner)
    )
    await quietly(`update invitations set status = 'accepted', membership_id = ? where email = ?`, [
      membershipId,
      earlier,
    ])
    const { label } = await erase(person)
    assert.containsSubset(await rowOf('external_resources', external.id), {
      name: label,
      email: null,
    })
    assert.deepEqual(await dumpHits([earlier]), [])
  })
})

test.group('The values that a trail keeps of an erased person', (group) => {
  group.each.setup(() => {
    removing()
    return () => useAccountRemover(null)
  })

  test('are all deleted, even if there are more than one step takes', async ({ assert }) => {
    const world = await World.create()
    const person = await canary()
    const { membershipId: subject } = await world.join(person)
    const paths = Array.from({ length: 5001 }, (_, at) => `path${at}`)
    const values = Object.fromEntries(paths.map((path) => [path, { after: person.name, subject }]))
    await world.inside(() =>
      record({
        action: 'membership.updated',
        entityType: 'membership',
        entityId: subject,
        values,
      })
    )
    const { outcome } = await erase(person)
    assert.deepEqual(outcome, { status: 'finished' })
    const left = await sql(
      admin(),
      `select count(*)::int as count from audit.event_values
        where subject_ref = ? and redacted_at is null and path like 'path%'`,
      [subject]
    )
    assert.deepEqual(left, [{ count: 0 }])
  })
})

test.group('The last letter to an erased person', (group) => {
  group.each.setup(() => {
    removing()
    return () => useAccountRemover(null)
  })

  test('is waited for while it is on its way, and for three days at most', async ({ assert }) => {
    const person = await canary()
    const request = await askingForErasure(person)
    const { id } = await begin(person, request.id)
    await tellRecipients(request.id)
    const waiting = { step: 'farewell', failure: 'letter_under_way' }
    const letter = `idempotency_key = 'privacy:${request.id}:fulfilled'`
    assert.containsSubset(await runErasure(id), waiting)
    await quietly(`update email_outbox set status = 'sending' where ${letter}`)
    assert.containsSubset(await runErasure(id), waiting)
    const [sending] = await sql(admin(), `select email from email_outbox where ${letter}`)
    assert.equal(sending.email, person.email)
    await quietly(`update email_outbox set created_at = now() - interval '3 days' where ${letter}`)
    assert.deepEqual(await runErasure(id), { status: 'finished' })
    assert.deepEqual(await dumpHits([person.name, person.email, person.subject]), [])
  })
})

test.group('What a person asks after the last letter', (group) => {
  group.each.setup(() => {
    removing()
    return () => useAccountRemover(null)
  })

  test('can be answered: how to reach them stays with it', async ({ assert }) => {
    const person = await canary()
    const request = await askingForErasure(person)
    const { id } = await begin(person, request.id)
    await tellRecipients(request.id)
    assert.containsSubset(await runErasure(id), { step: 'farewell' })
    const contact = { name: person.name, email: person.email }
    const asked = {
      kind: 'complaint' as const,
      channel: 'web' as const,
      contact,
      details: 'Still here',
    }
    const later = await Tenancy.system(PLATFORM, () => receiveRequest(asked))
    await quietly(`update email_outbox set status = 'sent' where idempotency_key = ?`, [
      `privacy:${request.id}:fulfilled`,
    ])
    assert.deepEqual(await runErasure(id), { status: 'finished' })
    const read = (of: string) => Tenancy.system(PLATFORM, () => PrivacyRequest.findById(of))
    assert.isNull((await read(request.id)).contact)
    assert.deepEqual((await read(later.id)).contact, contact)
    assert.equal((await read(later.id)).details, 'Still here')
  })
})

test.group('What names an erased person and was read', (group) => {
  group.each.setup(() => {
    removing()
    return () => useAccountRemover(null)
  })

  test('is proved only when nothing was written meanwhile: that is read first', async ({
    assert,
  }) => {
    const world = await World.create()
    const project = await world.project()
    const person = await canary()
    await world.join(person)
    const { id } = await begin(person)
    let late: Comment | undefined
    const outcome = await runErasure(id, async (step, part) => {
      if (step !== 'proof' || part !== 'begin') return
      late ??= await entryIn(world, project, `Sorely missed: ${person.name}`)
    })
    assert.containsSubset(outcome, { status: 'waiting', step: 'proof', failure: 'open_finds' })
    assert.isNull((await rowOf('erasures', id)).proof)
    const finds = await findsOf(id)
    assert.includeMembers(
      finds.map(({ row_key: key }) => key),
      [late!.id]
    )
    await redactAll(id)
    assert.deepEqual(await runErasure(id), { status: 'finished' })
  })

  test('is read again where the name was put back', async ({ assert }) => {
    const { world, person, comment, erasureId } = await withFind()
    await redactAll(erasureId)
    let isBack = false
    const outcome = await runErasure(erasureId, async (step, part) => {
      if (isBack || step !== 'proof' || part !== 'begin') return
      isBack = true
      await world.inside(async () => {
        const again = await Comment.findOrFail(comment.id)
        await again.merge({ body: `I did mean ${person.name}` }).save()
      })
    })
    assert.containsSubset(outcome, { step: 'proof', failure: 'open_finds' })
    const finds = await findsOf(erasureId)
    const again = finds.find(({ row_key: key }) => key === comment.id)
    assert.equal(again.state, 'open')
    await redactAll(erasureId)
    assert.deepEqual(await runErasure(erasureId), { status: 'finished' })
  })

  test('is decided once', async ({ client, assert }) => {
    const { erasureId, finds, findId } = await withFind()
    const staff = await registerStaff()
    const going = () => jobsNaming('erase_person', erasureId)
    const before = (await going()).length
    const keep = (reason: string, id = findId) =>
      client
        .post(`/admin/privacy/erasures/${erasureId}/exemptions`)
        .as(staff)
        .form({ 'ids[]': [id], reason })
    await keep('legal_claims')
    await keep('somebody_else')
    const { state, reason } = await rowOf('erasure_finds', findId)
    assert.deepEqual([state, reason], ['kept', 'legal_claims'])
    assert.lengthOf(await going(), before)
    await keep('somebody_else', finds[1].id)
    assert.lengthOf(await going(), before + 1, 'the last decision sets it going again')
  })
})
