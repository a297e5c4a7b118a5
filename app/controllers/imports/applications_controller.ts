import type { HttpContext } from '@adonisjs/core/http'
import Import from '#models/import'
import ImportMapping from '#models/import_mapping'
import { refuse } from '#models/violation'
import { fitWords } from '#pages/imports/mapping_pages'
import { applyMapping } from '#validators/import_mapping'

export default class ApplicationsController {
  /** Applies a saved mapping to a table of a draft, and says what in either has no counterpart. */
  async store({ params, project, request, response, session }: HttpContext) {
    const draft = await Import.findIn(project, params.id)
    await draft.lockRow()
    const path = `/projects/${project.id}/imports/${draft.id}`
    if (!draft.isDraft) return response.seeOther(path)
    const { mapping: id, table } = await request.validateUsing(applyMapping)
    const mapping = await ImportMapping.findKept(id)
    const found = (await draft.plan()).tables.find((one) => one.id === table)
    if (!found) refuse('mapping', 'This table is no longer in the file')
    const { override, missing, unknown } = mapping.readingFor(found)
    const { tables, ...choices } = draft.choices
    await draft.choose({ ...choices, tables: { ...tables, [table]: override } })
    const told = fitWords(mapping.name, missing, unknown)
    session.flash(missing.length + unknown.length > 0 ? 'warning' : 'success', told)
    return response.seeOther(`${path}/edit`)
  }
}
