import type { Viewer } from '#identity/viewer'
import type Import from '#models/import'
import { changedBy } from '#models/import/revising/memory'
import { addedOf, type Summary } from '#models/import/summary'
import Membership from '#models/membership'
import type Project from '#models/project'
import type { RecordType } from '#imports/index'
import { typePlurals, type RaidType } from '#models/raid/enumerations'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { broughtWords, records } from '#models/import/words'
import { changesIn, isoOf, PROBLEMS } from '#pages/imports/terms'

/** The outcome of an import, and whether it can be undone. */
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
    result: {
      added: records(addedOf(summary)),
      stats: stats(project, done),
      title: broughtWords({ ...addedOf(summary), changed: summary.changed ?? 0 }),
      changed: await changedState(project, done, viewer),
      changes: summary.changed ? changesIn(summary.changed) : null,
    },
    list: listOf(project, summary),
    reversal: await reversalState(project, summary, viewer),
    skipped: {
      total: summary.leftCount ?? 0,
      rows: left,
      more: moreOf(summary.leftCount ?? 0, left.length),
    },
    problem: done.problem && PROBLEMS[done.problem],
    can: { undo: done.status === 'imported' },
  }
}

const MOST_CHANGED = 200

/** The records that it changed, as far as the viewer may see them. */
async function changedState(project: Project, { id, summary }: Import, viewer: Viewer) {
  if (!summary.changed) return null
  const ids = (await changedBy(id)).map((one) => one.id)
  const items = await RaidItem.visibleIn(project, viewer)
    .whereRaw('raid_items.id = any(?)', [ids])
    .orderBy('type')
    .orderBy('number')
    .limit(MOST_CHANGED)
  const tasks = await Task.visibleIn(project, viewer)
    .whereRaw('tasks.id = any(?)', [ids])
    .orderBy('number')
    .limit(MOST_CHANGED - items.length)
  const found = [...items, ...tasks].map((record) => record.refersTo(project))
  return {
    rows: found.map((record) => ({
      ref: record.ref,
      title: record.title,
      href: `/projects/${project.id}/${record instanceof Task ? 'tasks' : 'raid'}/${record.id}`,
    })),
    more: moreOf(ids.length, found.length),
  }
}

const raidTypes = Object.keys(typePlurals) as RaidType[]

/** The list that holds most of what was added. */
function listOf({ id }: Project, summary: Summary) {
  const { entries, tasks } = addedOf(summary)
  if (tasks > entries) return { label: 'Open the tasks', href: `/projects/${id}/tasks` }
  const added = (type: RaidType) => summary.added?.[type] ?? 0
  const [most] = raidTypes.toSorted((one, other) => added(other) - added(one))
  return { label: 'Open the RAID log', href: `/projects/${id}/raid?type=${most}` }
}

function stats(project: Project, { id, summary, status }: Import) {
  return Object.entries({ ...typePlurals, task: 'Tasks' })
    .map(([type, label]) => ({ type, label, value: summary.added?.[type as RecordType] ?? 0 }))
    .filter(({ value }) => value > 0)
    .map(({ type, label, value }) => {
      const list = type === 'task' ? 'tasks?status=all' : `raid?type=${type}`
      const href = status === 'imported' && `/projects/${project.id}/${list}&import=${id}`
      return { label, value, href }
    })
}

/** Entries made confidential since are counted, not named, for people who may not see them. */
async function reversalState(project: Project, { reversal }: Summary, viewer: Viewer) {
  if (!reversal) return undefined
  const ids = reversal.kept.map(({ id }) => id)
  const items = await RaidItem.visibleIn(project, viewer).whereIn('raid_items.id', ids)
  const tasks = await Task.visibleIn(project, viewer).whereIn('tasks.id', ids)
  const visible = new Set([...items, ...tasks].map(({ id }) => id))
  const kept = reversal.kept.filter(({ id }) => visible.has(id))
  return {
    removed: reversal.removed,
    restored: reversal.restored ? changesIn(reversal.restored) : null,
    kept: kept.map((one) => ({
      ...one,
      href: `/projects/${project.id}/${one.kind === 'task' ? 'tasks' : 'raid'}/${one.id}`,
    })),
    concealed: reversal.kept.length - kept.length,
  }
}

function moreOf(total: number, shown: number) {
  return total > shown ? `The first ${shown} of ${total} are listed.` : null
}
