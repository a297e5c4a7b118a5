import string from '@adonisjs/core/helpers/string'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { serviceEntry } from '#identity/service_entry'
import { inTransaction } from '#middleware/access_middleware'
import { admit } from '#middleware/admission'
import { useToken, type UsedToken } from '#models/api_token/use'
import { countFor } from '#middleware/limit_middleware'
import { once } from '#middleware/api_once'
import type { Scope } from '#models/api_token/scopes'
import type { Ability } from '#policies/permissions'
import { limits } from '#registries/limits'
import { Problem } from '#registries/problems'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /** The token with which a program calls. */
    token?: UsedToken
  }
}

const WINDOW_SECONDS = string.seconds.parse(limits.api.every)
const BEARER = /^Bearer ([\w-]{1,100})$/i

/**
 * Admits the holder of a token with the scope, within the present rights of its owner or service. Like a member's, the
 * request has one transaction, but no session.
 */
export function asTokenHolder(ability: Ability, scope: Scope | null) {
  return async (ctx: HttpContext, next: NextFn) => {
    const token = await tokenOf(ctx)
    await meter(ctx, token)
    refuseOtherThanJson(ctx)
    refuseQueryOfWrite(ctx)
    if (scope && !token.scopes.includes(scope)) throw lacking(scope)
    ctx.token = token
    await inTransaction(tenantOf(ctx, token), async (entered) => {
      const entry = token.role ? serviceEntry(token) : entered
      if (!entry) throw unauthenticated()
      await admit(ctx, entry, ability)
      await once(ctx, next)
    })
  }
}

async function tokenOf({ request }: HttpContext) {
  const [, secret] = BEARER.exec(request.header('authorization') ?? '') ?? []
  const token = secret ? await useToken(secret) : null
  return token ?? Promise.reject(unauthenticated())
}

/** Tells what is left of the window, as draft-ietf-httpapi-ratelimit-headers has it; throws at its end. */
async function meter({ response }: HttpContext, { id }: UsedToken) {
  const { requests } = limits.api
  response.header('RateLimit-Policy', `"token";q=${requests};w=${WINDOW_SECONDS}`)
  const left = await countFor('api', id)
  if (left) response.header('RateLimit', `"token";r=${left.remaining};t=${left.availableIn}`)
}

function refuseOtherThanJson({ request }: HttpContext) {
  if (request.hasBody() && !request.is(['application/json'])) {
    throw new Problem('unsupported_media_type')
  }
}

/** The framework lays the query over the body: a field that nobody checked would win over one of the same name. */
function refuseQueryOfWrite({ request }: HttpContext) {
  if (['GET', 'HEAD'].includes(request.method())) return
  if (Object.keys(request.qs()).length === 0) return
  throw new Problem('bad_request', 'A change has no parameters: send its fields in the body.')
}

function tenantOf({ request }: HttpContext, { id, organisation, role, userId }: UsedToken) {
  return {
    organisationId: organisation.id,
    userId,
    requestId: request.id() ?? null,
    tokenId: id,
    actorKind: role ? ('service' as const) : undefined,
  }
}

function unauthenticated() {
  return new Problem('unauthenticated', undefined, { 'www-authenticate': 'Bearer realm="api"' })
}

function lacking(scope: Scope) {
  return new Problem('insufficient_scope', `It needs the scope ${scope}.`, {
    'www-authenticate': `Bearer realm="api", error="insufficient_scope", scope="${scope}"`,
  })
}
