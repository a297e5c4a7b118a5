import type { HttpContext } from '@adonisjs/core/http'
import { violationsOf } from '#monitoring/policy_violation'

export default class PolicyReportsController {
  /** Logs what a browser refused to load or run, without the address of the page. */
  store({ request, response, logger }: HttpContext) {
    for (const violation of violationsOf(request.body())) {
      logger.warn({ violation }, 'a browser refused what the content security policy forbids')
    }
    return response.status(204).send('')
  }
}
