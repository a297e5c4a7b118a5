import type { HttpContext } from '@adonisjs/core/http'
import { officeOrganisation } from '#models/office/organisations'
import { inviteFirstOwner } from '#models/office/standing'
import { refuse } from '#models/violation'
import { inviteFirstOwner as invitation } from '#validators/back_office'

export default class OwnerInvitationsController {
  /** Invites the owner again if no one has joined yet. After that, owners are the organisation's own business. */
  async store({ params, person, request, response, session }: HttpContext) {
    const { id, members, former } = await officeOrganisation(params.id)
    const { owner_email: email } = await request.validateUsing(invitation)
    if (members + former > 0)
      refuse(
        'owner_email',
        'This organisation already has members, who can invite people themselves'
      )
    await inviteFirstOwner(id, email, person!.name)
    session.flash('success', 'The invitation was sent to the owner.')
    return response.seeOther(`/admin/organisations/${id}`)
  }
}
