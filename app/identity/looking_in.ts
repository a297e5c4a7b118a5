import type { HttpContext } from '@adonisjs/core/http'
import { Exception } from '@adonisjs/core/exceptions'
import { validate as isUuid } from 'uuid'
import { record } from '#audit/events'
import type { Entry, Tenant } from '#tenancy/entry'
import Tenancy from '#tenancy/tenancy'

/** Platform staff who look into an organisation cannot change anything there. */
class OnlyLooking extends Exception {
  static status = 403
  static code = 'E_ONLY_LOOKING'

  constructor() {
    super('Staff of the platform only read')
  }
}

/**
 * Lets platform staff with an open access in, to read: the page that they open is recorded in the organisation's trail
 * before it is rendered. Returns false, having done nothing, for anyone else.
 */
export async function lookIn(
  ctx: HttpContext,
  tenant: Tenant,
  work: (entry: Entry) => Promise<unknown>
): Promise<boolean> {
  const access = await Tenancy.lookIn(tenant, async (entry) => entry.access!)
  if (!access) return false
  if (!['GET', 'HEAD'].includes(ctx.request.method())) throw new OnlyLooking()
  await tell(ctx, tenant, access.id)
  await Tenancy.lookIn(tenant, work)
  return true
}

function tell({ params, route }: HttpContext, tenant: Tenant, accessId: string) {
  const staff = { ...tenant, actorKind: 'staff' as const, evenSuspended: true }
  const ids = [params.project_id, params.id].filter((id) => isUuid(id))
  return Tenancy.run(staff, () =>
    record({
      action: 'staff_access.read',
      entityType: 'staff_access',
      entityId: accessId,
      facts: { kind: route?.name ?? null, target: ids.at(-1) ?? null, source: ids[0] ?? null },
    })
  )
}
