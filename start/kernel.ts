import edge from 'edge.js'
import app from '@adonisjs/core/services/app'
import BodyParserMiddleware from '@adonisjs/core/bodyparser_middleware'
import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'
import ShieldMiddleware from '@adonisjs/shield/shield_middleware'
import shieldConfig from '#config/shield'
import { installKeptInstances, keepInstance, keptFrom } from '#serving/kept_instances'

/** It keeps nothing of a request, so one serves all; its provider makes one for each and imports Edge anew. */
app.container.singleton(ShieldMiddleware, async () => {
  const encryption = await app.container.make('encryption')
  return new ShieldMiddleware(shieldConfig, encryption.use(), edge)
})

installKeptInstances()
keepInstance(BodyParserMiddleware)

server.errorHandler(() => import('#exceptions/handler'))

server.use([
  keptFrom(() => import('#middleware/api_door_middleware')),
  keptFrom(() => import('#middleware/tracing_middleware')),
  keptFrom(() => import('#middleware/cookie_guard_middleware')),
  keptFrom(() => import('#middleware/protective_headers_middleware')),
  keptFrom(() => import('#middleware/compression_middleware')),
  keptFrom(() => import('#middleware/precompressed_assets_middleware')),
  keptFrom(() => import('#middleware/static_files_middleware')),
  keptFrom(() => import('@adonisjs/vite/vite_middleware')),
])

router.use([
  keptFrom(() => import('#middleware/temporary_uploads_middleware')),
  keptFrom(() => import('#middleware/body_middleware')),
  keptFrom(() => import('#middleware/whole_uploads_middleware')),
  keptFrom(() => import('#middleware/encrypted_session_cookie_middleware')),
  keptFrom(() => import('@adonisjs/session/session_middleware')),
  keptFrom(() => import('#middleware/htmx_middleware')),
  keptFrom(() => import('#middleware/consent_middleware')),
  keptFrom(() => import('#middleware/policy_notice_middleware')),
  keptFrom(() => import('@adonisjs/shield/shield_middleware')),
])
