import { test } from '@japa/runner'
import drive from '@adonisjs/drive/services/main'
import Gate from '#models/gate'
import GateCriterion from '#models/gate_criterion'
import GateEvidence from '#models/gate_evidence'
import { keyOf, storeBytes } from '#models/stored_file/files'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { EvidenceScene, PDF } from '#tests/support/evidence'
import { Table } from '#tests/support/table'

test.group('Files of evidence in the store', (group) => {
  let scene: EvidenceScene
  group.each.setup(async () => {
    scene = await EvidenceScene.create()
  })

  test('move to the store once, by a job that commits with the row', async ({ assert, client }) => {
    const evidence = await scene.minutes(client)
    const [job] = await sql(
      admin(),
      `select payload from graphile_worker._private_jobs jobs
         join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id
        where tasks.identifier = 'store_evidence' and payload->>'evidenceId' = ?`,
      [evidence.id]
    )
    assert.deepEqual(job.payload, {
      evidenceId: evidence.id,
      organisationId: scene.world.organisationId,
    })
    await scene.store(evidence)
    await scene.store(evidence)
    const key = scene.keyOf(evidence)
    assert.isTrue(PDF.equals(Buffer.from(await drive.use().getBytes(key))))
    const [{ waiting }] = await sql(
      admin(),
      'select count(*)::integer as waiting from gate_evidence_bytes where evidence_id = ?',
      [evidence.id]
    )
    assert.equal(waiting, 0)
  })

  test('a file that was altered in the store is not served', async ({ assert, client }) => {
    const evidence = await scene.minutes(client)
    await scene.store(evidence)
    const forged = Buffer.from(PDF.toString().replace('minutes', 'minutiae'))
    await drive.use().put(scene.keyOf(evidence), forged.subarray(0, PDF.length))
    const reading = client.get(`${scene.urlOf(evidence)}/file`).as(scene.manager)
    const answer = await reading.then(
      (response) => response.status(),
      () => 'broken off'
    )
    assert.notEqual(answer, 200)
  })

  test('a file removed before it reached the store leaves nothing there', async ({
    assert,
    client,
  }) => {
    const evidence = await scene.minutes(client)
    await client.delete(scene.urlOf(evidence)).as(scene.manager)
    await scene.store(evidence)
    await scene.discard(evidence)
    assert.isFalse(await scene.isStored(evidence))
  })

  test('a file is kept when two workers move it at once', async ({ assert, client, cleanup }) => {
    const evidence = await scene.minutes(client)
    const disk = drive.use()
    const put = disk.put.bind(disk)
    let isFirst = true
    disk.put = async (...given) => {
      const other = isFirst
      isFirst = false
      if (other) await scene.store(evidence)
      return put(...given)
    }
    cleanup(() => void (disk.put = put))
    await scene.store(evidence)
    assert.isFalse(isFirst)
    const stored = await disk.getBytes(scene.keyOf(evidence))
    assert.isTrue(PDF.equals(Buffer.from(stored)))
  })

  test('a removed file that a killed worker left is cleared by the next', async ({
    assert,
    client,
  }) => {
    const evidence = await scene.minutes(client)
    await client.delete(scene.urlOf(evidence)).as(scene.manager)
    const key = scene.keyOf(evidence)
    await drive.use().put(key, PDF)
    await scene.store(evidence)
    assert.isFalse(await drive.use().exists(key))
  })

  test('a file of a submitted pack is kept when it is removed later', async ({ assert }) => {
    const table = await Table.create()
    await table.seat({ chair: 'chair', one: 'decider' })
    await table.ready()
    const inside = <T>(work: () => Promise<T>) => table.world.inside(work, table.people.manager)
    const find = async () => {
      const present = await Gate.findIn(await table.present(), table.gate.id)
      const [first] = await GateCriterion.of(present)
      return GateCriterion.findIn(present, first.id)
    }
    const before = await inside(async () => GateEvidence.addFile(await find(), 'a.pdf', PDF))
    const review = await table.submit()
    await table.decide(review, 'rework', { criterionIds: [(await table.criteria())[0].id] })
    await table.quietly(`update gates set status = 'preparing' where id = ?`, [table.gate.id])
    const after = await inside(async () => GateEvidence.addFile(await find(), 'b.pdf', PDF))
    for (const { id } of [before, after]) {
      await storeBytes('evidence', table.world.organisationId, id)
      await inside(async () => (await GateEvidence.findIn(await find(), id)).remove())
      await storeBytes('evidence', table.world.organisationId, id)
    }
    const isStored = ({ id }: { id: string }) =>
      drive.use().exists(keyOf('evidence', table.world.organisationId, id))
    assert.isTrue(await isStored(before))
    assert.isFalse(await isStored(after))
    const jobs = await sql(
      admin(),
      `select payload->>'evidenceId' as id from graphile_worker._private_jobs jobs
         join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id
        where tasks.identifier = 'discard_evidence' and payload->>'organisationId' = ?`,
      [table.world.organisationId]
    )
    assert.deepEqual(jobs, [{ id: after.id }])
  })
})
