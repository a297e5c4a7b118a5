import db from '@adonisjs/lucid/services/db'
import { recordMany } from '#audit/events'
import { sealOrganisation } from '#audit/sealer'
import { signingKey } from '#audit/settings'
import Comment from '#models/comment'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import Tenancy from '#tenancy/tenancy'
import { sql } from '#tenancy/sql'
import { type World, type Person } from '#tests/support/world'

/** An entry of the log, raised by someone. */
export async function raise(world: World, project: Project, by: Person, attributes: object = {}) {
  return world.inside(
    () =>
      RaidItem.raise(project, {
        type: 'risk',
        nature: 'threat',
        title: 'Supplier leaves the framework',
        ...attributes,
      } as any),
    by
  )
}

/** Changes an entry as it is now. */
export async function revise(world: World, by: Person, item: RaidItem, changes: object) {
  return world.inside(async () => {
    const present = await RaidItem.findOrFail(item.id)
    present.$extras.ref = item.ref
    await present.revise(changes, present.lockVersion)
  }, by)
}

/** Adds a comment to an entry. */
export async function remark(
  world: World,
  by: Person,
  project: Project,
  item: RaidItem,
  body: string
) {
  return world.inside(async () => {
    const comment = new Comment()
    comment.merge({ raidItemId: item.id, authorId: by.membershipId, body })
    Object.assign(comment.$extras, { projectId: project.id, ref: item.ref })
    await comment.save()
  }, by)
}

/** The events of one action, oldest first. */
export async function eventsOf(world: World, action: string) {
  return world.inside(() =>
    sql(
      Tenancy.current().trx,
      'select * from audit.events where organisation_id = ? and action = ? order by seq',
      [world.organisationId, action]
    )
  )
}

/** Appends plain events to a project's trail, all in one transaction and so at nearly the same moment. */
export async function append(world: World, project: Project, count: number) {
  await world.inside(() =>
    recordMany(
      Array.from({ length: count }, (_, index) => ({
        action: 'project.updated',
        entityType: 'project',
        entityId: project.id,
        projectId: project.id,
        facts: { ref: project.code },
        values: { name: { before: `Name ${index}`, after: `Name ${index + 1}` } },
      }))
    )
  )
}

/** Only the list: the filters above it name members and show an invented ref. */
export const listIn = (html: string) => html.slice(html.indexOf('<div id="audit-list">'))

/** The numbers of the events on a page, in order. */
export const numbersIn = (html: string) =>
  [...html.matchAll(/id="no-(\d+)"/g)].map(([, seq]) => Number(seq))

/** Seals what an organisation has done so far, as the worker does every few seconds. */
export function seal(organisationId: string) {
  return sealOrganisation(db.connection('sealer'), signingKey(), organisationId)
}
