import { DateTime } from 'luxon'
import ExternalResource from '#models/external_resource'
import { openItemsOf, openTasksOf } from '#models/external_resource/open_work'
import type Membership from '#models/membership'
import TaskLink from '#models/task_link'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/**
 * Merges the person outside who has this member's address into the member: their open work passes on, links close, and
 * the record says who they became. Call `Membership.takeTurns` first, so that no one is added with the address
 * meanwhile. Locks the person before their work, as does assigning them work.
 */
export async function mergeExternal(member: Membership) {
  const person = await withAddressOf(member)
  if (!person) return
  const moved = {
    tasks: await moveTasks(person, member),
    actions: await moveActions(person, member),
    dependencies: await moveDependencies(person, member),
  }
  await TaskLink.closeAllOf(person.id)
  person.merge({
    membershipId: member.id,
    mergedAt: DateTime.utc(),
    lockVersion: person.lockVersion + 1,
  })
  const counts = Object.entries(moved).filter(([, count]) => count > 0)
  await person
    .auditAs('external_resource.merged')
    .auditBesides(Object.fromEntries(counts.map(([kind, count]) => [kind, { after: count }])))
    .save()
}

async function withAddressOf(member: Membership) {
  const { trx, organisationId } = Tenancy.current()
  const [found] = await sql(
    trx,
    `select external_resources.id
       from external_resources join users on users.email = external_resources.email
      where organisation_id = ? and merged_at is null and users.id = ?`,
    [organisationId, member.userId]
  )
  return found ? ExternalResource.query().where('id', found.id).forUpdate().firstOrFail() : null
}

async function moveTasks(person: ExternalResource, member: Membership) {
  const tasks = await openTasksOf(person)
  for (const task of tasks) {
    await task.merge({ externalResourceId: null, assigneeId: member.id }).saveRevision()
  }
  return tasks.length
}

async function moveActions(person: ExternalResource, member: Membership) {
  const items = await openItemsOf('actionee_external_id', person)
  for (const item of items) {
    await item.merge({ actioneeExternalId: null, actioneeId: member.id }).saveRevision()
  }
  return items.length
}

/** A member as the counterpart means a team of the organisation's own. */
async function moveDependencies(person: ExternalResource, member: Membership) {
  const items = await openItemsOf('counterpart_external_id', person)
  for (const item of items) {
    item.merge({ counterpartExternalId: null, counterpartMemberId: member.id })
    await item.merge({ counterpartKind: 'team' }).saveRevision()
  }
  return items.length
}
