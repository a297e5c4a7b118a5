import type { HttpContext } from '@adonisjs/core/http'
import { itemInput, refuse, refuseViolations } from '#controllers/raid/input'
import { types, type RaidType } from '#models/raid/enumerations'
import { readFilters } from '#models/raid/list_filters'
import { firstStatuses } from '#models/raid/transitions'
import RaidItem from '#models/raid_item'
import RaidReader from '#models/raid_reader'
import { StaleRecord } from '#models/stale_record'
import { conflictState } from '#pages/conflict_page'
import { raidFormState } from '#pages/raid_form_page'
import { raidItemState } from '#pages/raid_item_page'
import { raidListState } from '#pages/raid_list_page'
import RaidItemPolicy from '#policies/raid_item_policy'
import { lockVersion } from '#validators/raid_item'

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
    const record = { type, raisedOn: new Date().toISOString().slice(0, 10) }
    const state = await raidFormState(viewer, project, record)
    return htmx.page('pages/raid_items/create', { ...state, type })
  }

  async store({ project, request, response, session }: HttpContext) {
    const type = typeOf(request)
    const { attributes, readerIds } = await itemInput(request, type)
    refuseStatus(type, attributes.status)
    const draft = new RaidItem().merge({ ...attributes, type } as any)
    await refuseViolations(draft, readerIds)
    const item = await RaidItem.raise(project, { ...attributes, type })
    await RaidReader.replace(item, readerIds)
    session.flash('success', `${item.ref} was added.`)
    return response.redirect().status(303).toPath(`/projects/${project.id}/raid/${item.id}`)
  }

  async show({ htmx, params, project, viewer }: HttpContext) {
    const item = await RaidItem.findVisible(project, viewer, params.id)
    return htmx.page('pages/raid_items/show', await raidItemState(viewer, project, item))
  }

  async edit({ bouncer, htmx, params, project, viewer }: HttpContext) {
    const item = await RaidItem.findVisible(project, viewer, params.id)
    await bouncer.with(RaidItemPolicy).authorize('update', item, project)
    return htmx.page('pages/raid_items/edit', await raidFormState(viewer, project, item))
  }

  /** Saves an edit; where someone else saved first, shows both versions and keeps what was typed. */
  async update({
    bouncer,
    htmx,
    params,
    project,
    request,
    response,
    session,
    viewer,
  }: HttpContext) {
    const item = await RaidItem.findVisible(project, viewer, params.id)
    await bouncer.with(RaidItemPolicy).authorize('update', item, project)
    const { attributes, readerIds } = await itemInput(request, item.type)
    const { lock_version: version } = await request.validateUsing(lockVersion)
    const { status, ...changes } = attributes
    try {
      await item.lockRow(version)
    } catch (error) {
      if (!(error instanceof StaleRecord)) throw error
      const state = await conflictState(error.present as RaidItem, changes, request.input('base'))
      response.status(409)
      return htmx.page('pages/raid_items/conflict', state)
    }
    item.merge(changes as any)
    item.forgetStaleAcceptance()
    await refuseViolations(item, readerIds)
    await item.saveRevision()
    await RaidReader.replace(item, readerIds)
    session.flash('success', `${item.ref} was saved.`)
    return response.redirect().status(303).toPath(`/projects/${project.id}/raid/${item.id}`)
  }
}

function typeOf(request: HttpContext['request']): RaidType {
  const type = request.input('type')
  return type in types ? type : 'risk'
}

function refuseStatus(type: RaidType, status: string | undefined) {
  if (!status || firstStatuses(type).includes(status)) return
  refuse([{ field: 'status', message: `Begin as ${firstStatuses(type).join(' or ')}` }])
}
