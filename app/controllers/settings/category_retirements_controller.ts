import type { HttpContext } from '@adonisjs/core/http'
import RiskCategory from '#models/risk_category'

const PATH = '/settings/categories'

export default class CategoryRetirementsController {
  async store({ params, response, session }: HttpContext) {
    const category = await RiskCategory.findForChange(params.id)
    await category.retire()
    session.flash('success', `${category.name} was retired. Risks that have it keep it.`)
    return response.seeOther(PATH)
  }

  async destroy({ params, response, session }: HttpContext) {
    const category = await RiskCategory.findForChange(params.id)
    await category.reinstate()
    session.flash('success', `${category.name} is on offer again.`)
    return response.seeOther(PATH)
  }
}
