import type { HttpContext } from '@adonisjs/core/http'
import AiProposal from '#models/ai_proposal'
import RaidItem from '#models/raid_item'
import { StaleRecord } from '#models/saving/stale_record'
import { refuse } from '#models/violation'

/** A proposed action that awaits its asker’s answer, with the entry it responds to. */
export async function actionIn({ params, project, viewer }: HttpContext) {
  const proposal = await AiProposal.findOpen(project, viewer, 'action', params.id)
  return { proposal, item: await RaidItem.findVisible(project, viewer, proposal.subjectId ?? '') }
}

/** A proposed merge that awaits its asker’s answer, with the entry to keep and the one to close. */
export async function mergeIn({ params, project, viewer }: HttpContext) {
  const proposal = await AiProposal.findOpen(project, viewer, 'merge', params.id)
  return {
    proposal,
    kept: await RaidItem.findVisible(project, viewer, proposal.subjectId ?? ''),
    closed: await RaidItem.findVisible(project, viewer, proposal.otherId ?? ''),
  }
}

/** Locks an entry as it was read. If it has changed since, says so and has the person read it again. */
export async function holdAsRead(item: RaidItem, version: number) {
  try {
    await item.lockRow(version)
  } catch (error) {
    if (!(error instanceof StaleRecord)) throw error
    refuse('version', `${item.ref} has changed. Check it again, then accept.`)
  }
}
