import type { HttpContext } from '@adonisjs/core/http'
import SavedView from '#models/saved_view'
import type { ViewedList } from '#models/saved_view/lists'
import SavedViewPolicy from '#policies/saved_view_policy'
import { viewFormState, viewListState } from '#pages/saved_views/pages'
import { viewPages } from '#pages/saved_views/lists'
import { storeView, updateView } from '#validators/saved_view'

/** Saved views of a list; each list has its own controller for them. */
export function viewsOf(list: ViewedList) {
  const { path } = viewPages[list]

  return class ViewsController {
    async index({ htmx, viewer }: HttpContext) {
      return htmx.page('pages/saved_views/index', await viewListState(viewer, list))
    }

    async create({ htmx, request, viewer }: HttpContext) {
      const query = String(request.qs().query ?? '')
      return htmx.page('pages/saved_views/edit', await viewFormState(viewer, list, query))
    }

    async store({ request, response, session, viewer }: HttpContext) {
      const { is_default: isDefault = false, ...input } = await request.validateUsing(storeView)
      const fields = { ...input, query: input.query ?? '', isDefault }
      const view = await SavedView.keep(viewer, list, fields)
      const shared = view.visibility === 'organisation' ? ' Its address can be shared.' : ''
      session.flash('success', `The view “${view.name}” was saved.${shared}`)
      return response.seeOther(`${path}?view=${view.id}`)
    }

    async edit({ bouncer, htmx, params, viewer }: HttpContext) {
      const view = await SavedView.findVisible(viewer, list, params.id)
      await bouncer.with(SavedViewPolicy).authorize('change', view)
      const state = await viewFormState(viewer, list, view.query, view)
      return htmx.page('pages/saved_views/edit', state)
    }

    /** Saves the form, or what the list shows now under the existing name. */
    async update({ bouncer, params, request, response, session, viewer }: HttpContext) {
      const view = await SavedView.findVisible(viewer, list, params.id)
      await bouncer.with(SavedViewPolicy).authorize('change', view)
      const input = await request.validateUsing(updateView)
      const { lock_version: version, is_default: isDefault = false, query, ...fields } = input
      const kept = { ...fields, query: query ?? '', isDefault }
      await view.revise(viewer, kept, version)
      session.flash('success', `The view “${view.name}” was saved.`)
      return response.seeOther(`${path}?view=${view.id}`)
    }

    async destroy({ bouncer, params, response, session, viewer }: HttpContext) {
      const view = await SavedView.findVisible(viewer, list, params.id)
      await bouncer.with(SavedViewPolicy).authorize('change', view)
      await view.delete()
      session.flash('success', `The view “${view.name}” was deleted.`)
      return response.seeOther(`${path}/views`)
    }
  }
}
