import type { HttpContext } from '@adonisjs/core/http'

const API = '/api/v1'

/** Whether a program is asking; it is answered in JSON whatever happens to the request. */
export function isApi(request: HttpContext['request']) {
  return request.url().startsWith(`${API}/`)
}
