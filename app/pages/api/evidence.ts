import type { Viewer } from '#identity/viewer'
import { evidenceKinds } from '#models/gate/enumerations'
import type Gate from '#models/gate'
import GateCriterion from '#models/gate_criterion'
import GateEvidence from '#models/gate_evidence'
import type Project from '#models/project'
import { listAnswer } from '#pages/api/paging'
import * as a from '#pages/api/shape'
import type { Shape } from '#pages/api/shape'
import { itemsAmong } from '#pages/gates/evidence_list'

/** A piece of evidence. The bytes of a file are downloaded from the page of its criterion. */
export const evidenceShape: Shape = {
  ...a.id('id'),
  ...a.id('project_id'),
  ...a.id('gate_id', (one) => one.$extras.gateId),
  ...a.id('criterion_id'),
  ...a.oneOf('kind', evidenceKinds),
  ...a.text('name'),
  ...a.textOrNull('media_type'),
  ...a.wholeOrNull('size'),
  ...a.textOrNull('sha256'),
  ...a.textOrNull('url'),
  ...a.described(
    a.idOrNull('raid_item_id', (one) => one.$extras.record),
    'The entry of the RAID log, if you may see it.'
  ),
  ...a.idOrNull('added_by'),
  ...a.momentOf('created_at'),
}

/** The evidence for a gate's criteria, oldest first, unpaged: a gate has a handful. */
export async function evidence(project: Project, gate: Gate, viewer: Viewer) {
  const found = await GateEvidence.standing(await GateCriterion.of(gate)).whereNull('erased_at')
  const items = await itemsAmong(found, project, viewer)
  for (const one of found) {
    const record = one.raidItemId && items.has(one.raidItemId) ? one.raidItemId : null
    Object.assign(one.$extras, { gateId: gate.id, record })
  }
  return listAnswer(() => evidenceShape, { rows: found, next: null })
}
