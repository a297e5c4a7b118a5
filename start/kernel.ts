import edge from 'edge.js'
import type { HttpRequest } from '@adonisjs/core/http'
import app from '@adonisjs/core/services/app'
import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'
import ShieldMiddleware from '@adonisjs/shield/shield_middleware'
import shieldConfig from '#config/shield'

/** It keeps nothing of a request, so one serves all; its provider would create one for each and import Edge again. */
app.container.singleton(ShieldMiddleware, async () => {
  const encryption = await app.container.make('encryption')
  return new ShieldMiddleware(shieldConfig, encryption.use(), edge)
})

/**
 * Clients do not set a request's id: it is kept in logs and, permanently, in the trail, which must identify no one. The
 * framework would accept one that is sent.
 */
const createRequest = server.createRequest.bind(server)
server.createRequest = (request, response) => {
  delete request.headers['x-request-id']
  const made = createRequest(request, response)
  const method = methodOf(made)
  made.method = () => method
  return made
}

const SPOOFED = ['PUT', 'PATCH', 'DELETE']

/**
 * What the request line says, or the address of a POST in its place: `?_method=PUT`. The framework would ask the body
 * too, once it is read, so that a forged form could call itself a GET and pass the guard against forgery.
 */
function methodOf(request: HttpRequest): string {
  const { _method: wanted } = request.qs()
  const isSpoofed = request.intended() === 'POST' && SPOOFED.includes(wanted)
  return isSpoofed ? wanted : request.intended()
}

server.errorHandler(() => import('#exceptions/handler'))

server.use([
  () => import('#middleware/api_door_middleware'),
  () => import('#middleware/tracing_middleware'),
  () => import('#middleware/cookie_guard_middleware'),
  () => import('#middleware/protective_headers_middleware'),
  () => import('#middleware/compression_middleware'),
  () => import('#middleware/precompressed_assets_middleware'),
  () => import('#middleware/static_files_middleware'),
  () => import('@adonisjs/vite/vite_middleware'),
])

router.use([
  // Before everything that may fail: an error page has to know which part was asked for.
  () => import('#middleware/htmx_middleware'),
  () => import('#middleware/temporary_uploads_middleware'),
  () => import('#middleware/body_middleware'),
  () => import('#middleware/whole_uploads_middleware'),
  () => import('#middleware/encrypted_session_cookie_middleware'),
  () => import('@adonisjs/session/session_middleware'),
  () => import('#middleware/consent_middleware'),
  () => import('#middleware/policy_notice_middleware'),
  () => import('@adonisjs/shield/shield_middleware'),
])
