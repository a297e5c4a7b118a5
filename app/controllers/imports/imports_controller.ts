import type { HttpContext } from '@adonisjs/core/http'
import { uploaded } from '#controllers/uploads'
import { ImportError, LIMITS } from '#imports/index'
import Import from '#models/import'
import { choicesFrom } from '#models/import/choices'
import { refuse } from '#models/violation'
import { draftState } from '#pages/imports/draft_page'
import { importListState } from '#pages/imports/list_page'
import { importProgressState } from '#pages/imports/progress_page'
import { importResultState } from '#pages/imports/result_page'

export default class ImportsController {
  async index({ htmx, project, request }: HttpContext) {
    return htmx.page('pages/imports/index', await importListState(project, request.qs()))
  }

  async create({ htmx }: HttpContext) {
    return htmx.page('pages/imports/create')
  }

  async store({ project, request, response }: HttpContext) {
    const { name, bytes } = await uploaded(request, {
      most: LIMITS.inputBytes,
      tooLarge: new ImportError('too_large').message,
    })
    const draft = await Import.upload(project, name, bytes).catch(refuseFile)
    return response.seeOther(`/projects/${project.id}/imports/${draft.id}/edit`)
  }

  /** The outcome. While a worker is importing, the page reloads itself, even without JavaScript. */
  async show({ htmx, params, project, response, viewer }: HttpContext) {
    const found = await Import.findIn(project, params.id)
    const path = `/projects/${project.id}/imports/${found.id}`
    if (found.isUnderWay) {
      return htmx.page('pages/imports/progress', await importProgressState(found))
    }
    if (htmx.isPartial) return htmx.leaveTo(found.isDraft ? `${path}/edit` : path)
    if (found.isDraft) return response.seeOther(`${path}/edit`)
    return htmx.page('pages/imports/show', await importResultState(project, found, viewer))
  }

  async edit({ htmx, params, project, request, response, viewer }: HttpContext) {
    const draft = await Import.findIn(project, params.id)
    const path = `/projects/${project.id}/imports/${draft.id}`
    if (!draft.isDraft) return response.seeOther(path)
    const { all, page } = request.qs()
    const shown = { viewer, all: all === '1', page: Number.parseInt(page, 10) || 1 }
    return htmx.page('pages/imports/edit', await draftState(project, draft, shown))
  }

  /** Reads the file again with other choices. */
  async update({ params, project, request, response }: HttpContext) {
    const draft = await Import.findIn(project, params.id)
    await draft.lockRow()
    const path = `/projects/${project.id}/imports/${draft.id}`
    if (!draft.isDraft) return response.seeOther(path)
    await draft.choose(choicesFrom(request.body(), await draft.plan(), draft.choices))
    return response.seeOther(`${path}/edit`)
  }

  async destroy({ params, project, response, session }: HttpContext) {
    const draft = await Import.findIn(project, params.id)
    await draft.lockRow()
    const path = `/projects/${project.id}/imports`
    if (!draft.isDraft) return response.seeOther(`${path}/${draft.id}`)
    await draft.discard()
    session.flash('success', `${draft.fileName} was discarded. Nothing was imported.`)
    return response.seeOther(path)
  }
}

/** Shows the importer's refusal beside the file field; any other error is passed on. */
function refuseFile(problem: unknown): never {
  if (!(problem instanceof ImportError)) throw problem
  refuse('file', problem.message)
}
