import edge from 'edge.js'
import app from '@adonisjs/core/services/app'
import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'
import ShieldMiddleware from '@adonisjs/shield/shield_middleware'
import shieldConfig from '#config/shield'

/** It keeps nothing of a request, so one serves all; its provider makes one for each and imports Edge anew. */
app.container.singleton(ShieldMiddleware, async () => {
  const encryption = await app.container.make('encryption')
  return new ShieldMiddleware(shieldConfig, encryption.use(), edge)
})

/**
 * Whoever asks does not number the request: its number stands in logs, and for good in the trail, which names nobody
 * there. The framework takes one that is sent for its own.
 */
const createRequest = server.createRequest.bind(server)
server.createRequest = (request, response) => {
  delete request.headers['x-request-id']
  return createRequest(request, response)
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
  // Before all that may fail: an error page has to know which part was asked for.
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
