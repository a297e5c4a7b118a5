import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { keepReply, takeKey, type Reply } from '#models/api_token/replies'
import { Problem } from '#registries/problems'

const KEY = /^[\x21-\x7e]{1,200}$/

/**
 * Performs a POST with an `Idempotency-Key` once: a repeat gets the first answer. A refused request left nothing
 * behind, not even its key, and may be corrected and sent again.
 */
export async function once(ctx: HttpContext, next: NextFn) {
  const key = ctx.request.header('idempotency-key')
  if (ctx.request.method() !== 'POST' || key === undefined) return next()
  if (!KEY.test(key)) throw new Problem('bad_request', 'An Idempotency-Key has 1 to 200 characters')
  const known = await takeKey({ key, request: contentOf(ctx) })
  if (known === 'mismatch') throw new Problem('key_reused')
  if (known) return repeat(ctx, known)
  await next()
  if (ctx.response.getStatus() < 300) await keepReply(key, replyOf(ctx))
}

function contentOf({ request }: HttpContext) {
  return `${request.method()} ${request.url()}\n${JSON.stringify(request.body())}`
}

function replyOf({ response }: HttpContext): Reply {
  const header = (name: string) => (response.getHeader(name) as string | undefined) ?? null
  const [body] = response.content ?? []
  return { status: response.getStatus(), location: header('location'), tag: header('etag'), body }
}

function repeat({ response }: HttpContext, { status, location, tag, body }: Reply) {
  if (location) response.header('location', location)
  if (tag) response.header('etag', tag)
  return response.status(status).header('idempotency-replayed', 'true').json(body)
}
