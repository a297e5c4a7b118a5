import type { HttpContext } from '@adonisjs/core/http'
import Programme from '#models/programme'
import type Project from '#models/project'
import RaidEscalation from '#models/raid_escalation'
import RaidItem from '#models/raid_item'
import { refuse } from '#models/violation'
import RaidEscalationPolicy from '#policies/raid_escalation_policy'
import RaidItemPolicy from '#policies/raid_item_policy'
import { answerEscalation, storeEscalation, takeBackEscalation } from '#validators/raid_escalation'

/** Escalates an entry to a level above the project, whether a form or a program asks. */
export async function escalate(item: RaidItem, { project, request }: HttpContext) {
  const input = await request.validateUsing(storeEscalation)
  if (input.level === 'programme' && !project.programmeId) {
    refuse('level', 'This project is not in a programme. Escalate to the organisation')
  }
  await item.lockRow(input.lock_version)
  const { level, reason, ask } = input
  const askedOfId = input.asked_of_id ?? null
  return RaidEscalation.raise(item, project, { level, reason, ask, askedOfId })
}

/** Throws unless the viewer answers for the level. */
export async function authoriseAnswer(
  escalation: RaidEscalation,
  { bouncer, project }: Pick<HttpContext, 'bouncer' | 'project'>
) {
  const managerId = await programmeManagerOf(project)
  await bouncer.with(RaidEscalationPolicy).authorize('answer', escalation, managerId)
}

/** The level accepts the entry, or returns it with a reason. */
export async function answer(
  escalation: RaidEscalation,
  item: RaidItem,
  { project, request }: HttpContext
) {
  const input = await request.validateUsing(answerEscalation)
  const { decision, answer: words = null, lock_version: version } = input
  await item.lockRow(item.lockVersion)
  if (decision === 'accepted') {
    await escalation.accept(item, project, words, version)
  } else {
    if (!words) refuse('answer', 'Enter why you are returning it')
    await escalation.giveBack(item, project, words, version)
  }
  return decision
}

/** The project's own records in the address: an entry that the viewer may change, and its escalation. */
export async function ownEscalation({ bouncer, params, project, viewer }: HttpContext) {
  const item = await RaidItem.findVisible(project, viewer, params.id)
  await bouncer.with(RaidItemPolicy).authorize('update', item, project)
  return { item, escalation: await RaidEscalation.findLive(item, params.escalation_id) }
}

/** Takes the entry back into the project. */
export async function takeBack(
  escalation: RaidEscalation,
  item: RaidItem,
  { project, request }: HttpContext
) {
  const input = await request.validateUsing(takeBackEscalation)
  await item.lockRow(item.lockVersion)
  await escalation.takeBack(item, project, input.take_back_reason, input.lock_version)
}

async function programmeManagerOf({ programmeId }: Project) {
  const programme = programmeId ? await Programme.find(programmeId) : null
  return programme?.managerId ?? null
}
