import type { HttpContext } from '@adonisjs/core/http'
import { endSessionsFor } from '#identity/own_sessions'
import { officePerson } from '#models/office/people'

export default class PersonSessionsController {
  /** Signs a person out everywhere, at once. */
  async destroy({ params, response, session }: HttpContext) {
    const { id, name, sessions } = await officePerson(params.id)
    await endSessionsFor(id, sessions)
    session.flash('success', `${name} is signed out everywhere.`)
    return response.seeOther(`/admin/people/${id}`)
  }
}
