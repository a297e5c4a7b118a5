import type { HttpContext } from '@adonisjs/core/http'
import { added } from '#controllers/adding'
import { itemInput } from '#controllers/raid/input'
import { raise, save } from '#controllers/raid/saving'
import { orCompare } from '#controllers/saving'
import { today } from '#models/days'
import { types, type RaidType } from '#models/raid/enumerations'
import { readFilters } from '#models/raid/list_filters'
import RaidItem from '#models/raid_item'
import { raidComparison } from '#pages/raid/comparison'
import { raidFormState } from '#pages/raid/form_page'
import { raidItemState } from '#pages/raid/item_page'
import { raidListState } from '#pages/raid/list_page'
import { sharedDependencyState } from '#pages/raid/shared_dependency_page'
import RaidItemPolicy from '#policies/raid_item_policy'

export default class RaidItemsController {
  async index({ htmx, project, request, viewer }: HttpContext) {
    const list = await raidListState(viewer, readFilters(request.qs()), project)
    const can = {
      raise: viewer.can('raid.raise', project),
      import: viewer.can('raid.import', project),
    }
    return htmx.page('pages/raid_items/index', { list, can })
  }

  async create({ htmx, project, request, viewer }: HttpContext) {
    const type = typeOf(request)
    const record = { type, raisedOn: today() }
    const state = await raidFormState(viewer, project, record)
    return htmx.page('pages/raid_items/create', { ...state, type })
  }

  async store(ctx: HttpContext) {
    const type = typeOf(ctx.request)
    const { id, ref, title } = await raise(ctx, type)
    const list = `/projects/${ctx.project.id}/raid`
    const form = `${list}/create?type=${type}`
    return added(ctx, { id, ref, title, list, form })
  }

  async show({ htmx, params, project, request, viewer }: HttpContext) {
    const item = await RaidItem.findInLog(project, viewer, params.id)
    if (item.side === 'counterpart') {
      const state = await sharedDependencyState(viewer, project, item)
      return htmx.page('pages/raid_items/shared', state)
    }
    const allComments = request.qs().comments === 'all'
    const state = await raidItemState(viewer, project, item, { allComments })
    return htmx.page('pages/raid_items/show', state)
  }

  async edit({ bouncer, htmx, params, project, viewer }: HttpContext) {
    const item = await RaidItem.findVisible(project, viewer, params.id)
    await bouncer.with(RaidItemPolicy).authorize('update', item, project)
    return htmx.page('pages/raid_items/edit', await raidFormState(viewer, project, item))
  }

  /** Saves an edit; if someone else saved first, shows both versions and keeps what was typed. */
  async update(ctx: HttpContext) {
    const { bouncer, params, project, response, session, viewer } = ctx
    const item = await RaidItem.findVisible(project, viewer, params.id)
    await bouncer.with(RaidItemPolicy).authorize('update', item, project)
    const page = `/projects/${project.id}/raid/${item.id}`
    // The person who was first may also have restricted it to people who do not include the viewer.
    const compare = async ({ id }: RaidItem) => {
      const present = await RaidItem.findVisible(project, viewer, id)
      return raidComparison(present, await mineIn(ctx, present))
    }
    return orCompare(ctx, { page: `${page}/edit`, compare }, async () => {
      await save(item, ctx)
      session.flash('success', `${item.ref} was saved.`)
      return response.seeOther(page)
    })
  }
}

/** The fields of the form. The status is changed separately. */
async function mineIn({ request }: HttpContext, { type }: RaidItem) {
  const { attributes, readerIds } = await itemInput(request, type)
  const { status, ...mine } = attributes
  return { ...mine, readerIds }
}

function typeOf(request: HttpContext['request']): RaidType {
  const type = String(request.input('type'))
  return Object.hasOwn(types, type) ? (type as RaidType) : 'risk'
}
