import type { Viewer } from '#identity/viewer'
import type Import from '#models/import'
import { addedTotal, type Summary } from '#models/import/summary'
import Membership from '#models/membership'
import type Project from '#models/project'
import { typePlurals, type RaidType } from '#models/raid/enumerations'
import RaidItem from '#models/raid_item'
import { entries, isoOf } from '#pages/import_terms'

/** What came of an import, and whether it can be undone. */
export async function importResultState(project: Project, done: Import, viewer: Viewer) {
  const names = await Membership.names([done.createdBy])
  const { summary } = done
  const left = summary.left ?? []
  return {
    file: {
      id: done.id,
      name: done.fileName,
      byName: names.get(done.createdBy),
      at: isoOf(done.importedAt),
      isUndone: done.status === 'undone',
      undoneAt: isoOf(done.undoneAt),
    },
    result: { added: entries(addedTotal(summary)), stats: stats(project, done) },
    reversal: await reversalState(project, summary, viewer),
    skipped: {
      total: summary.leftCount ?? 0,
      rows: left,
      more: moreOf(summary.leftCount ?? 0, left.length),
    },
    can: { undo: done.status === 'imported' },
  }
}

function stats(project: Project, { id, summary, status }: Import) {
  return Object.entries(typePlurals)
    .map(([type, label]) => ({ type, label, value: summary.added?.[type as RaidType] ?? 0 }))
    .filter(({ value }) => value > 0)
    .map(({ type, label, value }) => ({
      label,
      value,
      href: status === 'imported' && `/projects/${project.id}/raid?type=${type}&import=${id}`,
    }))
}

/** Entries that were kept confidential since are counted, not named, to those who may not see them. */
async function reversalState(project: Project, { reversal }: Summary, viewer: Viewer) {
  if (!reversal) return undefined
  const ids = reversal.kept.map(({ id }) => id)
  const visible = await RaidItem.visibleIn(project, viewer).whereIn('raid_items.id', ids)
  const kept = reversal.kept.filter(({ id }) => visible.some((item) => item.id === id))
  return {
    removed: reversal.removed,
    kept: kept.map((item) => ({ ...item, href: `/projects/${project.id}/raid/${item.id}` })),
    concealed: reversal.kept.length - kept.length,
  }
}

function moreOf(total: number, shown: number) {
  return total > shown ? `The first ${shown} of ${total} are listed.` : null
}
