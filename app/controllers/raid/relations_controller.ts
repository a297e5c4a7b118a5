import type { HttpContext } from '@adonisjs/core/http'
import { validate as isUuid } from 'uuid'
import Programme from '#models/programme'
import { relationsAcross, relationsOf } from '#models/raid/relations'
import { relationsMap } from '#pages/raid/relations_map'

export default class RelationsController {
  /** The dependencies between the projects that the viewer may see, or those of a programme. */
  async index({ htmx, request, viewer }: HttpContext) {
    const { programme } = request.qs()
    const programmeId = isUuid(programme) ? String(programme) : null
    const programmes = await Programme.inOrder()
    return htmx.page('pages/relations/portfolio', {
      map: relationsMap(await relationsAcross(viewer, programmeId)),
      programmeId,
      programmes: programmes.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` })),
    })
  }

  /** How the entries of a project relate to each other and to other projects. */
  async show({ htmx, project, viewer }: HttpContext) {
    const map = relationsMap(await relationsOf(project, viewer))
    return htmx.page('pages/relations/project', { map })
  }
}
