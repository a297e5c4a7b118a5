import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { templates, type TemplateName } from '#mails/templates'

/** The mail template in the address. Throws a 404 for any other. */
export function namedTemplate({ params, request }: HttpContext): TemplateName {
  if (Object.hasOwn(templates, params.name)) return params.name
  throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
}
