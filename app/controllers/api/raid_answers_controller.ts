import type { HttpContext } from '@adonisjs/core/http'
import { answerRecord, layOver } from '#controllers/api/answers'
import { answerDependency } from '#controllers/raid/saving'
import RaidItem from '#models/raid_item'
import { tellRaidItem } from '#pages/api/raid'

export default class RaidAnswersController {
  /** The answer of the project in the address to a dependency that it shares with another. */
  async update(ctx: HttpContext) {
    const item = await RaidItem.findInLog(ctx.project, ctx.viewer, ctx.params.id)
    layOver(ctx, {}, item)
    await answerDependency(item, ctx)
    return answerRecord(ctx, await tellRaidItem(item, ctx.viewer), item)
  }
}
