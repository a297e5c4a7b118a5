import string from '@adonisjs/core/helpers/string'
import { recordMany, type AuditValue, type Happening } from '#audit/events'
import { inWords } from '#models/days'
import { eachOrOffice } from '#models/membership/standing_in'
import { notifyAll, type NewNotification } from '#models/notification'
import Project from '#models/project'
import { AGREED_ON, isShared, otherSide, wordOf } from '#models/raid/agreement'
import { statusLabel, type Side } from '#models/raid/enumerations'
import { refOf } from '#models/raid/refs'
import type RaidItem from '#models/raid_item'

type Before = Record<string, any>

/** Changes of these are reported to the other side. */
const TOLD = [
  ...AGREED_ON.filter((name) => name !== 'counterpartProjectId'),
  'status',
  ...(['home', 'counterpart'] as const).flatMap(
    (side) => [`${side}Answer`, `${side}Reason`, `${side}ProposedOn`] as const
  ),
] as const

/** An item that was saved, and as it was before. */
type Saved = { item: RaidItem; before: Before }

/** What one project is told about an item on its other side: for its trail, and for its people. */
type Telling = {
  item: RaidItem
  projectId: string
  /** Null for a project that is no longer the other side. */
  side: Side | null
  action: string
  values: Record<string, AuditValue>
  news: News | null
}

/**
 * Tells the other projects of dependencies what was done on this side, in their trails and by notice, with as many
 * queries for many as for one. A former other side is told as well.
 */
export async function tellOtherSides(saved: Saved[]) {
  const dependencies = saved.filter(({ item }) => item.type === 'dependency')
  const tellings = dependencies.flatMap((one) => [...toFormer(one), ...toOther(one)])
  if (tellings.length === 0) return
  const ids = tellings.map(({ projectId }) => projectId)
  const found = await Project.query().whereIn('id', [...new Set(ids)])
  const projects = new Map(found.map((project) => [project.id, project]))
  const told = tellings.flatMap((telling) => {
    const project = projects.get(telling.projectId)
    return project ? { ...telling, project } : []
  })
  await recordMany(told.map(toEvent))
  const voices = await eachOrOffice(found.map(({ managerId }) => managerId))
  await notifyAll(told.map((one) => toNotice(one, voices(one.project.managerId))))
}

function toFormer({ item, before }: Saved): Telling[] {
  const former = before.counterpartProjectId as string | null | undefined
  if (!former || former === item.counterpartProjectId) return []
  const gone = { side: null, action: 'raid_item.withdrawn', values: {}, news: null }
  return [{ item, projectId: former, ...gone }]
}

function toOther({ item, before }: Saved): Telling[] {
  if (!isShared(item)) return []
  const changed = TOLD.filter((name) => (before[name] ?? null) !== (item[name] ?? null))
  const isNew = before.counterpartProjectId !== item.counterpartProjectId
  if (changed.length === 0 && !isNew) return []
  const side = otherSide(item.side)
  const values = changed.map((name) => [
    string.snakeCase(name),
    { before: isNew ? null : (before[name] ?? null), after: item[name] ?? null },
  ])
  return [
    {
      item,
      projectId: side === 'home' ? item.projectId : item.counterpartProjectId!,
      side,
      action: isNew ? 'raid_item.proposed' : 'raid_item.changed_there',
      values: Object.fromEntries(values),
      news: newsOf(item, { before, isNew, changed }),
    },
  ]
}

/** People who read this trail may not know the other project: the ref has no code. */
function toEvent({ item, project, action, values }: Telling & { project: Project }): Happening {
  const code = item.projectId === project.id ? project.code : null
  return {
    action,
    entityType: 'raid_item',
    entityId: item.id,
    projectId: project.id,
    facts: { ref: refOf(code, item), kind: item.type, status: item.status },
    values,
  }
}

function toNotice(
  { item, project, side, news }: Telling & { project: Project },
  voices: string[]
): NewNotification {
  const log = `/projects/${project.id}/raid`
  const about = { kind: 'dependency', project, key: keyOf(item, project) } as const
  if (!news) {
    const title = `A dependency no longer names ${project.code} as its other side`
    return { ...about, to: voices, title, path: `${log}?type=dependency` }
  }
  const to = side === 'home' && item.ownerId ? [...voices, item.ownerId] : voices
  return { ...about, ...news, to, item, path: `${log}/${item.id}` }
}

function keyOf(item: RaidItem, project: Project) {
  return `dependency:${item.id}:${item.lockVersion}:${project.id}`
}

type News = { title: string; detail?: string | null }

type Change = { before: Before; isNew: boolean; changed: string[] }

/** Names no project: its reader may not know the other one. */
function newsOf(item: RaidItem, { before, isNew, changed }: Change): News {
  const called = item.sensitivity === 'normal' ? `“${item.title}”` : 'A dependency'
  if (isNew) {
    return { title: `Another project asks you to agree to ${called}`, detail: item.description }
  }
  const { answer, reason, proposedOn } = wordOf(item, item.side)
  const hasSpoken = changed.some((name) => name.startsWith(item.side)) && answer !== null
  if (AGREED_ON.some((name) => changed.includes(name)) && !(hasSpoken && answer !== 'agreed')) {
    const agreed = before[`${otherSide(item.side)}Answer`] === 'agreed'
    if (item.status === 'agreed') return { title: `Both projects agree on ${called}` }
    return {
      title: agreed
        ? `${called} was changed, so your agreement no longer applies`
        : `${called} was changed and needs your answer`,
    }
  }
  if (hasSpoken && answer === 'agreed') {
    return { title: `The other project agrees to ${called}`, detail: reason }
  }
  if (hasSpoken && answer === 'disagreed') {
    return { title: `The other project disagrees with ${called}`, detail: reason }
  }
  if (hasSpoken) {
    return {
      title: `The other project proposes ${inWords(proposedOn!)} for ${called}`,
      detail: reason,
    }
  }
  return { title: `${called} is now ${statusLabel(item.type, item.status).toLowerCase()}` }
}
