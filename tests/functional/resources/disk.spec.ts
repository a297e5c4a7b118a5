import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import drive from '@adonisjs/drive/services/main'
import { makePack } from '#exports/board_pack/make'
import { discardPack } from '#exports/board_pack/store'
import { Spool } from '#exports/spool'
import BoardPack from '#models/board_pack'
import { keyOf, storeBytes } from '#models/stored_file/files'
import GateEvidence from '#models/gate_evidence'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { pagesOf } from '#tests/support/board_packs'
import { Table } from '#tests/support/table'

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\nthe minutes\n%%EOF\n')
const FULL = '/dev/full'
const CANNOT_WRITE = /Cannot write file/

/** A folder on a disk that has room for half of what comes. */
class FullDisk extends FSDriver {
  async put(key: string, contents: Uint8Array | string, options?: any) {
    await super.put(key, contents.slice(0, contents.length / 2), options)
    throw noSpace()
  }

  async putStream(key: string, contents: Readable, options?: any) {
    contents.destroy()
    await super.putStream(key, Readable.from([Buffer.from('half')]), options)
    throw noSpace()
  }
}

function noSpace() {
  return Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
}

test.group('When the disk is full', (group) => {
  let table: Table
  let location: string

  group.each.setup(async () => {
    table = await Table.create()
    location = await mkdtemp(join(tmpdir(), 'store-'))
    return async () => {
      delete (drive as any).use
      await rm(location, { recursive: true })
    }
  })

  /** The store of files, on a disk that is full or has room again. */
  function use(Driver: typeof FSDriver) {
    const disk = new Disk(new Driver({ location, visibility: 'private' }))
    ;(drive as any).use = () => disk
  }

  async function filesThere() {
    const entries = await readdir(location, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  }

  test('an upload is refused in words, nothing of it is kept, and the next one is taken', async ({
    assert,
    client,
    cleanup,
  }) => {
    const { multipart } = app.config.get<any>('bodyparser')
    const usual = multipart.tmpFileName
    cleanup(() => {
      multipart.tmpFileName = usual
    })
    const link = join(location, 'upload')
    await symlink(FULL, link)
    multipart.tmpFileName = () => link
    const gate = table.gate.refersTo(table.project)
    const criterion = (await table.criteria())[0].refersTo(gate)
    const upload = () =>
      client
        .post(`${table.urlAt()}/criteria/${criterion.id}/evidence`)
        .as(table.people.manager)
        .field('kind', 'file')
        .file('file', PDF, { filename: 'minutes.pdf', contentType: 'application/pdf' })

    const refused = await upload()
    refused.assertStatus(503)
    refused.assertHeader('retry-after', '10')
    assert.include(refused.text(), 'Orchestrate is not available')
    assert.notMatch(refused.text(), /ENOSPC|node_modules/)
    assert.lengthOf(await table.rows('gate_evidence'), 0)

    multipart.tmpFileName = usual
    const taken = await upload()
    taken.assertStatus(303)
    assert.lengthOf(await table.rows('gate_evidence'), 1)
  }).skip(!existsSync(FULL), 'only Linux has a device that is always full')

  test('evidence waits in the database, whole, and moves to the store later', async ({
    assert,
    client,
  }) => {
    const gate = table.gate.refersTo(table.project)
    const criterion = (await table.criteria())[0].refersTo(gate)
    const evidence = await table.world.inside(
      () => GateEvidence.addFile(criterion, 'minutes.pdf', PDF),
      table.people.manager
    )
    const { organisationId } = table.world
    const fetched = async () => {
      const path = `${table.urlAt()}/criteria/${criterion.id}/evidence/${evidence.id}/file`
      const answer = await client.get(path).as(table.people.viewer)
      answer.assertStatus(200)
      return Buffer.from(answer.body())
    }
    use(FullDisk)
    await assert.rejects(() => storeBytes('evidence', organisationId, evidence.id), CANNOT_WRITE)
    assert.deepEqual(await fetched(), PDF)
    use(FSDriver)
    await storeBytes('evidence', organisationId, evidence.id)
    assert.lengthOf(await table.rows('gate_evidence_bytes'), 0)
    assert.deepEqual(
      Buffer.from(await drive.use().getBytes(keyOf('evidence', organisationId, evidence.id))),
      PDF
    )
    assert.deepEqual(await fetched(), PDF)
  })

  test('a board pack fails visibly, leaves no half, and another one is made later', async ({
    assert,
  }) => {
    const { organisationId } = table.world
    const viewer = await table.world.viewer(table.people.pmo)
    const begin = () =>
      table.world.inside(() => BoardPack.begin(viewer, '', [table.project.id]), table.people.pmo)
    const { id: packId } = await begin()
    use(FullDisk)
    for (let attempt = 1; attempt <= 3; attempt++) {
      await assert.rejects(() => makePack({ organisationId, packId }), CANNOT_WRITE)
    }
    const [{ status }] = await sql(admin(), 'select status from board_packs where id = ?', [packId])
    assert.equal(status, 'failed')
    assert.deepEqual(await jobsOf(packId), ['discard_board_pack'])
    await discardPack({ organisationId, packId })
    assert.deepEqual(await filesThere(), [])

    use(FSDriver)
    const next = await begin()
    await makePack({ organisationId, packId: next.id })
    assert.isNotEmpty(await pagesOf({ organisationId, packId: next.id }))
  })

  test('a download spooled to disk breaks off with the reason', async ({ assert }) => {
    await symlink(FULL, join(location, 'spool'))
    const spool = new (Spool as any)(location) as Spool
    await assert.rejects(async () => {
      for (let block = 0; block < 64; block++) await spool.write(Buffer.alloc(65_536))
      await spool.read()
    }, /ENOSPC/)
    location = await mkdtemp(join(tmpdir(), 'store-'))
    await spool.discard()
  }).skip(!existsSync(FULL), 'only Linux has a device that is always full')
})

/** What the queue is to do with a pack, apart from making it. */
async function jobsOf(packId: string) {
  const rows = await sql<{ name: string }>(
    admin(),
    `select tasks.identifier as name from graphile_worker._private_jobs jobs
       join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id
      where jobs.payload->>'packId' = ? and tasks.identifier <> 'make_board_pack'`,
    [packId]
  )
  return rows.map(({ name }) => name)
}
