import type { HttpContext } from '@adonisjs/core/http'
import PortfolioView from '#models/portfolio_view'
import PortfolioViewPolicy from '#policies/portfolio_view_policy'
import { viewFormState, viewListState } from '#pages/portfolio/view_pages'
import { storeView, updateView } from '#validators/portfolio_view'

/** What somebody keeps of the portfolio under a name. */
export default class ViewsController {
  async index({ htmx, viewer }: HttpContext) {
    return htmx.page('pages/portfolio/views', await viewListState(viewer))
  }

  async create({ htmx, request, viewer }: HttpContext) {
    const { query } = request.qs()
    return htmx.page('pages/portfolio/view', await viewFormState(viewer, String(query ?? '')))
  }

  async store({ request, response, session, viewer }: HttpContext) {
    const { is_default: isDefault = false, ...input } = await request.validateUsing(storeView)
    const fields = { ...input, query: input.query ?? '', isDefault }
    const view = await PortfolioView.keep(viewer, fields)
    const shared = view.visibility === 'organisation' ? ' Its address can be shared.' : ''
    session.flash('success', `The view “${view.name}” was saved.${shared}`)
    return response.redirect().status(303).toPath(`/portfolio?view=${view.id}`)
  }

  async edit({ bouncer, htmx, params, viewer }: HttpContext) {
    const view = await PortfolioView.findVisible(viewer, params.id)
    await bouncer.with(PortfolioViewPolicy).authorize('change', view)
    return htmx.page('pages/portfolio/view', await viewFormState(viewer, view.query, view))
  }

  /** Saves the form, or what the grid shows now under the name that stands. */
  async update({ bouncer, params, request, response, session, viewer }: HttpContext) {
    const view = await PortfolioView.findVisible(viewer, params.id)
    await bouncer.with(PortfolioViewPolicy).authorize('change', view)
    const input = await request.validateUsing(updateView)
    const { lock_version: version, is_default: isDefault = false, query, ...fields } = input
    await view.revise(viewer, { ...fields, query: query ?? '', isDefault }, version)
    session.flash('success', `The view “${view.name}” was saved.`)
    return response.redirect().status(303).toPath(`/portfolio?view=${view.id}`)
  }

  async destroy({ bouncer, params, response, session, viewer }: HttpContext) {
    const view = await PortfolioView.findVisible(viewer, params.id)
    await bouncer.with(PortfolioViewPolicy).authorize('change', view)
    await view.delete()
    session.flash('success', `The view “${view.name}” was deleted.`)
    return response.redirect().status(303).toPath('/portfolio/views')
  }
}
