import type { HttpContext } from '@adonisjs/core/http'

const API = '/api/v1'

/** Whether a program asks, who is answered in JSON whatever becomes of the request. */
export function isApi(request: HttpContext['request']) {
  return request.url().startsWith(`${API}/`)
}
