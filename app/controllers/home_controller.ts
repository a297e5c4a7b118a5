import type { HttpContext } from '@adonisjs/core/http'

export default class HomeController {
  show({ person, response }: HttpContext) {
    return response.redirect().toPath(person ? '/projects' : '/sign-in')
  }
}
