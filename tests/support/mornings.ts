import { DateTime } from 'luxon'
import { morningRound } from '#models/morning/round'
import Notification from '#models/notification'
import OutboxMail from '#models/outbox_mail'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { World, type Person } from '#tests/support/world'

/** The morning round of an organisation at this moment. */
export const round = (world: World, at: string | DateTime) =>
  world.inside(() =>
    morningRound(typeof at === 'string' ? DateTime.fromISO(at, { zone: 'utc' }) : at)
  )

/** An organisation with a project and the member to be notified. */
export async function setUp() {
  const world = await World.create()
  const project = await world.project()
  const team = await world.person('team')
  return { world, project, team }
}

/** A task of the member's, due on a day. */
export function addTask(world: World, project: Project, { membershipId }: Person, dueOn: string) {
  return world.inside(() =>
    Task.add(project, { title: `Survey by ${dueOn}`, assigneeId: membershipId, dueOn })
  )
}

/** An entry of the project's log. */
export function raise(world: World, project: Project, attributes: Partial<RaidItem>) {
  return world.inside(() =>
    RaidItem.raise(project, { type: 'risk', nature: 'threat', title: 'Pump fails', ...attributes })
  )
}

/** The notices and mails of one kind. */
export async function told(world: World, kind: string) {
  return world.inside(async () => {
    const rows = await Notification.query().where('kind', kind).orderBy('id')
    const mails = await OutboxMail.query().where('template', 'notification').orderBy('id')
    return { rows, mails: mails.filter(({ idempotencyKey }) => isOf(kind, idempotencyKey)) }
  })
}

function isOf(kind: string, key: string) {
  return key.includes(kind === 'review_due' ? ':review:' : ':overdue:')
}
