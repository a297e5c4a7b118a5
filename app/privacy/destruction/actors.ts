import { validate as isUuid } from 'uuid'
import { accountOf } from '#models/user'
import type { By } from '#privacy/destruction/removal'
import type { Entry } from '#tenancy/entry'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/**
 * Who may destroy something of an organisation, by their address: one of its owners, or a platform admin. Null for
 * anyone else.
 */
export async function destroyerNamed(email: string, organisationId: string): Promise<By | null> {
  if (!isUuid(organisationId)) return null
  const userId = await Tenancy.system(PLATFORM, () => accountOf(email))
  if (!userId) return null
  const tenant = { organisationId, userId, requestId: null }
  const entry = await Tenancy.peek<Entry | null>(tenant, async (found) => found)
  if (entry?.membership.role === 'owner') {
    return { actorKind: 'member', actor: entry.membership.id }
  }
  return (await isStaff(userId)) ? { actorKind: 'staff', actor: userId } : null
}

function isStaff(userId: string): Promise<boolean> {
  return Tenancy.peek({ organisationId: PLATFORM, userId, requestId: null }, async () => {
    const [{ is }] = await sql(Tenancy.current().trx, 'select directory.is_staff() as is')
    return is
  })
}
