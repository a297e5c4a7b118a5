import type { HttpContext } from '@adonisjs/core/http'
import { answerCreated, answerList, answerRecord, layOver } from '#controllers/api/answers'
import { answer, authoriseAnswer, escalate } from '#controllers/raid/escalating'
import RaidEscalation from '#models/raid_escalation'
import RaidItem from '#models/raid_item'
import { tellEscalation } from '#pages/api/escalations'
import RaidItemPolicy from '#policies/raid_item_policy'

export default class EscalationsController {
  /** The escalations of an entry, newest first: only the first can still be open. */
  async index(ctx: HttpContext) {
    const all = await RaidEscalation.of(await itemOf(ctx))
    return answerList(ctx, { data: all.map(tellEscalation), next_cursor: null })
  }

  async show(ctx: HttpContext) {
    const escalation = await RaidEscalation.findOf(await itemOf(ctx), ctx.params.escalation_id)
    return answerRecord(ctx, tellEscalation(escalation), escalation)
  }

  /** Asks a level above the project for something; the version is the entry's. */
  async store(ctx: HttpContext) {
    const item = await itemOf(ctx)
    await ctx.bouncer.with(RaidItemPolicy).authorize('update', item, ctx.project)
    layOver(ctx, {}, item)
    const escalation = await escalate(item, ctx)
    const path = `${ctx.request.url()}/${escalation.id}`
    return answerCreated(ctx, path, tellEscalation(escalation), escalation)
  }

  /** The level accepts the entry, or returns it. */
  async update(ctx: HttpContext) {
    const item = await itemOf(ctx)
    const escalation = await RaidEscalation.findLive(item, ctx.params.escalation_id)
    await authoriseAnswer(escalation, ctx)
    layOver(ctx, {}, escalation)
    await answer(escalation, item, ctx)
    return answerRecord(ctx, tellEscalation(escalation), escalation)
  }
}

function itemOf({ params, project, viewer }: HttpContext) {
  return RaidItem.findVisible(project, viewer, params.id)
}
