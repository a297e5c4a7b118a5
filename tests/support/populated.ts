import { keepMapping } from '#tests/support/imports'
import { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import { queueMail } from '#mails/outbox'
import Comment from '#models/comment'
import Import from '#models/import'
import Invitation from '#models/invitation'
import MailEvent from '#models/mail_event'
import type Project from '#models/project'
import RaidEscalation from '#models/raid_escalation'
import RaidItem from '#models/raid_item'
import RaidLink from '#models/raid_link'
import RaidReader from '#models/raid_reader'
import { addLinkedTask } from '#tests/support/populated/externals'
import { addTasks } from '#tests/support/populated/tasks'
import { addIntegrationRows } from '#tests/support/populated/integrations'
import { addNotifications } from '#tests/support/populated/notifications'
import { addFeedback } from '#tests/support/populated/feedback'
import { addDecidingRows, addRounds } from '#tests/support/populated/deciding'
import { addGateRows } from '#tests/support/populated/gates'
import { addReportRows } from '#tests/support/populated/reports'
import { addPortfolioRows } from '#tests/support/populated/portfolio'
import { addHealthRows } from '#tests/support/populated/health'
import { addCategory } from '#tests/support/settings'
import { addAssistantRows } from '#tests/support/populated/assistant'
import { addPrivacyRows } from '#tests/support/populated/privacy'
import { addProjectImport } from '#tests/support/transfers'
import { insertRows } from '#tenancy/bulk'
import { World, type Person } from '#tests/support/world'

/**
 * An organisation with a row in each of its tables. The tests of the tenant walls go through every table and fail on an
 * empty one: a new table gets its row here.
 */
export async function populated(name?: string) {
  const world = await World.create(name)
  const project = await world.project({ visibility: 'organisation' })
  const manager = await world.person('manager')
  await world.inside(() => addEntries(project, manager))
  await world.inside(() => addMail(manager))
  await world.inside(() => addInvitation(project, manager))
  await addLinkedTask(world, project)
  await addCategory(world)
  await addPortfolioRows(world, project)
  await addTasks(world, project)
  await addNotifications(world, project)
  await addIntegrationRows(world)
  await addGateRows(world, project)
  await world.inside(() => addFeedback(manager))
  await addPrivacyRows(world)
  await addAssistantRows(world, project)
  await addDecidingRows(world, project)
  await addRounds(world)
  await addHealthRows(world, project)
  await addReportRows(world, project)
  await world.inside(addProjectImport, await world.person('pmo'))
  await world.inside(() => addImport(project), manager)
  await keepMapping(world, manager)
  return { world, project }
}

async function addEntries(project: Project, { membershipId }: Person) {
  const [risk, other] = [await raise(project), await raise(project)]
  await RaidLink.create({ fromId: risk.id, toId: other.id, kind: 'relates_to' })
  await RaidEscalation.raise(risk, project, {
    level: 'organisation',
    reason: 'Too big for us',
    ask: 'A second rig',
    askedOfId: membershipId,
  })
  await RaidReader.create({ raidItemId: risk.id, membershipId })
  await Comment.create({ raidItemId: risk.id, authorId: membershipId, body: 'A remark' })
}

function raise(project: Project) {
  return RaidItem.raise(project, {
    type: 'risk',
    nature: 'threat',
    title: 'Crane permit is late',
  })
}

async function addMail({ membershipId }: Person) {
  const data = { subject: 'Crane permit', paragraphs: ['It is late.'] }
  const to = { email: 'someone@example.test', membershipId }
  const mailId = await queueMail({ template: 'notice', to, data, key: 'notice' })
  const occurredAt = DateTime.utc()
  await MailEvent.create({ mailId, webhookId: 'msg_1', kind: 'delivered', occurredAt })
}

function addInvitation(project: Project, { membershipId }: Person) {
  const projects = [{ projectId: project.id, role: 'team' as const }]
  const inviter = { name: 'An inviter', membershipId }
  return Invitation.invite({ email: 'invited@example.test', role: 'member', projects }, inviter)
}

async function addImport(project: Project) {
  const log = Buffer.from('Risk,Status\nThe crane is late,Open')
  const draft = await Import.upload(project, 'log.csv', log)
  const item = await raise(project)
  await insertRows('import_rows', [
    {
      id: uuidv7(),
      project_id: project.id,
      import_id: draft.id,
      raid_item_id: item.id,
      outcome: 'added',
      key: 'crane-1',
      shape: 'a-shape',
      lock_version: 1,
    },
  ])
}
