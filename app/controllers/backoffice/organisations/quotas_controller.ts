import type { HttpContext } from '@adonisjs/core/http'
import { officeOrganisation } from '#models/office/organisations'
import { limitOrganisation } from '#models/office/standing'
import { limitOrganisation as limits } from '#validators/back_office'

export default class QuotasController {
  /** Sets how many members, projects and megabytes an organisation may have. */
  async update({ params, request, response, session }: HttpContext) {
    const { id, name } = await officeOrganisation(params.id)
    const input = await request.validateUsing(limits)
    await limitOrganisation(id, {
      maxMembers: input.max_members,
      maxProjects: input.max_projects,
      maxStorageMb: input.max_storage_mb,
    })
    session.flash('success', `The limits of ${name} were changed. We are telling its owners.`)
    return response.seeOther(`/admin/organisations/${id}`)
  }
}
