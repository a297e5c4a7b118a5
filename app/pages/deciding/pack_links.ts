import type { Viewer } from '#identity/viewer'
import GateEvidence from '#models/gate_evidence'
import type Gate from '#models/gate'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import type { packState } from '#pages/deciding/review_page'

type Pack = ReturnType<typeof packState>
type Place = { project: Project; gate: Gate }

/**
 * A pack whose evidence and RAID entries link to where they can be opened. What no longer exists, or the viewer may no
 * longer see, is named without a link.
 */
export async function withLinks(pack: Pack, { project, gate }: Place, viewer: Viewer) {
  const standing = await evidenceOf(pack)
  const items = await itemsIn(pack, standing, project, viewer)
  const base = `/projects/${project.id}`
  const toItem = (id: unknown) => (items.has(String(id)) ? `${base}/raid/${id}` : null)
  return {
    ...pack,
    raid: pack.raid.map((item) => ({ ...item, href: toItem(item.id) })),
    criteria: pack.criteria.map(({ evidence, ...criterion }) => ({
      ...criterion,
      evidence: evidence.map((piece) => {
        const row = standing.get(String(piece.id))
        const file = `${base}/gates/${gate.id}/criteria/${criterion.id}/evidence/${piece.id}/file`
        const hrefs = { link: row?.url ?? null, file, record: toItem(row?.raidItemId) }
        return { ...piece, href: row ? hrefs[row.kind] : null }
      }),
    })),
  }
}

async function evidenceOf({ criteria }: Pack) {
  const named = criteria.filter(({ evidence }) => evidence.length > 0)
  if (named.length === 0) return new Map<string, GateEvidence>()
  const rows = await GateEvidence.standing(named.map(({ id }) => ({ id: String(id) })))
  const kept = rows.filter(({ erasedAt }) => erasedAt === null)
  return new Map(kept.map((row) => [row.id, row]))
}

async function itemsIn(
  { raid }: Pack,
  standing: Map<string, GateEvidence>,
  project: Project,
  viewer: Viewer
) {
  const records = [...standing.values()].flatMap(({ raidItemId }) => raidItemId ?? [])
  const ids = [...raid.map(({ id }) => String(id)), ...records]
  if (ids.length === 0) return new Set<string>()
  const rows = await RaidItem.visibleIn(project, viewer).whereIn('raid_items.id', ids)
  return new Set(rows.map(({ id }) => id))
}
