import { keepMapping } from '#tests/support/imports'
import { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import { queueMail } from '#mails/outbox'
import Comment from '#models/comment'
import Import from '#models/import'
import Invitation from '#models/invitation'
import MailEvent from '#models/mail_event'
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
import { World } from '#tests/support/world'

/**
 * An organisation with a row in each of its tables. The tests of the walls walk every table and fail on
 * an empty one: a new table gets its row here.
 */
export async function populated(name?: string) {
  const world = await World.create(name)
  const project = await world.project({ visibility: 'organisation' })
  const { membershipId } = await world.person('manager')
  await world.inside(async () => {
    const [risk, other] = [await raise(), await raise()]
    await RaidLink.create({ fromId: risk.id, toId: other.id, kind: 'relates_to' })
    await RaidEscalation.raise(risk, project, {
      level: 'organisation',
      reason: 'Too big for us',
      ask: 'A second rig',
      askedOfId: membershipId,
    })
    await RaidReader.create({ raidItemId: risk.id, membershipId })
    await Comment.create({ raidItemId: risk.id, authorId: membershipId, body: 'A remark' })
  })
  await world.inside(async () => {
    const data = { subject: 'Crane permit', paragraphs: ['It is late.'] }
    const to = { email: 'someone@example.test', membershipId }
    const mailId = await queueMail({ template: 'notice', to, data, key: 'notice' })
    await MailEvent.create({
      mailId,
      webhookId: 'msg_1',
      kind: 'delivered',
      occurredAt: DateTime.utc(),
    })
  })
  await world.inside(async () => {
    const projects = [{ projectId: project.id, role: 'team' as const }]
    const inviter = { name: 'An inviter', membershipId }
    await Invitation.invite({ email: 'invited@example.test', role: 'member', projects }, inviter)
  })
  await addLinkedTask(world, project)
  await addCategory(world)
  await addPortfolioRows(world, project)
  await addTasks(world, project)
  await addNotifications(world, project)
  await addIntegrationRows(world)
  await addGateRows(world, project)
  const writer = await world.person('manager')
  await world.inside(() => addFeedback(writer))
  await addPrivacyRows(world)
  await addAssistantRows(world, project)
  await addDecidingRows(world, project)
  await addRounds(world)
  await addHealthRows(world, project)
  await addReportRows(world, project)
  await world.inside(addProjectImport, await world.person('pmo'))
  await world.inside(addImport, await world.person('manager'))
  await keepMapping(world, await world.person('manager'))
  return { world, project }

  function raise() {
    return RaidItem.raise(project, {
      type: 'risk',
      nature: 'threat',
      title: 'Crane permit is late',
    })
  }

  async function addImport() {
    const log = Buffer.from('Risk,Status\nThe crane is late,Open')
    const draft = await Import.upload(project, 'log.csv', log)
    const item = await raise()
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
}
