import type { HttpContext } from '@adonisjs/core/http'
import { toAttributes } from '#controllers/attributes'
import { saveOrCompare } from '#controllers/saving'
import Programme, { type ProgrammeFields } from '#models/programme'
import {
  programmeFields,
  programmeFormState,
  programmeListState,
  programmeState,
} from '#pages/portfolio/programme_pages'
import { lockVersion } from '#validators/lock_version'
import { storeProgramme, updateProgramme } from '#validators/programme'

export default class ProgrammesController {
  async index({ htmx, viewer }: HttpContext) {
    return htmx.page('pages/programmes/index', await programmeListState(viewer))
  }

  async create({ htmx }: HttpContext) {
    return htmx.page('pages/programmes/create', await programmeFormState(null))
  }

  async store({ request, response, session }: HttpContext) {
    const input = await request.validateUsing(storeProgramme)
    const programme = await Programme.begin(toAttributes<ProgrammeFields>(input))
    session.flash('success', `${programme.code} was created. Now add its projects.`)
    return response.seeOther(`/programmes/${programme.id}`)
  }

  async show({ htmx, params, viewer }: HttpContext) {
    const programme = await Programme.findById(params.id)
    return htmx.page('pages/programmes/show', await programmeState(programme, viewer))
  }

  async edit({ htmx, params }: HttpContext) {
    const programme = await Programme.findById(params.id)
    return htmx.page('pages/programmes/edit', await programmeFormState(programme))
  }

  /** Saves an edit; if someone else saved first, shows both versions and keeps what was typed. */
  async update(ctx: HttpContext) {
    const programme = await Programme.findById(ctx.params.id)
    const { lock_version: version, ...input } = await ctx.request.validateUsing(updateProgramme)
    const mine = toAttributes<ProgrammeFields>(input)
    const page = `/programmes/${programme.id}`
    return saveOrCompare(
      ctx,
      {
        label: programme.code,
        type: 'programme',
        fields: programmeFields,
        mine,
        action: page,
        page: `${page}/edit`,
        back: page,
        done: page,
        current: 'portfolio',
        message: `${programme.code} was saved.`,
        crumbs: [{ href: '/programmes', label: 'Programmes' }],
      },
      () => programme.revise(mine, version)
    )
  }

  async destroy({ params, request, response, session }: HttpContext) {
    const programme = await Programme.findById(params.id)
    const { lock_version: version } = await request.validateUsing(lockVersion)
    await programme.end(version)
    session.flash('success', `${programme.code} was deleted.`)
    return response.seeOther('/programmes')
  }
}
