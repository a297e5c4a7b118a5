import type { HttpContext } from '@adonisjs/core/http'

export default class HomeController {
  /** Where each visitor begins. Someone who runs the platform and belongs to no organisation has work only there. */
  show({ person, response }: HttpContext) {
    if (!person) return response.redirect().toPath('/sign-in')
    const isStaff = person.platformRole === 'admin' && person.organisations.length === 0
    return response.redirect().toPath(isStaff ? '/admin' : '/work')
  }
}
