import type { HttpContext } from '@adonisjs/core/http'
import ExternalResource, { type ExternalDetails } from '#models/external_resource'
import Membership from '#models/membership'
import { StaleRecord } from '#models/stale_record'
import {
  externalConflictState,
  externalFormState,
  externalListState,
  externalState,
} from '#pages/external_pages'
import Tenancy from '#tenancy/tenancy'
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
    const told = email ? ' A mail tells them what is kept, and why.' : ''
    session.flash('success', `${name} was added.${told}`)
    return response.redirect().status(303).toPath(`/externals/${person.id}`)
  }

  async show({ htmx, params, viewer }: HttpContext) {
    const person = await ExternalResource.findById(params.id)
    return htmx.page('pages/externals/show', await externalState(person, viewer))
  }

  async edit({ htmx, params, response }: HttpContext) {
    const person = await ExternalResource.findById(params.id)
    if (person.state === 'joined') {
      return response.redirect().status(303).toPath(`/externals/${person.id}`)
    }
    return htmx.page('pages/externals/edit', externalFormState(person))
  }

  /** Saves an edit; where someone else saved first, shows both versions and keeps what was typed. */
  async update(ctx: HttpContext) {
    const { params, request, response, session, viewer } = ctx
    const input = await request.validateUsing(updateExternal)
    const { lock_version: version, name, email = null } = input
    await Membership.takeTurns(viewer)
    const person = await ExternalResource.findById(params.id)
    const page = `/externals/${person.id}`
    try {
      await person.revise({ name, email }, version, viewer)
    } catch (error: any) {
      if (error instanceof StaleRecord) return conflict(error, { name, email }, ctx)
      if (error.code !== 'E_VALIDATION_ERROR') throw error
      Tenancy.fail(error)
      // The page of two versions has no address of its own to go back to.
      session.flashValidationErrors(error)
      const form = person.state === 'joined' ? page : `${page}/edit`
      return response.redirect().status(303).toPath(form)
    }
    session.flash('success', `${name} was saved.`)
    return response.redirect().status(303).toPath(page)
  }
}

async function conflict({ present }: StaleRecord, mine: ExternalDetails, ctx: HttpContext) {
  const { htmx, request, response, viewer } = ctx
  const person = present as ExternalResource
  const state = await externalConflictState(person, mine, request.input('base'), viewer)
  response.status(409)
  htmx.answerWhole()
  return htmx.page('pages/externals/conflict', state)
}
