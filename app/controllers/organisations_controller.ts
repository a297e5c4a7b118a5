import type { HttpContext } from '@adonisjs/core/http'
import { v7 as uuidv7 } from 'uuid'
import { registration } from '#config/registration'
import { chooseOrganisation } from '#identity/organisation_choice'
import { localPath } from '#identity/local_path'
import { onPlatform } from '#identity/platform'
import Organisation from '#models/organisation'
import { refuse } from '#models/violation'
import { nameOrganisation } from '#validators/organisation'
import Tenancy from '#tenancy/tenancy'

export default class OrganisationsController {
  index({ htmx, person, request }: HttpContext) {
    const { organisations } = person!
    const mayFound = registration.isOpen && organisations.length === 0
    return htmx.page('pages/organisations/index', {
      organisations,
      mayFound,
      returnTo: localPath(request.input('return_to'), '/work'),
    })
  }

  /** Founds an organisation for someone who has none, where the platform allows it. */
  async store(ctx: HttpContext) {
    const { person, request, response, session } = ctx
    const { id: userId } = person!
    if (!registration.isOpen) return response.abort('', 403)
    const { name } = await request.validateUsing(nameOrganisation)
    const organisationId = uuidv7()
    const found = async () => {
      await Organisation.takeTurns(userId)
      const isMember = await Organisation.anyOf(userId)
      if (isMember) refuse('name', 'You already belong to an organisation')
      await Organisation.register(name, userId)
    }
    await onPlatform(ctx, () => Tenancy.visit(organisationId, found))
    chooseOrganisation(ctx, organisationId)
    session.flash('success', `${name} is ready. Follow these steps to set it up.`)
    return response.seeOther('/work')
  }
}
