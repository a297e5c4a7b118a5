import type { HttpContext } from '@adonisjs/core/http'
import AiProposal from '#models/ai_proposal'
import RaidItem from '#models/raid_item'
import { StaleRecord } from '#models/saving/stale_record'
import { refuse } from '#models/violation'
import { pageOfProposal } from '#pages/assistant/kinds'
import { isEdited } from '#pages/assistant/proposals'
import RaidItemPolicy from '#policies/raid_item_policy'
import Tenancy from '#tenancy/tenancy'
import { reviewAssumption } from '#validators/assistant'

export default class AssumptionReviewsController {
  /** Sets when an assumption is looked at next and how it is tested, as the person left it in the form. */
  async store({ bouncer, params, project, request, response, session, viewer }: HttpContext) {
    const proposal = await AiProposal.findOpen(project, viewer, 'assumption', params.id)
    const item = await RaidItem.findVisible(project, viewer, proposal.subjectId!)
    await bouncer.with(RaidItemPolicy).authorize('update', item, project)
    const given = await request.validateUsing(reviewAssumption)
    const changes = {
      nextReviewOn: given.next_review_on ?? null,
      validationMethod: given.validation_method || null,
    }
    Tenancy.withAssistant()
    await revise(item, changes, given.lock_version)
    await proposal.accept({ raidItemId: item.id }, { isEdited: await isEdited(proposal, changes) })
    session.flash('success', `${item.ref} was saved.`)
    return response.seeOther(await pageOfProposal(proposal))
  }
}

async function revise(item: RaidItem, changes: Partial<RaidItem>, version: number) {
  try {
    await item.revise(changes, version)
  } catch (error) {
    if (!(error instanceof StaleRecord)) throw error
    refuse('next_review_on', `${item.ref} has changed. Check it again.`)
  }
}
