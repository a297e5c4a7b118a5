import type { HttpContext } from '@adonisjs/core/http'
import {
  answerCreated,
  answerList,
  answerRecord,
  layOver,
  refuseStatus,
} from '#controllers/api/answers'
import { refuseUnknownFields } from '#controllers/api/body'
import { queryOf } from '#controllers/api/query'
import { raise, save } from '#controllers/raid/saving'
import { types, type RaidType } from '#models/raid/enumerations'
import RaidItem from '#models/raid_item'
import { refuse } from '#models/violation'
import { tellRaidItem, raidItems, writableRaidItem } from '#pages/api/raid'
import { withoutConcealed } from '#pages/api/raid_sides'
import RaidItemPolicy from '#policies/raid_item_policy'

export default class RaidItemsController {
  /** Entries of one type, of the project in the address or of every one that the viewer may see. */
  async index(ctx: HttpContext) {
    return answerList(ctx, await raidItems(ctx.viewer, queryOf(ctx), ctx.project ?? null))
  }

  async store(ctx: HttpContext) {
    refuseUnknownFields(ctx)
    const item = await raise(ctx, typeIn(ctx))
    const path = `/api/v1/projects/${ctx.project.id}/raid/${item.id}`
    return answerCreated(ctx, path, await tellRaidItem(item, ctx.viewer), item)
  }

  async show(ctx: HttpContext) {
    const item = await RaidItem.findInLog(ctx.project, ctx.viewer, ctx.params.id)
    return answerRecord(ctx, await tellRaidItem(item, ctx.viewer), item)
  }

  async update(ctx: HttpContext) {
    const { bouncer, params, project, viewer } = ctx
    const item = await RaidItem.findVisible(project, viewer, params.id)
    await bouncer.with(RaidItemPolicy).authorize('update', item, project)
    refuseStatus(ctx, item)
    ctx.request.updateBody(await withoutConcealed(ctx.request.body(), item, viewer))
    layOver(ctx, writableRaidItem(item), item)
    await save(item, ctx)
    return answerRecord(ctx, await tellRaidItem(item, ctx.viewer), item)
  }
}

function typeIn({ request }: HttpContext): RaidType {
  const type = String(request.input('type'))
  if (!Object.hasOwn(types, type)) refuse('type', `Say which: ${Object.keys(types).join(', ')}`)
  return type as RaidType
}
