import type { HttpContext } from '@adonisjs/core/http'
import { activeOrganisation } from '#identity/organisation_choice'
import { Viewer } from '#identity/viewer'
import { unreadLabel } from '#models/notification/list'
import Tenancy from '#tenancy/tenancy'

/**
 * Who a signed-in person is in their organisation, at an address that did not need to know. Null if they have to choose
 * one first, or it is suspended.
 */
export async function orientation(ctx: HttpContext) {
  const userId = ctx.person!.id
  const organisationId = await activeOrganisation(ctx, userId)
  if (!organisationId) return null
  const tenant = { organisationId, userId, requestId: ctx.request.id() ?? null }
  return Tenancy.peek(tenant, async (entry) => {
    if (!entry || Tenancy.isSuspended) return null
    return { viewer: new Viewer(entry), unread: await unreadLabel(entry.membership.id) }
  })
}
