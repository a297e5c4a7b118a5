import { packExport } from '#exports/gate_pack/export'
import { packFiles } from '#exports/gate_pack/files'
import GateEvidence from '#models/gate_evidence'
import { buffer } from 'node:stream/consumers'
import { Table } from '#tests/support/table'

/** A gate with a file of evidence and a decision, ready to be exported. */
export async function decidedTable(evidence: Buffer) {
  const table = await Table.create()
  await table.seat({ chair: 'chair', one: 'decider' })
  await table.ready()
  const [criterion] = await table.criteria()
  const gate = table.gate.refersTo(table.project)
  await table.world.inside(
    () => GateEvidence.addFile(criterion.refersTo(gate), 'Board minutes (May).pdf', evidence),
    table.people.manager
  )
  const review = await table.submit()
  await table.vote(review, 'one', 'approved', 'The survey is sound')
  await table.decide(review, 'approved', { rationale: 'The case is made' })
  return { table, review }
}

/** The files of a pack as the PMO exports them, without the pages. */
export async function exportedFiles({ table, review }: Awaited<ReturnType<typeof decidedTable>>) {
  const viewer = await table.world.viewer(table.people.pmo)
  const pack = await table.world.inside(
    () =>
      packExport(table.project, review.refersTo(table.gate.refersTo(table.project)), viewer, null),
    table.people.pmo
  )
  const files = new Map<string, Buffer>()
  for await (const { path, content } of packFiles(pack)) files.set(path, await buffer(content))
  return files
}
