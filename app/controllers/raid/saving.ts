import type { HttpContext } from '@adonisjs/core/http'
import { itemInput, refuseMove, refuseViolations } from '#controllers/raid/input'
import type { RaidType } from '#models/raid/enumerations'
import { forgetStaleAcceptance } from '#models/raid/acceptance'
import { isShared } from '#models/raid/agreement'
import { firstStatuses } from '#models/raid/transitions'
import RaidItem from '#models/raid_item'
import { refuse } from '#models/violation'
import { lockVersion } from '#validators/lock_version'
import { answerToDependency, updateStatus } from '#validators/raid_item'

/** Raises an item of this type from the request. */
export async function raise(ctx: HttpContext, type: RaidType) {
  const { project, request } = ctx
  const { attributes, readerIds } = await itemInput(request, type)
  refuseStatus(type, attributes.status)
  const draft = new RaidItem().merge({ ...attributes, type })
  await refuseViolations(draft, ctx, readerIds)
  return RaidItem.raise(project, { ...attributes, type }, readerIds)
}

/**
 * Saves what the request changes about an item, whether a form or a program sent it. Throws StaleRecord when someone
 * else saved first.
 */
export async function save(item: RaidItem, ctx: HttpContext) {
  const { request } = ctx
  const { attributes, readerIds } = await itemInput(request, item.type)
  const { lock_version: version } = await request.validateUsing(lockVersion)
  const { status, ...changes } = attributes
  await item.lockRow(version)
  item.merge(changes)
  forgetStaleAcceptance(item)
  await refuseViolations(item, ctx, readerIds)
  await item.nameReaders(readerIds)
  await item.saveRevision()
}

/** Moves an item along its state machine. An assumption proved false needs a reason. */
export async function move(item: RaidItem, { project, request }: HttpContext) {
  const { status, reason, lock_version: version } = await request.validateUsing(updateStatus)
  await item.lockRow(version)
  await refuseMove(item, project, status, reason)
  item.status = status
  return item.saveRevision('raid_item.status_changed')
}

/** Records what one of two projects answers to a dependency between them. */
export async function answerDependency(item: RaidItem, { request }: HttpContext) {
  const { lock_version: version, ...given } = await request.validateUsing(answerToDependency)
  const { answer, reason } = given
  const proposedOn = given.proposed_on
  if (!isShared(item) || item.isSettled) {
    refuse('answer', 'You can only answer an open dependency between projects')
  }
  if (answer === 'disagreed' && !reason) {
    refuse('reason', 'Enter why you disagree')
  }
  if (answer === 'date_proposed' && (!proposedOn || proposedOn === item.dueOn)) {
    refuse('proposed_on', 'Enter a date other than the one requested')
  }
  await item.answer({ answer, reason, proposedOn }, version)
  return { answer }
}

function refuseStatus(type: RaidType, status: string | undefined) {
  if (!status || firstStatuses(type).includes(status)) return
  refuse('status', `Begin as ${firstStatuses(type).join(' or ')}`)
}
