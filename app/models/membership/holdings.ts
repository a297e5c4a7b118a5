import type { Viewer } from '#identity/viewer'
import { projectRolesOf } from '#models/membership/list'
import { IS_OPEN } from '#models/raid/transitions'
import { onlyVisible } from '#models/raid/visibility'
import { IS_OPEN_TASK } from '#models/task/states'
import { visibleTasks } from '#models/task/visibility'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** What belongs to one member: their roles in projects, the open RAID entries they own, and their open tasks. */
export async function holdingsOf(membershipId: string, viewer: Viewer) {
  const { trx, organisationId } = Tenancy.current()
  const items = trx
    .from('raid_items')
    .where('raid_items.organisation_id', organisationId)
    .where('raid_items.owner_id', membershipId)
    .whereRaw(IS_OPEN)
    .select(trx.raw('count(*)::integer as count'))
  onlyVisible(items, viewer)
  const [{ count }] = await items
  const projects = (await projectRolesOf([membershipId])).get(membershipId) ?? []
  return {
    leads: projects.filter(({ role }) => ['manager', 'sponsor'].includes(role)),
    others: projects.filter(({ role }) => !['manager', 'sponsor'].includes(role)),
    openItems: count as number,
    openTasks: await openTasksOf(membershipId, viewer),
  }
}

async function openTasksOf(membershipId: string, viewer: Viewer): Promise<number> {
  const { trx, organisationId } = Tenancy.current()
  const conditions = new Conditions()
    .add('tasks.organisation_id = ? and tasks.assignee_id = ?', organisationId, membershipId)
    .add(IS_OPEN_TASK)
    .meet(visibleTasks(viewer))
  const [{ count }] = await read<{ count: number }>(
    trx,
    `select count(*)::integer as count from tasks where ${conditions.text}`,
    conditions.values
  )
  return count
}
