import Project from '#models/project'
import Tenancy from '#tenancy/tenancy'

const OVER = ['closed', 'cancelled']

/** A project by its code; null for none. Only one that is over may be destroyed. */
export async function projectNamed(organisationId: string, code: string) {
  const found = await Tenancy.system(organisationId, () =>
    Project.query().where('code', code).first()
  )
  return found && { id: found.id, code: found.code, isOver: OVER.includes(found.status) }
}
