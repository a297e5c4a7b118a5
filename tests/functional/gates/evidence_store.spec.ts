import { test } from '@japa/runner'
import drive from '@adonisjs/drive/services/main'
import { discardStored, keyOf, storeBytes } from '#models/stored_file/files'
import GateEvidence from '#models/gate_evidence'
import type GateCriterion from '#models/gate_criterion'
import { S3Store } from '#tests/support/s3_store'
import { Table } from '#tests/support/table'

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\nthe minutes\n%%EOF\n')

test.group('Evidence in an S3-compatible store', (group) => {
  let table: Table
  let store: S3Store
  let criterion: GateCriterion
  let evidence: GateEvidence

  group.each.setup(async () => {
    store = await new S3Store().listen()
    use(store)
    table = await Table.create()
    const gate = table.gate.refersTo(table.project)
    criterion = (await table.criteria())[0].refersTo(gate)
    evidence = await table.world.inside(
      () => GateEvidence.addFile(criterion, 'minutes.pdf', PDF),
      table.people.manager
    )
    return async () => {
      delete (drive as any).use
      await store.stop()
    }
  })

  function use(given: S3Store, secret?: string) {
    const disk = given.disk(secret)
    ;(drive as any).use = () => disk
  }

  const page = () => `${table.urlAt()}/criteria/${criterion.id}`
  const file = () => `${page()}/evidence/${evidence.id}/file`
  const key = () => keyOf('evidence', table.world.organisationId, evidence.id)
  const move = () => storeBytes('evidence', table.world.organisationId, evidence.id)

  test('is put there signed, read back byte for byte, and deleted', async ({ assert, client }) => {
    await move()
    assert.deepEqual(store.objects.get(key()), { bytes: PDF, type: 'application/pdf' })
    assert.lengthOf(await table.rows('gate_evidence_bytes'), 0)
    const response = await client.get(file()).as(table.people.viewer)
    response.assertStatus(200)
    response.assertHeader('content-type', 'application/pdf')
    response.assertHeader('content-length', String(PDF.length))
    assert.match(response.header('content-disposition')!, /^attachment/)
    assert.include(response.header('content-security-policy')!, 'sandbox')
    assert.deepEqual(Buffer.from(response.body()), PDF)
    await discardStored('evidence', table.world.organisationId, evidence.id)
    assert.equal(store.objects.size, 0)
    assert.deepEqual(store.refused, [])
  })

  test('whose object is gone or altered is told in words, and nothing else suffers', async ({
    assert,
    client,
  }) => {
    await move()
    store.objects.set(key(), { bytes: Buffer.from('%PDF-1.7 forged'), type: 'application/pdf' })
    const altered = await client.get(file()).as(table.people.viewer)
    altered.assertStatus(500)
    assert.include(altered.text(), 'not the one that was added')
    assert.notInclude(altered.text(), 'forged')
    store.objects.clear()
    const gone = await client.get(file()).as(table.people.viewer)
    gone.assertStatus(404)
    assert.include(gone.text(), 'This file is kept no more')
    assert.isUndefined(gone.header('content-disposition'))
    const around = await client.get(page()).as(table.people.viewer)
    around.assertStatus(200)
    assert.include(around.text(), 'minutes.pdf')
  })

  test('that does not answer takes nothing along but the file', async ({ assert, client }) => {
    await move()
    await store.stop()
    const down = await client.get(file()).as(table.people.viewer)
    down.assertStatus(503)
    assert.include(down.text(), 'The store of files does not answer')
    assert.match(down.header('content-type')!, /^text\/html/)
    for (const path of [page(), `${table.urlAt()}/readiness`, table.base]) {
      const around = await client.get(path).as(table.people.manager)
      around.assertStatus(200)
    }
    const added = await client
      .post(`${page()}/evidence`)
      .as(table.people.manager)
      .field('kind', 'file')
      .file('file', PDF, { filename: 'more.pdf', contentType: 'application/pdf' })
    added.assertStatus(303)
    const [, more] = await table.rows('gate_evidence')
    const waiting = await client.get(`${page()}/evidence/${more.id}/file`).as(table.people.viewer)
    assert.deepEqual(Buffer.from(waiting.body()), PDF, 'kept until the store is back')
    await assert.rejects(() => storeBytes('evidence', table.world.organisationId, more.id))
    assert.lengthOf(await table.rows('gate_evidence_bytes'), 1)
    await store.listen()
    await storeBytes('evidence', table.world.organisationId, more.id)
    assert.lengthOf(await table.rows('gate_evidence_bytes'), 0)
    const back = await client.get(file()).as(table.people.viewer)
    back.assertStatus(200)
  })

  test('takes nothing that is signed with another secret', async ({ assert, client }) => {
    use(store, 'another secret')
    await assert.rejects(move)
    assert.include(store.refused, 'SignatureDoesNotMatch')
    assert.lengthOf(await table.rows('gate_evidence_bytes'), 1)
    use(store)
    await move()
    use(store, 'another secret')
    const response = await client.get(file()).as(table.people.viewer)
    response.assertStatus(503)
  })
})
