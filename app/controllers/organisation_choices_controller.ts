import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { chooseOrganisation } from '#identity/organisation_choice'
import { localPath } from '#identity/local_path'

export default class OrganisationChoicesController {
  /** Switches to one of the person's organisations; another's does not exist for them. */
  update(ctx: HttpContext) {
    const { person, request, response } = ctx
    const wanted = request.input('organisation')
    if (!person!.organisations.some(({ id }) => id === wanted)) {
      throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    }
    chooseOrganisation(ctx, wanted)
    return response.seeOther(localPath(request.input('return_to'), '/work'))
  }
}
