import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { verifyOrganisation } from '#audit/chain'
import { storeBytes } from '#models/stored_file/files'
import { useAccountRemover } from '#identity/account_removal'
import Invitation from '#models/invitation'
import { deliverMail } from '#mails/delivery'
import GateEvidence from '#models/gate_evidence'
import { filesNaming } from '#privacy/erasure/files'
import { recognitionOf } from '#privacy/erasure/recognition'
import { runErasure } from '#privacy/erasure/run'
import { sql } from '#tenancy/sql'
import { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { AuditLab } from '#tests/support/audit_lab'
import { capturingOutput, dumpHits, removing, tellRecipients } from '#tests/support/erasure'
import { inFolder, publicKey, sealTrail, verifyPack } from '#tests/support/pack_folder'
import { Table } from '#tests/support/table'
import { unzip } from '#tests/support/unzip'
import { register, registerStaff, type Person } from '#tests/support/world'

const WORD = 'Quillacanary'
const NAME = `${WORD} Vandermolen`
const EMAIL = `${WORD.toLowerCase()}@example.test`
const SUBJECT = `auth0|${WORD.toLowerCase()}77`

/** Takes the person through every screen on which somebody leaves a trace. */
async function live(client: ApiClient, table: Table) {
  const { world, project } = table
  const owner = await world.person('owner')
  const manager = table.people.manager
  const external = { name: NAME, email: EMAIL }
  await client.post('/externals').as(owner).form(external)
  const account = await register('canary')
  await sql(admin(), 'update users set email = ?, subject = ? where id = ?', [
    EMAIL,
    SUBJECT,
    account.userId,
  ])
  const inviter = { name: owner.name, membershipId: owner.membershipId }
  const offer = { projectId: project.id, role: 'team' as const }
  const token = await world.inside(
    () => Invitation.invite({ email: EMAIL, role: 'member', projects: [offer] }, inviter),
    owner
  )
  await world.inside(() => Invitation.accept(token, { id: account.userId, email: EMAIL }))
  const person = await memberOf(table, { ...account, name: NAME, email: EMAIL })
  await client.put('/profile').as(person).form({ name: NAME, lock_version: 1 })
  const raid = `${table.base}/raid`
  const raised = await client
    .post(raid)
    .as(manager)
    .form({
      type: 'risk',
      nature: 'threat',
      title: `${NAME} may be ill`,
      cause: 'Winter',
      owner_id: person.membershipId,
    })
  const item = raised.header('location')!
  await client
    .post(`${item}/comments`)
    .as(manager)
    .form({ body: `@${NAME} please look` })
  await client
    .post(`${item}/comments`)
    .as(person)
    .form({ body: `Signed, ${NAME}` })
  await client
    .post(`${table.base}/tasks`)
    .as(person)
    .form({ title: `Ask ${WORD.toUpperCase()} VANDERMOLEN`, assignee: person.membershipId })
  await client
    .post('/feedback')
    .as(person)
    .form({ message: `Yours, ${NAME}`, page: '/raid' })
  return person
}

async function memberOf(table: Table, account: Omit<Person, 'membershipId' | 'organisationId'>) {
  const { organisationId } = table.world
  const [{ id: membershipId }] = await sql(
    admin(),
    'select id from memberships where organisation_id = ? and user_id = ?',
    [organisationId, account.userId]
  )
  return { ...account, membershipId, organisationId }
}

/** Lets the person vote, and others name them in what is sealed and in a file. */
async function decideWith(table: Table, person: Person) {
  await table.allow(person)
  table.sitting.canary = person
  await table.seat({ chair: 'chair', canary: 'decider' })
  await table.ready()
  const [criterion] = await table.criteria()
  await table.world.inside(async () => {
    const file = Buffer.from(`Minutes, taken by ${NAME}.\n`)
    const shown = criterion.refersTo(table.gate.refersTo(table.project))
    const { id } = await GateEvidence.addFile(shown, 'minutes.txt', file)
    return id
  }, table.people.manager)
  const review = await table.submit()
  await table.vote(review, 'canary', 'approved', `I, ${NAME}, approve`)
  await table.decide(review, 'approved', { rationale: `${NAME} convinced us` })
  const [{ id }] = await table.rows('gate_evidence')
  await storeBytes('evidence', table.world.organisationId, id)
  return review
}

test.group('A canary person', (group) => {
  group.each.setup(() => {
    removing()
    return () => useAccountRemover(null)
  })

  test('who went through every screen leaves no trace in dump, files and logs, and proofs still hold', async ({
    client,
    assert,
  }) => {
    const output = capturingOutput()
    const table = await Table.create()
    const { organisationId } = table.world
    const person = await live(client, table)
    const review = await decideWith(table, person)
    await sealTrail(organisationId)
    assert.isAbove((await dumpHits([WORD])).length, 10)

    await client.post('/profile/privacy/erasure').as(person).form({ confirmation: EMAIL })
    const staff = await registerStaff()
    const [request] = await sql(
      admin(),
      `select id, ref, lock_version from privacy_requests where user_id = ?`,
      [person.userId]
    )
    await sql(
      admin(),
      `update privacy_requests set identity_method = 'session', identity_verified_at = now(),
      status = 'working' where id = ? and status <> 'working'`,
      [request.id]
    )
    await client
      .post(`/admin/privacy/${request.id}/erasure`)
      .as(staff)
      .form({ confirmation: request.ref, lock_version: request.lock_version })
    const [{ id }] = await sql(admin(), 'select id from erasures where request_id = ?', [
      request.id,
    ])
    assert.containsSubset(await runErasure(id), { step: 'review', failure: 'open_finds' })

    const finds = await sql(admin(), 'select id, place from erasure_finds where erasure_id = ?', [
      id,
    ])
    assert.includeMembers(
      finds.map(({ place }) => place),
      [
        'files',
        'audit.event_values',
        'public.comments',
        'public.raid_items',
        'public.tasks',
      ].concat(['public.gate_decisions', 'public.gate_pack_sections', 'public.gate_votes'])
    )
    const page = await client.get(`/admin/privacy/erasures/${id}`).as(staff)
    assert.include(page.text(), 'Inside a file')
    await client
      .post(`/admin/privacy/erasures/${id}/redactions`)
      .as(staff)
      .form({ 'ids[]': finds.map((find) => find.id) })
    await tellRecipients(request.id)
    assert.containsSubset(await runErasure(id), { step: 'farewell', failure: 'letter_under_way' })
    const [letter] = await sql(admin(), 'select id from email_outbox where email = ?', [EMAIL])
    await deliverMail(PLATFORM, letter.id, null)
    assert.deepEqual(await runErasure(id), { status: 'finished' })

    assert.deepEqual(await dumpHits([WORD, SUBJECT]), [])
    const traces = { userId: null, names: [WORD], emails: [], subjects: [], externals: [] }
    assert.deepEqual(await filesNaming(organisationId, recognitionOf(traces)), [])
    assert.notMatch(output.text(), new RegExp(WORD, 'i'))

    await sealTrail(organisationId)
    const { keys } = new AuditLab()
    const report = await verifyOrganisation(db.connection('sealer'), organisationId, { keys })
    assert.deepEqual(report.problems, [])
    assert.isAbove(report.redacted, 5)
    await assertPackHolds(client, table, review)

    async function assertPackHolds(of: ApiClient, { people }: Table, sealed: any) {
      const asked = of.get(`${table.urlOfReview(sealed)}/pack.zip`).as(people.pmo)
      asked.request.buffer(true).parse(bytesOf)
      const files = unzip((await asked).body())
      for (const [path, bytes] of files) assert.notInclude(bytes.toString(), WORD, path)
      await inFolder(files, async (folder) => {
        const { code, output: said } = await verifyPack(folder, [publicKey])
        assert.equal(code, 0, said)
        assert.match(said, /An erased person was taken out of (1 file|2 files),/)
      })
    }
  })
})

function bytesOf(response: any, done: (error: Error | null, body: Buffer) => void) {
  const chunks: Buffer[] = []
  response.on('data', (chunk: Buffer) => chunks.push(chunk))
  response.on('end', () => done(null, Buffer.concat(chunks)))
}
