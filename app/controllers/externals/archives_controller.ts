import type { HttpContext } from '@adonisjs/core/http'
import ExternalResource from '#models/external_resource'

export default class ArchivesController {
  /** Stops offering the person for new work. */
  async store(ctx: HttpContext) {
    const person = await ExternalResource.findById(ctx.params.id)
    await person.archive()
    return done(ctx, person, `${person.name} was archived and can no longer be given work.`)
  }

  async destroy(ctx: HttpContext) {
    const person = await ExternalResource.findById(ctx.params.id)
    await person.restore()
    return done(ctx, person, `${person.name} can be given work again.`)
  }
}

function done({ response, session }: HttpContext, person: ExternalResource, message: string) {
  session.flash('success', message)
  return response.seeOther(`/externals/${person.id}`)
}
