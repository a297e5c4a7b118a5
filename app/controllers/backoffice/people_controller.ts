import type { HttpContext } from '@adonisjs/core/http'
import { isFresh } from '#identity/fresh_session'
import { peopleAmong, viewPerson } from '#models/office/people'
import { FOUND, lookUpState, personState } from '#pages/backoffice/people_page'
import { DANGEROUS_MINUTES } from '#registries/back_office'

export default class PeopleController {
  /** Where people are looked up, with the results of the last look-up. */
  async index({ htmx, session }: HttpContext) {
    const found = session.flashMessages.get(FOUND)
    const people = found ? await peopleAmong(found.ids) : []
    return htmx.page('pages/backoffice/people/index', lookUpState(people, found))
  }

  /** One account, without anything it has written. */
  async show(ctx: HttpContext) {
    const state = await personState(await viewPerson(ctx.params.id))
    const fresh = isFresh(ctx, DANGEROUS_MINUTES)
    return ctx.htmx.page('pages/backoffice/people/show', { ...state, isFresh: fresh })
  }
}
