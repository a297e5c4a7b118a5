import { readdirSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { acceptedEncoding } from '#middleware/compression_middleware'

const ASSETS = '/assets/'
const ENDINGS = { br: '.br', gzip: '.gz' }
/** In order of preference; the build had time to compress well. */
const SHORTEST = ['br', 'gzip'] as const
const TYPES: Record<string, string> = { css: 'text/css', js: 'text/javascript' }

const built = new Set(filesIn(app.publicPath('assets')))

/**
 * Points requests for built assets to their compressed twins from the build, which the static file middleware then
 * serves. Built files never change while a process runs.
 */
export default class PrecompressedAssetsMiddleware {
  handle({ request, response }: HttpContext, next: NextFn) {
    const path = request.url()
    const type = TYPES[path.split('.').at(-1)!]
    if (!path.startsWith(ASSETS) || !type) return next()

    response.vary('Accept-Encoding')
    const encoding = acceptedEncoding(request, SHORTEST)
    if (!encoding || !built.has(path.slice(ASSETS.length) + ENDINGS[encoding])) return next()

    response.header('content-encoding', encoding)
    response.header('content-type', `${type}; charset=utf-8`)
    request.request.url = path + ENDINGS[encoding]
    return next()
  }
}

function filesIn(folder: string) {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
