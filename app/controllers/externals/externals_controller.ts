import type { HttpContext } from '@adonisjs/core/http'
import { orCompare } from '#controllers/saving'
import ExternalResource from '#models/external_resource'
import Membership from '#models/membership'
import {
  externalComparison,
  externalFormState,
  externalListState,
  externalState,
} from '#pages/externals/external_pages'
import { storeExternal, updateExternal } from '#validators/external_resource'

export default class ExternalsController {
  async index({ htmx, request }: HttpContext) {
    return htmx.page('pages/externals/index', await externalListState(request.qs()))
  }

  create({ htmx }: HttpContext) {
    return htmx.page('pages/externals/create', { record: {} })
  }

  async store({ request, response, session, viewer }: HttpContext) {
    const { name, email = null } = await request.validateUsing(storeExternal)
    await Membership.takeTurns(viewer)
    const person = await ExternalResource.add({ name, email }, viewer)
    const told = email ? ' We are emailing them what is kept, and why.' : ''
    session.flash('success', `${name} was added.${told}`)
    return response.seeOther(`/externals/${person.id}`)
  }

  async show({ htmx, params, viewer }: HttpContext) {
    const person = await ExternalResource.findById(params.id)
    return htmx.page('pages/externals/show', await externalState(person, viewer))
  }

  async edit({ htmx, params, response }: HttpContext) {
    const person = await ExternalResource.findById(params.id)
    if (person.state === 'joined') {
      return response.seeOther(`/externals/${person.id}`)
    }
    return htmx.page('pages/externals/edit', externalFormState(person))
  }

  /** Saves an edit; if someone else saved first, shows both versions and keeps what was typed. */
  async update(ctx: HttpContext) {
    const { params, request, response, session, viewer } = ctx
    const input = await request.validateUsing(updateExternal)
    const { lock_version: version, name, email = null } = input
    await Membership.takeTurns(viewer)
    const person = await ExternalResource.findById(params.id)
    const page = `/externals/${person.id}`
    const form = person.state === 'joined' ? page : `${page}/edit`
    const compare = (present: ExternalResource) => externalComparison(present, { name, email })
    return orCompare(ctx, { page: form, compare }, async () => {
      await person.revise({ name, email }, version, viewer)
      session.flash('success', `${name} was saved.`)
      return response.seeOther(page)
    })
  }
}
