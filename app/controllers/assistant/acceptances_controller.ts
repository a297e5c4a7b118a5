import type { HttpContext } from '@adonisjs/core/http'
import { itemInput, refuseViolations } from '#controllers/raid/input'
import AiProposal from '#models/ai_proposal'
import RaidItem from '#models/raid_item'
import { isEdited } from '#pages/assistant/proposals'
import Tenancy from '#tenancy/tenancy'

export default class AcceptancesController {
  /** Adds the proposal to the log as the person left it in the form: an entry like any other of theirs. */
  async store(ctx: HttpContext) {
    const { params, project, request, response, session, viewer } = ctx
    const proposal = await AiProposal.findOpen(project, viewer, 'entry', params.id)
    const type = proposal.type!
    const { attributes, readerIds } = await itemInput(request, type)
    const given = { ...attributes, status: undefined }
    await refuseViolations(new RaidItem().merge({ ...given, type }), ctx, readerIds)
    Tenancy.withAssistant()
    const item = await RaidItem.raise(project, { ...given, type }, readerIds)
    await proposal.accept({ raidItemId: item.id }, { isEdited: await isEdited(proposal, given) })
    session.flash('success', `${item.ref} was added.`)
    session.flash('made', {
      href: `/projects/${project.id}/raid/${item.id}`,
      label: `Open ${item.ref}`,
    })
    return response.seeOther(`/projects/${project.id}/assistant/notes`)
  }
}
