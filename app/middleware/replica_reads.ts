import type { HttpContext } from '@adonisjs/core/http'
import { OrganisationSuspended, type Entry, type Tenant } from '#tenancy/entry'
import { replica } from '#tenancy/replica'
import Tenancy, { RolledBack } from '#tenancy/tenancy'

/** The session's key for the primary's position when it last wrote. */
const WROTE_AT = 'wrote_at'

/**
 * Answers from the replica, unless it cannot be reached or lacks what this session wrote. False: nothing was done, and
 * the primary must answer.
 */
export async function onReplica(
  ctx: HttpContext,
  tenant: Tenant,
  enter: (entry: Entry) => Promise<unknown>
) {
  const client = replica.clientFor(ctx.session.get(WROTE_AT))
  if (!client) return false
  let isBegun = false
  try {
    return await Tenancy.glance(tenant, client, (entry) => {
      isBegun = true
      return enter(entry)
    })
  } catch (error: any) {
    if (error instanceof RolledBack) return true
    if (isBegun || error instanceof OrganisationSuspended) throw error
    replica.miss(error.code ?? error.name)
    return false
  }
}

/** From here on this session reads nothing older than what it has just written. */
export async function rememberWrite({ request, session }: HttpContext) {
  if (!replica.isSet || ['GET', 'HEAD'].includes(request.method())) return
  session.put(WROTE_AT, await replica.positionOfPrimary())
}
