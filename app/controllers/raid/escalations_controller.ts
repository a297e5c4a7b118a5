import type { HttpContext } from '@adonisjs/core/http'
import {
  answer,
  authoriseAnswer,
  escalate,
  ownEscalation,
  takeBack,
} from '#controllers/raid/escalating'
import { escalationLevels } from '#models/raid/enumerations'
import { readEscalationFilters } from '#models/raid/escalation_filters'
import RaidEscalation from '#models/raid_escalation'
import RaidItem from '#models/raid_item'
import { escalationListState } from '#pages/raid/escalation_list_page'
import RaidItemPolicy from '#policies/raid_item_policy'

export default class EscalationsController {
  /** What the projects that the viewer may see have escalated to their programmes and the organisation. */
  async index({ htmx, request, viewer }: HttpContext) {
    const list = await escalationListState(viewer, readEscalationFilters(request.qs()))
    return htmx.page('pages/escalations/index', { list })
  }

  async store(ctx: HttpContext) {
    const { bouncer, params, project, viewer } = ctx
    const item = await RaidItem.findVisible(project, viewer, params.id)
    await bouncer.with(RaidItemPolicy).authorize('update', item, project)
    const { level } = await escalate(item, ctx)
    return backTo(ctx, item, `was escalated to the ${escalationLevels[level].toLowerCase()}`)
  }

  async update(ctx: HttpContext) {
    const { params, project, viewer } = ctx
    const item = await RaidItem.findVisible(project, viewer, params.id)
    const escalation = await RaidEscalation.findLive(item, params.escalation_id)
    await authoriseAnswer(escalation, ctx)
    const isTakenOn = (await answer(escalation, item, ctx)) === 'accepted'
    return backTo(ctx, item, isTakenOn ? 'was taken on' : 'was returned to the project')
  }

  async destroy(ctx: HttpContext) {
    const { item, escalation } = await ownEscalation(ctx)
    await takeBack(escalation, item, ctx)
    return backTo(ctx, item, 'is no longer escalated')
  }
}

function backTo({ response, session }: HttpContext, item: RaidItem, became: string) {
  session.flash('success', `${item.ref} ${became}.`)
  return response.seeOther(`/projects/${item.projectId}/raid/${item.id}`)
}
