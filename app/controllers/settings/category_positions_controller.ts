import type { HttpContext } from '@adonisjs/core/http'
import RiskCategory from '#models/risk_category'
import { moveCategory } from '#validators/settings'

export default class CategoryPositionsController {
  async update({ params, request, response }: HttpContext) {
    const category = await RiskCategory.findForChange(params.id)
    const { direction } = await request.validateUsing(moveCategory)
    await category.move(direction)
    return response.seeOther('/settings/categories')
  }
}
