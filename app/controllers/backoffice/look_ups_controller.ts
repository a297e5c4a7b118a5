import type { HttpContext } from '@adonisjs/core/http'
import { lookUpPeople } from '#models/office/people'
import { FOUND } from '#pages/backoffice/people_page'
import { lookUp } from '#validators/back_office'

export default class LookUpsController {
  /** Looks people up. It is a POST, so that no one's address appears in a URL of ours. */
  async store({ request, response, session }: HttpContext) {
    const { words } = await request.validateUsing(lookUp)
    const { people, more } = await lookUpPeople(words)
    session.flash(FOUND, { ids: people.map(({ id }) => id), more })
    session.flash({ words })
    return response.seeOther('/admin/people')
  }
}
