import type { Viewer } from '#identity/viewer'
import type GateEvidence from '#models/gate_evidence'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import { fileNote } from '#pages/stored_files'
import { day } from '#registries/formats'

type Context = { project: Project; viewer: Viewer; names: Map<string, string> }

/** The evidence for a criterion; entries of the RAID log show their details to people who may see them. */
export async function evidenceState(evidence: GateEvidence[], { project, viewer, names }: Context) {
  const items = await itemsAmong(evidence, project, viewer)
  return evidence.map((one) => {
    const by = one.addedBy && names.get(one.addedBy)
    return {
      id: one.id,
      kind: one.erasedAt ? 'erased' : one.kind,
      name: one.name,
      note: noteOn(one, items),
      added: [day(one.createdAt), by && `by ${by}`].filter(Boolean).join(' '),
      sha256: one.sha256,
      url: one.url,
      record: one.raidItemId && items.has(one.raidItemId) ? one.raidItemId : null,
    }
  })
}

/** The entries of the RAID log among evidence that the viewer may see, by their ids. */
export async function itemsAmong(evidence: GateEvidence[], project: Project, viewer: Viewer) {
  const ids = evidence.flatMap(({ raidItemId }) => raidItemId ?? [])
  if (ids.length === 0) return new Map<string, RaidItem>()
  const items = await RaidItem.visibleIn(project, viewer).whereIn('raid_items.id', ids)
  return new Map(items.map((item) => [item.id, item]))
}

/** What to know before opening it: where a link leads, how large a file is. */
function noteOn(one: GateEvidence, items: Map<string, RaidItem>) {
  if (one.kind === 'link') return `Link to ${new URL(one.url!).host}`
  if (one.kind === 'file') return fileNote(one)
  const item = one.raidItemId && items.get(one.raidItemId)
  return item ? item.title : 'An entry that you cannot see or that no longer exists'
}
