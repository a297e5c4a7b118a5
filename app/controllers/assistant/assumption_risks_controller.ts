import type { HttpContext } from '@adonisjs/core/http'
import AiProposal from '#models/ai_proposal'
import RaidItem from '#models/raid_item'
import RaidLink from '#models/raid_link'
import RaidReader from '#models/raid_reader'
import { pageOfProposal } from '#pages/assistant/kinds'
import Tenancy from '#tenancy/tenancy'
import { riskFromAssumption } from '#validators/assistant'

export default class AssumptionRisksController {
  /**
   * Raises the risk that follows from an assumption, as the person left it in the form, and links the two. Anyone who
   * sees one may see the other. Whether the assumption is false stays for people to decide.
   */
  async store({ params, project, request, response, session, viewer }: HttpContext) {
    const proposal = await AiProposal.findOpen(project, viewer, 'assumption', params.id)
    const assumption = await RaidItem.findVisible(project, viewer, proposal.subjectId!)
    const given = await request.validateUsing(riskFromAssumption)
    Tenancy.withAssistant()
    const { sensitivity } = assumption
    const readers = await RaidReader.of(assumption)
    const risk = await RaidItem.raise(project, { ...given, type: 'risk', sensitivity }, readers)
    await RaidLink.join(assumption, risk, 'invalidated_by')
    const isEdited = given.title !== proposal.content!.risk
    await proposal.accept({ raidItemId: risk.id }, { isEdited })
    session.flash('success', `${risk.ref} was added and linked to ${assumption.ref}.`)
    return response.seeOther(await pageOfProposal(proposal))
  }
}
