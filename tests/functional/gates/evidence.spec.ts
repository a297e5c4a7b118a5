import { createHash } from 'node:crypto'
import { test } from '@japa/runner'
import GateCriterion from '#models/gate_criterion'
import GateEvidence from '#models/gate_evidence'
import RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { EvidenceScene, PDF } from '#tests/support/evidence'
import { unfitFiles } from '#tests/support/unfit_files'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'
import type { Role } from '#policies/permissions'

test.group('Evidence', (group) => {
  let scene: EvidenceScene
  group.each.setup(async () => {
    scene = await EvidenceScene.create()
  })

  const errorsOf = (response: any) => response.body().errors.map(({ message }: any) => message)

  test('a file is kept with its hash, comes back byte for byte, and never opens as a page', async ({
    assert,
    client,
  }) => {
    const sent = await scene.attach(client, PDF, 'C:\\secret\\minutes of "May".pdf')
    sent.assertStatus(303)
    const [evidence] = await scene.standing()
    assert.deepInclude(evidence.$attributes, {
      kind: 'file',
      name: 'minutes of May.pdf',
      size: PDF.length,
      mediaType: 'application/pdf',
      addedBy: scene.manager.membershipId,
      sha256: createHash('sha256').update(PDF).digest('hex'),
    })
    const address = `${scene.urlOf(evidence)}/file`
    for (const place of ['waiting', 'stored']) {
      if (place === 'stored') await scene.store(evidence)
      const file = await client.get(address).as(await scene.world.person('viewer'))
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

  for (const [name, bytes, filename, says] of unfitFiles) {
    test(`${name} is refused beside the field, and nothing is kept`, async ({ assert, client }) => {
      const response = await scene.attach(client, bytes, filename).accept('json')
      response.assertStatus(422)
      assert.match(errorsOf(response)[0], new RegExp(says))
      assert.isEmpty(await scene.standing())
    })
  }

  test('a link shows where it leads', async ({ assert, client }) => {
    const walk = await Walk.begin(client, scene.manager)
    await walk.open(scene.page)
    const shown = await walk.submitAndFollow(`${scene.page}/evidence`, {
      kind: 'link',
      url: 'https://files.example.org/minutes?id=1',
      name: 'Minutes',
    })
    assert.include(shown.text(), 'Link to files.example.org')
    assert.include(shown.text(), 'rel="noopener noreferrer nofollow"')
    const [evidence] = await scene.standing()
    assert.equal(evidence.url, 'https://files.example.org/minutes?id=1')
  })

  test('a link is kept without the character that no text holds', async ({ assert, client }) => {
    const added = await scene.add(client, { kind: 'link', url: 'https://example.org/a\u0000b' })
    added.assertStatus(303)
    assert.equal((await scene.standing())[0].url, 'https://example.org/ab')
  })

  for (const url of [
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    // Written so, because the search for secrets would take it for one.
    'https://me:secret\u0040example.org/',
    '//example.org/x',
    // No browser opens a host with “℀” in it, and the criterion’s page could not say where the link leads.
    'https://harbour℀.org/',
    'minutes',
  ]) {
    test(`the address ${url} is refused`, async ({ assert, client }) => {
      const response = await scene.add(client, { kind: 'link', url }).accept('json')
      response.assertStatus(422)
      assert.isEmpty(await scene.standing())
    })
  }

  test('an entry of the RAID log is named by its reference', async ({ assert, client }) => {
    const item = await scene.world.inside(() =>
      RaidItem.raise(scene.at.project, { type: 'decision', title: 'Buy the pump' })
    )
    await scene.add(client, { kind: 'record', record: item.ref.split('-')[1].toLowerCase() })
    const [evidence] = await scene.standing()
    assert.deepInclude(evidence.$attributes, {
      raidItemId: item.id,
      recordRef: item.ref,
      name: item.ref,
    })
    const shown = await client.get(scene.page).as(await scene.world.person('viewer'))
    assert.include(shown.text(), 'Buy the pump')
  })

  test('an entry that is Not everyone can see is no evidence, and stays unnamed later', async ({
    assert,
    client,
  }) => {
    const raise = (sensitivity: 'normal' | 'project_leads') =>
      scene.world.inside(() =>
        RaidItem.raise(scene.at.project, { type: 'decision', title: 'Sell', sensitivity })
      )
    const secret = await raise('project_leads')
    const response = await scene.add(client, { kind: 'record', record: secret.ref }).accept('json')
    assert.include(errorsOf(response)[0], 'Not everyone can see')
    const item = await raise('normal')
    await scene.add(client, { kind: 'record', record: item.ref })
    await scene.world.inside(async () => {
      const row = (await RaidItem.findOrFail(item.id)).refersTo(scene.at.project)
      await row.merge({ sensitivity: 'project_leads' }).save()
    })
    const shown = await client.get(scene.page).as(await scene.world.person('viewer'))
    assert.include(shown.text(), item.ref)
    assert.notInclude(shown.text(), 'Sell')
  })

  test('a reference that leads nowhere is refused', async ({ assert, client }) => {
    const response = await scene.add(client, { kind: 'record', record: 'R99' }).accept('json')
    response.assertStatus(422)
    assert.include(errorsOf(response)[0], 'There is no R99')
  })

  test('removed evidence no longer counts, its file is deleted, and the trail keeps what it was', async ({
    assert,
    client,
  }) => {
    const evidence = await scene.minutes(client)
    await scene.store(evidence)
    const walk = await Walk.begin(client, scene.manager)
    const shown = await walk.open(scene.page)
    assert.include(shown.text(), 'minutes.pdf')
    const after = await walk.submitAndFollow(scene.urlOf(evidence), {}, 'DELETE')
    assert.include(after.text(), 'minutes.pdf was removed')
    assert.isEmpty(await scene.standing())
    await scene.discard(evidence)
    assert.isFalse(await scene.isStored(evidence))
    const gone = await client.get(`${scene.urlOf(evidence)}/file`).as(scene.manager)
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

  test('is neither added nor removed once the gate was submitted', async ({ assert, client }) => {
    await scene.add(client, { kind: 'link', url: 'https://example.org/minutes' })
    const [evidence] = await scene.standing()
    await scene.at.setStatus('submitted')
    const added = await scene
      .add(client, { kind: 'link', url: 'https://example.org/b' })
      .accept('json')
    added.assertStatus(422)
    await client.delete(scene.urlOf(evidence)).as(scene.manager)
    assert.lengthOf(await scene.standing(), 1)
  })

  test('an owner of the criterion adds evidence, another member does not', async ({
    assert,
    client,
  }) => {
    const [owner, other] = [await scene.world.person('viewer'), await scene.world.person('team')]
    await scene.at.write({ ownerId: owner.membershipId })
    const link = { kind: 'link', url: 'https://example.org/minutes' }
    const mine = await scene.add(client, link, owner)
    mine.assertStatus(303)
    const theirs = await scene.add(client, link, other)
    theirs.assertStatus(403)
    const [evidence] = await scene.standing()
    const removed = await client.delete(scene.urlOf(evidence)).as(other)
    removed.assertStatus(403)
    assert.lengthOf(await scene.standing(), 1)
  })

  test('strangers, other organisations and other criteria reach no file', async ({ client }) => {
    const evidence = await scene.minutes(client)
    const address = `${scene.urlOf(evidence)}/file`
    const elsewhere = await (await World.create()).person('owner')
    for (const person of [await scene.world.person('stranger' as Role), elsewhere]) {
      const answer = await client.get(address).as(person)
      answer.assertStatus(404)
      const added = await scene.add(client, { kind: 'link', url: 'https://example.org/a' }, person)
      added.assertStatus(404)
    }
    const { gate, criterion } = scene.at
    const [, other] = await scene.world.inside(() => GateCriterion.of(gate).exec())
    const wrong = address.replace(criterion.id, other.id)
    const answer = await client.get(wrong).as(scene.manager)
    answer.assertStatus(404)
  })

  test('a link has no file', async ({ client }) => {
    await scene.add(client, { kind: 'link', url: 'https://example.org/minutes' })
    const [evidence] = await scene.standing()
    const answer = await client.get(`${scene.urlOf(evidence)}/file`).as(scene.manager)
    answer.assertStatus(404)
  })

  test('undoing an import that brought an entry leaves the reference', async ({ assert }) => {
    const item = await scene.world.inside(() =>
      RaidItem.raise(scene.at.project, { type: 'decision', title: 'Buy the pump' })
    )
    const { gate, criterion } = scene.at
    await scene.world.inside(() => GateEvidence.addRecord(criterion.refersTo(gate), item))
    await scene.world.inside(async () => {
      const row = (await RaidItem.findOrFail(item.id)).refersTo(scene.at.project)
      await row.delete()
    })
    const [evidence] = await scene.standing()
    assert.deepInclude(evidence.$attributes, { raidItemId: null, recordRef: item.ref })
  })
})
