import type { HttpContext } from '@adonisjs/core/http'
import RiskCategory from '#models/risk_category'
import { categoryState } from '#pages/settings/category_page'
import { storeCategory, updateCategory } from '#validators/settings'

const PATH = '/settings/categories'

export default class CategoriesController {
  async index({ htmx, request, viewer }: HttpContext) {
    return htmx.page('pages/settings/categories', await categoryState(viewer, request.qs()))
  }

  async store({ request, response, session }: HttpContext) {
    const { new_name: name } = await request.validateUsing(storeCategory)
    await RiskCategory.add(name)
    session.flash('success', `${name} was added.`)
    return response.seeOther(PATH)
  }

  async update({ params, request, response, session }: HttpContext) {
    const category = await RiskCategory.findForChange(params.id)
    const { name, lock_version: version } = await request.validateUsing(updateCategory)
    await category.rename(name, version)
    session.flash('success', `The category is now called ${name}, on existing risks too.`)
    return response.seeOther(PATH)
  }
}
