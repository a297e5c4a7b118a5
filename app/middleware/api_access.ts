import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { serviceEntry } from '#identity/service_entry'
import { admit, inTransaction } from '#middleware/access_middleware'
import { useToken, type UsedToken } from '#models/api_token/use'
import type { Scope } from '#models/api_token/scopes'
import type { Ability } from '#policies/permissions'
import { Problem } from '#registries/problems'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /** The token by which a program asks. */
    token?: UsedToken
  }
}

const BEARER = /^Bearer ([\w-]{1,100})$/i

/**
 * Whoever holds a token with the scope, within the rights that its owner has now, or its service. The request
 * has one transaction, as a member's has, and no session.
 */
export function asTokenHolder(ability: Ability, scope: Scope | null) {
  return async (ctx: HttpContext, next: NextFn) => {
    const token = await tokenOf(ctx)
    refuseOtherThanJson(ctx)
    if (scope && !token.scopes.includes(scope)) throw lacking(scope)
    ctx.token = token
    await inTransaction(tenantOf(ctx, token), async (entered) => {
      const entry = token.role ? serviceEntry(token) : entered
      if (!entry) throw unauthenticated()
      await admit(ctx, entry, ability)
      await next()
    })
  }
}

async function tokenOf({ request }: HttpContext) {
  const [, secret] = BEARER.exec(request.header('authorization') ?? '') ?? []
  const token = secret ? await useToken(secret) : null
  return token ?? Promise.reject(unauthenticated())
}

function refuseOtherThanJson({ request }: HttpContext) {
  if (request.hasBody() && !request.is(['application/json'])) {
    throw new Problem('unsupported_media_type')
  }
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
