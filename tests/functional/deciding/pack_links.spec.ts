import { test } from '@japa/runner'
import GateEvidence from '#models/gate_evidence'
import RaidItem from '#models/raid_item'
import { Table } from '#tests/support/table'

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\nthe minutes\n%%EOF\n')

/** A gate before its deciders, with a file, a link and an entry of the RAID log as evidence. */
async function submitted() {
  const table = await Table.create()
  await table.seat({ chair: 'chair', one: 'decider' })
  await table.ready()
  const { manager } = table.people
  const raise = (title: string) =>
    table.world.inside(
      () => RaidItem.raise(table.project, { type: 'risk', nature: 'threat', title } as any),
      manager
    )
  const shown = await raise('Piling rig breaks down')
  const open = await raise('The quay wall moves')
  const [first] = await table.criteria()
  const criterion = first.refersTo(table.gate.refersTo(table.project))
  const [file] = await table.world.inside(
    async () => [
      await GateEvidence.addFile(criterion, 'Minutes.pdf', PDF),
      await GateEvidence.addLink(criterion, 'https://minutes.example/may', 'Minutes of May'),
      await GateEvidence.addRecord(criterion, shown),
    ],
    manager
  )
  const review = await table.submit()
  const base = `/projects/${table.project.id}`
  const download = `${base}/gates/${table.gate.id}/criteria/${criterion.id}/evidence/${file.id}/file`
  return { table, review, download, items: [shown, open].map(({ id }) => `${base}/raid/${id}`) }
}

test.group('A pack before its deciders', () => {
  test('leads to its evidence and to its RAID entries', async ({ assert, client }) => {
    const { table, review, download, items } = await submitted()
    for (const page of [table.urlOfReview(review), `${table.urlOfReview(review)}/pack`]) {
      const shown = await client.get(page).as(table.sitting.one)
      for (const href of [download, 'https://minutes.example/may', ...items]) {
        assert.include(shown.text(), `href="${href}"`, page)
      }
    }
    const file = await client.get(download).as(table.sitting.one)
    file.assertStatus(200)
  })

  test('names a file whose bytes were erased, and leads nowhere', async ({ assert, client }) => {
    const { table, review, download } = await submitted()
    await table.quietly('update gate_evidence set erased_at = now() where project_id = ?', [
      table.project.id,
    ])
    const shown = await client.get(table.urlOfReview(review)).as(table.sitting.one)
    assert.include(shown.text(), 'Minutes.pdf')
    assert.notInclude(shown.text(), download)
  })

  test('is linked from the audit trail', async ({ assert, client }) => {
    const { table, review } = await submitted()
    await table.decide(review, 'approved')
    const auditor = await table.world.person('auditor')
    for (const what of ['gate_review.submitted', 'gate_decision.recorded']) {
      const trail = await client.get(`/audit?what=${what}`).as(auditor)
      assert.include(trail.text(), `href="${table.urlOfReview(review)}"`, what)
    }
  })
})
