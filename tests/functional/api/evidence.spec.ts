import { test } from '@japa/runner'
import Gate from '#models/gate'
import GateCriterion from '#models/gate_criterion'
import GateEvidence from '#models/gate_evidence'
import RaidItem from '#models/raid_item'
import { Log } from '#tests/support/raid_log'

const PDF = Buffer.from('%PDF-1.7\n%%EOF\n')

test.group('API: evidence', (group) => {
  let log: Log
  let criterion: GateCriterion
  let path: string
  group.each.setup(async () => {
    log = await Log.create()
    await log.world.inside(async () => {
      const [gate] = await Gate.of(log.project)
      ;[criterion] = await GateCriterion.of(gate.refersTo(log.project))
      criterion.refersTo(gate)
    })
    path = `/api/v1/projects/${log.project.id}/gates/${criterion.gateId}/evidence`
  })

  const inside = <T>(work: () => Promise<T>) => log.world.inside(work, log.people.manager)

  test('lists what is attached to the criteria of a gate', async ({ assert, client }) => {
    const item = await log.raise('decision')
    await inside(async () => {
      await GateEvidence.addFile(criterion, 'minutes.pdf', PDF)
      await GateEvidence.addLink(criterion, 'https://example.test/x', null)
      await GateEvidence.addRecord(criterion, item)
      await (await GateEvidence.addFile(criterion, 'gone.pdf', PDF)).remove()
    })
    const answer = await client.get(path).withTokenOf(log.people.viewer)
    answer.assertStatus(200)
    const [file, link, record, ...others] = answer.body().data
    assert.isEmpty(others)
    assert.deepInclude(file, {
      kind: 'file',
      name: 'minutes.pdf',
      media_type: 'application/pdf',
      size: PDF.length,
      criterion_id: criterion.id,
      gate_id: criterion.gateId,
      added_by: log.people.manager.membershipId,
    })
    assert.notProperty(file, 'file_key')
    assert.deepInclude(link, { kind: 'link', url: 'https://example.test/x', size: null })
    assert.deepInclude(record, { kind: 'record', raid_item_id: item.id })
  })

  test('names an entry to those who see it only', async ({ assert, client }) => {
    const item = await log.raise('decision')
    await inside(async () => {
      await GateEvidence.addRecord(criterion, item)
      const kept = await RaidItem.findOrFail(item.id)
      await kept.merge({ sensitivity: 'named_people' }).save()
    })
    for (const [role, id] of [
      ['manager', item.id],
      ['viewer', null],
    ] as const) {
      const answer = await client.get(path).withTokenOf(log.people[role])
      assert.equal(answer.body().data[0].raid_item_id, id, role)
    }
  })

  test('does not exist for strangers, other organisations or without a token', async ({
    client,
  }) => {
    const other = await Log.create()
    for (const person of [log.people.stranger, other.people.manager]) {
      const hidden = await client.get(path).withTokenOf(person)
      hidden.assertStatus(404)
    }
    const none = await client.get(path)
    none.assertStatus(401)
  })
})
