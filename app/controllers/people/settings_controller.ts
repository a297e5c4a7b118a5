import type { HttpContext } from '@adonisjs/core/http'
import Organisation from '#models/organisation'
import { nameOrganisation } from '#validators/membership'

export default class SettingsController {
  edit({ htmx }: HttpContext) {
    return htmx.page('pages/settings/edit')
  }

  async update({ request, response, session }: HttpContext) {
    const { name } = await request.validateUsing(nameOrganisation)
    const organisation = await Organisation.current()
    await organisation.rename(name)
    session.flash('success', 'The settings were saved.')
    return response.redirect().status(303).toPath('/settings')
  }
}
