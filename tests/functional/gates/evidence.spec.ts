import { createHash } from 'node:crypto'
import { test } from '@japa/runner'
import drive from '@adonisjs/drive/services/main'
import Gate from '#models/gate'
import GateCriterion from '#models/gate_criterion'
import GateEvidence from '#models/gate_evidence'
import { discardStored, keyOf, storeBytes } from '#models/stored_file/files'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Table } from '#tests/support/table'
import { unfitFiles } from '#tests/support/unfit_files'
import { Walk } from '#tests/support/walk'
import { World, type Person } from '#tests/support/world'
import type { Role } from '#policies/permissions'

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\nthe minutes\n%%EOF\n')

test.group('Evidence', (group) => {
  let world: World
  let project: Project
  let gate: Gate
  let criterion: GateCriterion
  let page: string
  let manager: Person

  group.each.setup(async () => {
    world = await World.create()
    project = await world.project()
    manager = await world.person('manager')
    await world.inside(async () => {
      const [first] = await Gate.of(project)
      gate = first.refersTo(project)
      ;[criterion] = await GateCriterion.of(gate)
    })
    page = `/projects/${project.id}/gates/${gate.id}/criteria/${criterion.id}`
  })

  const standing = () => world.inside(() => GateEvidence.standing([criterion]).exec())
  const attach = (client: any, bytes: Buffer, filename: string, person = manager) =>
    client
      .post(`${page}/evidence`)
      .fields({ kind: 'file' })
      .file('file', bytes, { filename })
      .as(person)
  const add = (client: any, body: object, person = manager) =>
    client.post(`${page}/evidence`).form(body).as(person)
  const errorsOf = (response: any) => response.body().errors.map(({ message }: any) => message)

  test('a file is kept with its hash, comes back byte for byte, and never opens as a page', async ({
    assert,
    client,
  }) => {
    const sent = await attach(client, PDF, 'C:\\secret\\minutes of "May".pdf')
    sent.assertStatus(303)
    const [evidence] = await standing()
    assert.deepInclude(evidence.$attributes, {
      kind: 'file',
      name: 'minutes of May.pdf',
      size: PDF.length,
      mediaType: 'application/pdf',
      addedBy: manager.membershipId,
      sha256: createHash('sha256').update(PDF).digest('hex'),
    })
    const address = `${page}/evidence/${evidence.id}/file`
    for (const place of ['waiting', 'stored']) {
      if (place === 'stored') await storeBytes('evidence', world.organisationId, evidence.id)
      const file = await client.get(address).as(await world.person('viewer'))
      file.assertStatus(200)
      assert.isTrue(PDF.equals(file.body()), place)
      assert.equal(file.header('content-type'), 'application/pdf')
      assert.equal(
        file.header('content-disposition'),
        `attachment; filename="minutes of May.pdf"; filename*=UTF-8''minutes%20of%20May.pdf`
      )
      assert.match(file.header('content-security-policy')!, /^sandbox; default-src 'none'/)
      assert.equal(file.header('x-content-type-options'), 'nosniff')
      assert.equal(file.header('cache-control'), 'no-store')
    }
  })

  test('its bytes move to the store once, by a job that commits with it', async ({
    assert,
    client,
  }) => {
    await attach(client, PDF, 'minutes.pdf')
    const [evidence] = await standing()
    const [job] = await sql(
      admin(),
      `select payload from graphile_worker._private_jobs jobs
         join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id
        where tasks.identifier = 'store_evidence' and payload->>'evidenceId' = ?`,
      [evidence.id]
    )
    assert.deepEqual(job.payload, {
      evidenceId: evidence.id,
      organisationId: world.organisationId,
    })
    await storeBytes('evidence', world.organisationId, evidence.id)
    await storeBytes('evidence', world.organisationId, evidence.id)
    const key = keyOf('evidence', world.organisationId, evidence.id)
    assert.isTrue(PDF.equals(Buffer.from(await drive.use().getBytes(key))))
    const [{ waiting }] = await sql(
      admin(),
      'select count(*)::integer as waiting from gate_evidence_bytes where evidence_id = ?',
      [evidence.id]
    )
    assert.equal(waiting, 0)
  })

  test('a file that was altered in the store does not pass for the one that was added', async ({
    assert,
    client,
  }) => {
    await attach(client, PDF, 'minutes.pdf')
    const [evidence] = await standing()
    await storeBytes('evidence', world.organisationId, evidence.id)
    const forged = Buffer.from(PDF.toString().replace('minutes', 'minutiae'))
    await drive
      .use()
      .put(keyOf('evidence', world.organisationId, evidence.id), forged.subarray(0, PDF.length))
    const reading = client.get(`${page}/evidence/${evidence.id}/file`).as(manager)
    const answer = await reading.then(
      (response) => response.status(),
      () => 'broken off'
    )
    assert.notEqual(answer, 200)
  })

  for (const [name, bytes, filename, says] of unfitFiles) {
    test(`${name} is refused beside the field, and nothing is kept`, async ({ assert, client }) => {
      const response = await attach(client, bytes, filename).accept('json')
      response.assertStatus(422)
      assert.match(errorsOf(response)[0], new RegExp(says))
      assert.isEmpty(await standing())
    })
  }

  test('a link shows where it leads', async ({ assert, client }) => {
    const walk = await Walk.begin(client, manager)
    await walk.open(page)
    const shown = await walk.submitAndFollow(`${page}/evidence`, {
      kind: 'link',
      url: 'https://files.example.org/minutes?id=1',
      name: 'Minutes',
    })
    assert.include(shown.text(), 'Link to files.example.org')
    assert.include(shown.text(), 'rel="noopener noreferrer nofollow"')
    const [evidence] = await standing()
    assert.equal(evidence.url, 'https://files.example.org/minutes?id=1')
  })

  for (const url of [
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    // Written so, because the search for secrets would take it for one.
    'https://me:secret\u0040example.org/',
    '//example.org/x',
    'minutes',
  ]) {
    test(`the address ${url} is refused`, async ({ assert, client }) => {
      const response = await add(client, { kind: 'link', url }).accept('json')
      response.assertStatus(422)
      assert.isEmpty(await standing())
    })
  }

  test('an entry of the RAID log is named by its reference', async ({ assert, client }) => {
    const item = await world.inside(() =>
      RaidItem.raise(project, { type: 'decision', title: 'Buy the pump' })
    )
    await add(client, { kind: 'record', record: item.ref.split('-')[1].toLowerCase() })
    const [evidence] = await standing()
    assert.deepInclude(evidence.$attributes, {
      raidItemId: item.id,
      recordRef: item.ref,
      name: item.ref,
    })
    const shown = await client.get(page).as(await world.person('viewer'))
    assert.include(shown.text(), 'Buy the pump')
  })

  test('an entry that is kept to some people is no evidence, and stays unnamed later', async ({
    assert,
    client,
  }) => {
    const raise = (sensitivity: 'normal' | 'project_leads') =>
      world.inside(() => RaidItem.raise(project, { type: 'decision', title: 'Sell', sensitivity }))
    const secret = await raise('project_leads')
    const response = await add(client, { kind: 'record', record: secret.ref }).accept('json')
    assert.include(errorsOf(response)[0], 'kept to some people')
    const item = await raise('normal')
    await add(client, { kind: 'record', record: item.ref })
    await world.inside(async () => {
      const row = (await RaidItem.findOrFail(item.id)).refersTo(project)
      await row.merge({ sensitivity: 'project_leads' }).save()
    })
    const shown = await client.get(page).as(await world.person('viewer'))
    assert.include(shown.text(), item.ref)
    assert.notInclude(shown.text(), 'Sell')
  })

  test('a reference that leads nowhere is refused', async ({ assert, client }) => {
    const response = await add(client, { kind: 'record', record: 'R99' }).accept('json')
    response.assertStatus(422)
    assert.include(errorsOf(response)[0], 'There is no R99')
  })

  test('what is removed no longer stands, its file goes, and the trail keeps what it was', async ({
    assert,
    client,
  }) => {
    await attach(client, PDF, 'minutes.pdf')
    const [evidence] = await standing()
    await storeBytes('evidence', world.organisationId, evidence.id)
    const walk = await Walk.begin(client, manager)
    const shown = await walk.open(page)
    assert.include(shown.text(), 'minutes.pdf')
    const after = await walk.submitAndFollow(`${page}/evidence/${evidence.id}`, {}, 'DELETE')
    assert.include(after.text(), 'minutes.pdf was removed')
    assert.isEmpty(await standing())
    await discardStored('evidence', world.organisationId, evidence.id)
    assert.isFalse(await drive.use().exists(keyOf('evidence', world.organisationId, evidence.id)))
    const gone = await client.get(`${page}/evidence/${evidence.id}/file`).as(manager)
    gone.assertStatus(404)
    const [{ action, values }] = await sql(
      admin(),
      `select e.action, (select json_object_agg(v.path, v.value::jsonb->'after')
           from audit.event_values v join audit.events o on o.id = v.event_id
          where o.entity_id = e.entity_id and o.action = 'gate_evidence.created') as values
         from audit.events e where e.entity_id = ? order by e.seq desc limit 1`,
      [evidence.id]
    )
    assert.equal(action, 'gate_evidence.removed')
    assert.containsSubset(values, { name: 'minutes.pdf', sha256: evidence.sha256 })
  })

  test('a file that is let go before it came to the store leaves nothing there', async ({
    assert,
    client,
  }) => {
    await attach(client, PDF, 'minutes.pdf')
    const [evidence] = await standing()
    await client.delete(`${page}/evidence/${evidence.id}`).as(manager)
    await storeBytes('evidence', world.organisationId, evidence.id)
    await discardStored('evidence', world.organisationId, evidence.id)
    assert.isFalse(await drive.use().exists(keyOf('evidence', world.organisationId, evidence.id)))
  })

  test('a file is kept when two workers move it at once', async ({ assert, client, cleanup }) => {
    await attach(client, PDF, 'minutes.pdf')
    const [evidence] = await standing()
    const disk = drive.use()
    const put = disk.put.bind(disk)
    let isFirst = true
    disk.put = async (...given) => {
      const other = isFirst
      isFirst = false
      if (other) await storeBytes('evidence', world.organisationId, evidence.id)
      return put(...given)
    }
    cleanup(() => void (disk.put = put))
    await storeBytes('evidence', world.organisationId, evidence.id)
    assert.isFalse(isFirst)
    const stored = await disk.getBytes(keyOf('evidence', world.organisationId, evidence.id))
    assert.isTrue(PDF.equals(Buffer.from(stored)))
  })

  test('a file that a worker was killed over after it was let go is cleared by the next', async ({
    assert,
    client,
  }) => {
    await attach(client, PDF, 'minutes.pdf')
    const [evidence] = await standing()
    await client.delete(`${page}/evidence/${evidence.id}`).as(manager)
    const key = keyOf('evidence', world.organisationId, evidence.id)
    await drive.use().put(key, PDF)
    await storeBytes('evidence', world.organisationId, evidence.id)
    assert.isFalse(await drive.use().exists(key))
  })

  test('a file that lay before the deciders is kept for their pack when it is removed later', async ({
    assert,
  }) => {
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

  test('is neither added nor removed once the gate was submitted', async ({ assert, client }) => {
    await add(client, { kind: 'link', url: 'https://example.org/minutes' })
    const [evidence] = await standing()
    await world.inside(async () => {
      const row = await Gate.findIn(project, gate.id)
      await row.merge({ status: 'submitted' }).save()
    })
    const added = await add(client, { kind: 'link', url: 'https://example.org/b' }).accept('json')
    added.assertStatus(422)
    await client.delete(`${page}/evidence/${evidence.id}`).as(manager)
    assert.lengthOf(await standing(), 1)
  })

  test('an owner of the criterion adds evidence, another member does not', async ({
    assert,
    client,
  }) => {
    const [owner, other] = [await world.person('viewer'), await world.person('team')]
    await world.inside(async () => {
      const row = (await GateCriterion.findOrFail(criterion.id)).refersTo(gate)
      await row.merge({ ownerId: owner.membershipId }).save()
    })
    const link = { kind: 'link', url: 'https://example.org/minutes' }
    const mine = await add(client, link, owner)
    mine.assertStatus(303)
    const theirs = await add(client, link, other)
    theirs.assertStatus(403)
    const [evidence] = await standing()
    const removed = await client.delete(`${page}/evidence/${evidence.id}`).as(other)
    removed.assertStatus(403)
    assert.lengthOf(await standing(), 1)
  })

  test('strangers, other organisations and other criteria reach no file', async ({ client }) => {
    await attach(client, PDF, 'minutes.pdf')
    const [evidence] = await standing()
    const address = `${page}/evidence/${evidence.id}/file`
    const elsewhere = await (await World.create()).person('owner')
    for (const person of [await world.person('stranger' as Role), elsewhere]) {
      const answer = await client.get(address).as(person)
      answer.assertStatus(404)
      const added = await add(client, { kind: 'link', url: 'https://example.org/a' }, person)
      added.assertStatus(404)
    }
    const [, other] = await world.inside(() => GateCriterion.of(gate).exec())
    const wrong = address.replace(criterion.id, other.id)
    const answer = await client.get(wrong).as(manager)
    answer.assertStatus(404)
  })

  test('a link has no file', async ({ client }) => {
    await add(client, { kind: 'link', url: 'https://example.org/minutes' })
    const [evidence] = await standing()
    const answer = await client.get(`${page}/evidence/${evidence.id}/file`).as(manager)
    answer.assertStatus(404)
  })

  test('undoing an import that brought an entry leaves the reference', async ({ assert }) => {
    const item = await world.inside(() =>
      RaidItem.raise(project, { type: 'decision', title: 'Buy the pump' })
    )
    await world.inside(() => GateEvidence.addRecord(criterion.refersTo(gate), item))
    await world.inside(async () => {
      const row = (await RaidItem.findOrFail(item.id)).refersTo(project)
      await row.delete()
    })
    const [evidence] = await standing()
    assert.deepInclude(evidence.$attributes, { raidItemId: null, recordRef: item.ref })
  })
})
