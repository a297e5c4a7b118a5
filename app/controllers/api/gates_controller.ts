import type { HttpContext } from '@adonisjs/core/http'
import { answerList, answerRecord } from '#controllers/api/answers'
import Gate from '#models/gate'
import { evidence } from '#pages/api/evidence'
import { tellGate as told, gates, readiness } from '#pages/api/gates'

export default class GatesController {
  async index(ctx: HttpContext) {
    return answerList(ctx, await gates(ctx.project))
  }

  async show(ctx: HttpContext) {
    const gate = await Gate.findIn(ctx.project, ctx.params.id)
    return answerRecord(ctx, await told(gate), gate)
  }

  /** What shows that the gate's criteria are met. */
  async evidence(ctx: HttpContext) {
    const gate = await Gate.findIn(ctx.project, ctx.params.id)
    return answerList(ctx, await evidence(ctx.project, gate, ctx.viewer))
  }

  /** Whether a gate can be submitted as things stand; it changes with the record, so it has no tag. */
  async readiness({ params, project, response, viewer }: HttpContext) {
    const gate = await Gate.findIn(project, params.id)
    return response.json(await readiness(project, gate, viewer))
  }
}
