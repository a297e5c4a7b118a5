import Project from '#models/project'
import { isOver } from '#models/project/states'
import Tenancy from '#tenancy/tenancy'

/** A project by its code; null for none. Only one that is over may be destroyed. */
export async function projectNamed(organisationId: string, code: string) {
  const found = await Tenancy.system(organisationId, () =>
    Project.query().where('code', code).first()
  )
  return found && { id: found.id, code: found.code, isOver: isOver(found.status) }
}
