import type { HttpContext } from '@adonisjs/core/http'
import { answerList, answerRecord } from '#controllers/api/answers'
import GateCondition from '#models/gate_condition'
import { tellCondition as told, conditions } from '#pages/api/gates'

export default class ConditionsController {
  async index(ctx: HttpContext) {
    return answerList(ctx, await conditions(ctx.project))
  }

  async show(ctx: HttpContext) {
    const condition = await GateCondition.findIn(ctx.project, ctx.params.id)
    return answerRecord(ctx, told(condition), condition)
  }
}
