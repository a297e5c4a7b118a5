import type { HttpContext } from '@adonisjs/core/http'
import { searchState } from '#pages/search_page'

export default class SearchesController {
  /** Everything the viewer may see that contains or resembles the words. */
  async show({ request, htmx, viewer }: HttpContext) {
    return htmx.page('pages/search/show', await searchState(viewer, request.qs()))
  }
}
