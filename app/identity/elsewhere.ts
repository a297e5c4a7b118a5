import { validate as isUuid } from 'uuid'
import type { HttpContext } from '@adonisjs/core/http'
import { Viewer } from '#identity/viewer'
import Project from '#models/project'
import Tenancy from '#tenancy/tenancy'

/**
 * The one of the viewer's other organisations that has the project in this address, visible to them, so that a 404 can
 * offer the switch. Null for strangers: their 404 reveals nothing.
 */
export async function otherOrganisationHolding({ viewer, params }: HttpContext) {
  const projectId = params?.project_id
  if (!viewer || !isUuid(projectId)) return null
  for (const organisation of viewer.organisations) {
    if (organisation.id === viewer.organisation.id) continue
    if (await holds(organisation.id, viewer.userId, projectId)) return organisation
  }
  return null
}

function holds(organisationId: string, userId: string, projectId: string) {
  return Tenancy.peek({ organisationId, userId, requestId: null }, async (entry) => {
    if (!entry) return false
    const project = await Project.visibleTo(new Viewer(entry)).where('id', projectId).first()
    return project !== null
  })
}
