import { validate as isUuid } from 'uuid'
import ExternalResource from '#models/external_resource'
import Membership, { type PersonName } from '#models/membership'
import type Project from '#models/project'
import { peopleChoices, seeingAmong } from '#models/project/people'

/** The person a task is assigned to: exactly one member or someone outside. */
export type Assignee = { assigneeId: string | null; externalResourceId: string | null }

export type AssigneeChoices = { members: PersonName[]; externals: PersonName[] }

/**
 * The people to whom tasks of a project can be assigned: members who may see it, and people outside for those who may
 * involve them. A task's present assignee (`kept`) is always among them, so that saving a form does not silently take
 * it from them.
 */
export async function assigneeChoices(
  project: Project,
  { outside, kept }: { outside: boolean; kept?: Assignee }
): Promise<AssigneeChoices> {
  return {
    members: await peopleChoices(project, [kept?.assigneeId]),
    externals: await externalChoices(outside, kept?.externalResourceId),
  }
}

async function externalChoices(outside: boolean, keptId: string | null | undefined) {
  if (outside) return ExternalResource.choices([keptId])
  const names = await ExternalResource.names([keptId])
  return [...names].map(([id, name]) => ({ id, name }))
}

/**
 * The assignee that a form names by one id; null when the task cannot be assigned to them. Call it before locking the
 * task: someone outside is locked until the transaction ends.
 */
export async function assigneeById(
  project: Project,
  id: string,
  { outside, kept }: { outside: boolean; kept?: Assignee }
): Promise<Assignee | null> {
  if (kept && idOf(kept) === id) return kept
  const known = await assigneesByIds(project, [id], { outside })
  return known.get(id) ?? null
}

/** The same for many ids: those to whom tasks of the project can be assigned. */
export async function assigneesByIds(
  project: Project,
  ids: string[],
  { outside }: { outside: boolean }
): Promise<Map<string, Assignee>> {
  const wanted = [...new Set(ids)].filter((id) => isUuid(id))
  if (wanted.length === 0) return new Map()
  const members = await seeingAmong(project, wanted)
  const others = outside ? wanted.filter((id) => !members.has(id)) : []
  const externals = await ExternalResource.assignable(others)
  return new Map<string, Assignee>([
    ...wanted
      .filter((id) => members.has(id))
      .map((id) => [id, { assigneeId: id, externalResourceId: null }] as const),
    ...[...externals].map((id) => [id, { assigneeId: null, externalResourceId: id }] as const),
  ])
}

/** The one id by which forms name an assignee: ids of members and of people outside never collide. */
export function idOf({ assigneeId, externalResourceId }: Assignee) {
  return assigneeId ?? externalResourceId
}

/** Names by id, of members and of people outside. */
export async function assigneeNames(assignees: Assignee[]): Promise<Map<string, string>> {
  const members = await Membership.names(assignees.map(({ assigneeId }) => assigneeId))
  const externals = await ExternalResource.names(
    assignees.map(({ externalResourceId }) => externalResourceId)
  )
  return new Map([...members, ...externals])
}
