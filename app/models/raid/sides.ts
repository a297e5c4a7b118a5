import string from '@adonisjs/core/helpers/string'
import { record, type AuditValue } from '#audit/events'
import { inWords } from '#models/days'
import Membership from '#models/membership'
import { notify } from '#models/notification'
import Project from '#models/project'
import { AGREED_ON, isShared, otherSide, wordOf } from '#models/raid/agreement'
import { statusLabel, type Side } from '#models/raid/enumerations'
import { refOf } from '#models/raid/refs'
import type RaidItem from '#models/raid_item'

type Before = Record<string, any>

/** What the other side is told when it changes. */
const TOLD = [
  ...AGREED_ON.filter((name) => name !== 'counterpartProjectId'),
  'status',
  ...(['home', 'counterpart'] as const).flatMap(
    (side) => [`${side}Answer`, `${side}Reason`, `${side}ProposedOn`] as const
  ),
] as const

/**
 * Tells the other project of a dependency what was done on this side, in its trail and by notice; `before` is
 * the item as it was. A project that was the other side and no longer is hears that too.
 */
export async function tellOtherSide(item: RaidItem, before: Before) {
  if (item.type !== 'dependency') return
  const former = before.counterpartProjectId as string | null | undefined
  if (former && former !== item.counterpartProjectId) await tellFormer(item, former)
  if (!isShared(item)) return
  const changed = TOLD.filter((name) => (before[name] ?? null) !== (item[name] ?? null))
  const isNew = former !== item.counterpartProjectId
  if (changed.length === 0 && !isNew) return
  const side = otherSide(item.side)
  const project = await projectOf(item, side)
  if (!project) return
  const values = Object.fromEntries(
    changed.map((name) => [
      string.snakeCase(name),
      { before: isNew ? null : (before[name] ?? null), after: item[name] ?? null },
    ])
  )
  await tellTrail(item, project, isNew ? 'raid_item.proposed' : 'raid_item.changed_there', values)
  await tellPeople(item, project, side, news(item, { before, isNew, changed }))
}

/** Whoever speaks for a project: its manager, and where there is none, or none any more, the PMO. */
async function voicesOf({ managerId }: Pick<Project, 'managerId'>): Promise<string[]> {
  const present = await Membership.active(managerId ? [managerId] : [])
  return present.size > 0 ? [...present] : Membership.holding('pmo')
}

async function tellFormer(item: RaidItem, projectId: string) {
  const project = await Project.find(projectId)
  if (!project) return
  await tellTrail(item, project, 'raid_item.withdrawn', {})
  await notify({
    kind: 'dependency',
    to: await voicesOf(project),
    project,
    path: `/projects/${project.id}/raid?type=dependency`,
    title: `A dependency no longer names ${project.code} as its other side`,
    key: keyOf(item, project),
  })
}

function projectOf(item: RaidItem, side: Side) {
  return Project.find(side === 'home' ? item.projectId : item.counterpartProjectId!)
}

/** The other project may be unknown to those who read this trail: the ref goes without its code. */
function tellTrail(
  item: RaidItem,
  project: Project,
  action: string,
  values: Record<string, AuditValue>
) {
  const code = item.projectId === project.id ? project.code : null
  return record({
    action,
    entityType: 'raid_item',
    entityId: item.id,
    projectId: project.id,
    facts: { ref: refOf(code, item), kind: item.type, status: item.status },
    values,
  })
}

type News = { title: string; detail?: string | null }

async function tellPeople(item: RaidItem, project: Project, side: Side, { title, detail }: News) {
  const voices = await voicesOf(project)
  await notify({
    kind: 'dependency',
    to: side === 'home' && item.ownerId ? [...voices, item.ownerId] : voices,
    project,
    item,
    title,
    detail,
    path: `/projects/${project.id}/raid/${item.id}`,
    key: keyOf(item, project),
  })
}

function keyOf(item: RaidItem, project: Project) {
  return `dependency:${item.id}:${item.lockVersion}:${project.id}`
}

type Change = { before: Before; isNew: boolean; changed: string[] }

/** Names no project: whoever reads it may not know the other one. */
function news(item: RaidItem, { before, isNew, changed }: Change): News {
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
        ? `${called} was changed: what you agreed to no longer holds`
        : `${called} was changed and waits for your answer`,
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
      title: `The other project asks for ${inWords(proposedOn!)} for ${called}`,
      detail: reason,
    }
  }
  return { title: `${called} is now ${statusLabel(item.type, item.status).toLowerCase()}` }
}
