import type { HttpContext } from '@adonisjs/core/http'
import Import from '#models/import'
import ImportMapping from '#models/import_mapping'
import { refuse } from '#models/violation'
import { mappingFormState, mappingListState } from '#pages/imports/mapping_pages'
import ImportMappingPolicy from '#policies/import_mapping_policy'
import { keepMapping, renameMapping } from '#validators/import_mapping'

/** Saved ways to read files, shared by everyone in the organisation who imports. */
export default class MappingsController {
  async index({ htmx, viewer }: HttpContext) {
    return htmx.page('pages/import_mappings/index', await mappingListState(viewer))
  }

  /** The name under which to save how one of a draft's tables is read. */
  async create({ htmx, params, project, request, response }: HttpContext) {
    const draft = await Import.findIn(project, params.id)
    const path = `/projects/${project.id}/imports/${draft.id}`
    if (!draft.isDraft) return response.seeOther(path)
    const plan = await draft.plan()
    const { table } = request.qs()
    const found = plan.tables.find(({ id }) => id === table) ?? plan.tables[0]
    if (!found) return response.seeOther(`${path}/edit`)
    return htmx.page('pages/import_mappings/create', mappingFormState(draft, found))
  }

  async store({ params, project, request, response, session, viewer }: HttpContext) {
    const draft = await Import.findIn(project, params.id)
    const { name, table } = await request.validateUsing(keepMapping)
    const path = `/projects/${project.id}/imports/${draft.id}`
    if (!draft.isDraft) return response.seeOther(path)
    const found = (await draft.plan()).tables.find(({ id }) => id === table)
    if (!found) refuse('name', 'This table is no longer in the file')
    await ImportMapping.keep(viewer, found, name)
    session.flash(
      'success',
      `The mapping “${name}” was saved. You can use it for files with these headings.`
    )
    return response.seeOther(`${path}/edit`)
  }

  async edit({ bouncer, htmx, params }: HttpContext) {
    const mapping = await ImportMapping.findKept(params.id)
    await bouncer.with(ImportMappingPolicy).authorize('change', mapping)
    return htmx.page('pages/import_mappings/edit', { mapping })
  }

  async update({ bouncer, params, project, request, response, session }: HttpContext) {
    const mapping = await ImportMapping.findKept(params.id)
    await bouncer.with(ImportMappingPolicy).authorize('change', mapping)
    const { name, lock_version: version } = await request.validateUsing(renameMapping)
    await mapping.rename(name, version)
    session.flash('success', `The mapping was renamed to “${mapping.name}”.`)
    return response.seeOther(`/projects/${project.id}/import-mappings`)
  }

  async destroy({ bouncer, params, project, response, session }: HttpContext) {
    const mapping = await ImportMapping.findKept(params.id)
    await bouncer.with(ImportMappingPolicy).authorize('change', mapping)
    await mapping.delete()
    session.flash('success', `The mapping “${mapping.name}” was deleted.`)
    return response.seeOther(`/projects/${project.id}/import-mappings`)
  }
}
