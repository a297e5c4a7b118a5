import type { HttpContext } from '@adonisjs/core/http'
import { validate as isUuid } from 'uuid'
import { beginning } from '#models/text/beginning'
import RaidItem from '#models/raid_item'
import { publicationOf } from '#models/report/surroundings'
import StatusReport from '#models/status_report'
import Task from '#models/task'
import { refuse } from '#models/violation'
import TaskPolicy from '#policies/task_policy'
import { taskOrigin } from '#validators/task'

type Place = Pick<HttpContext, 'project' | 'viewer'>

/** The records that a new task responds to, and the task it is part of. */
type Origin = Awaited<ReturnType<typeof origin>>

/** The initial values of a new task: the records in its form's address, and what a report asks for. */
export async function begunFrom(asked: Record<string, unknown>, place: Place) {
  const report = await reportOf(asked.status_report_id, place)
  return {
    assigneeId: place.viewer.membershipId,
    externalResourceId: null,
    source: await sourceOf(asked.raid_item_id, place),
    parent: await parentOf(asked.parent_id, place),
    report,
    ...(report && (await decisionIn(report, asked.decision))),
  }
}

/** What a new task responds to and is part of: records that the viewer can see, and a task that they may change. */
export async function origin(ctx: HttpContext) {
  const { bouncer, project, request } = ctx
  const ids = await request.validateUsing(taskOrigin)
  const source = await sourceOf(ids.raid_item_id, ctx)
  if (ids.raid_item_id && !source) {
    refuse('raid_item_id', 'You cannot see this RAID entry')
  }
  const report = await reportOf(ids.status_report_id, ctx)
  if (ids.status_report_id && (!report || source)) {
    refuse('status_report_id', 'You cannot add a task to this report')
  }
  const parent = await parentOf(ids.parent_id, ctx)
  if (ids.parent_id && !parent) refuse('parent_id', 'You cannot see this task')
  if (parent) await bouncer.with(TaskPolicy).authorize('update', parent, project)
  return {
    raidItemId: source?.id ?? null,
    statusReportId: report?.id ?? null,
    parentId: parent?.id ?? null,
  }
}

/** Where another task of the same origin is added, and where this one was. */
export function placesAround(begun: Origin, { id }: Place['project']) {
  const { raidItemId, statusReportId, parentId } = begun
  const asked = Object.entries({
    raid_item_id: raidItemId,
    status_report_id: statusReportId,
    parent_id: parentId,
  }).filter((entry): entry is [string, string] => entry[1] !== null)
  const base = `/projects/${id}`
  return { form: `${base}/tasks/create?${new URLSearchParams(asked)}`, from: wayBack(base, begun) }
}

function wayBack(base: string, { raidItemId, statusReportId, parentId }: Origin) {
  if (raidItemId) {
    return { href: `${base}/raid/${raidItemId}`, label: 'Back to the entry' }
  }
  if (statusReportId) {
    return { href: `${base}/reports/${statusReportId}`, label: 'Back to the report' }
  }
  return parentId
    ? { href: `${base}/tasks/${parentId}`, label: 'Back to the parent task' }
    : undefined
}

async function parentOf(id: unknown, { project, viewer }: Place) {
  if (!isUuid(id)) return null
  const parent = await Task.visibleIn(project, viewer)
    .where('tasks.id', id as string)
    .first()
  return parent?.refersTo(project) ?? null
}

async function sourceOf(id: unknown, { project, viewer }: Place) {
  if (!isUuid(id)) return null
  const item = await RaidItem.visibleIn(project, viewer)
    .where('raid_items.id', id as string)
    .first()
  return item?.refersTo(project) ?? null
}

/** An unpublished report may still be deleted. */
async function reportOf(id: unknown, { project }: Place) {
  if (!isUuid(id)) return null
  const report = await StatusReport.published(project)
    .where('id', id as string)
    .first()
  return report?.refersTo(project) ?? null
}

/** The decision that a report asks for at this place in its list, as the start of a task. */
async function decisionIn(report: StatusReport, place: unknown) {
  const { content } = await publicationOf(report)
  const asked = content.decisions[Number(place) - 1]
  if (!asked) return {}
  return {
    title: beginning(asked.what, 200),
    dueOn: asked.due_on,
    ...(asked.owner_id && { assigneeId: asked.owner_id }),
  }
}
