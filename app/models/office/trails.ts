import { record } from '#audit/events'
import AuditVerification, { type VerificationStatus } from '#models/audit_verification'
import { cutPage, decodeIdCursor, type Page } from '#models/lists/keyset'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** How far a trail is sealed, and the findings of its last verification. */
export type SealedTrail = {
  id: string
  name: string
  /** Number of the last seal; null before the first. */
  seal: string | null
  sealed_at: Date | null
  /** Events under seals. */
  sealed: string | null
  /** Events waiting for the next seal, counted up to 1001. */
  waiting: number
  waiting_since: Date | null
  verification: {
    status: VerificationStatus
    events: number
    seals: number
    problems: Record<string, number>
    askedAt: string
    finishedAt: string | null
  } | null
}

const PER_PAGE = 50

/** The trails of organisations by name. `after` is the cursor of the previous page. */
export async function listTrails(after: string | null): Promise<Page<SealedTrail>> {
  const last = decodeIdCursor(after)
  const rows = await sql<SealedTrail>(
    Tenancy.current().trx,
    'select * from office.trails(?, ?, ?)',
    [last && String(last[0]), last?.[1] ?? null, PER_PAGE + 1]
  )
  return cutPage(rows, PER_PAGE, { after: last, before: null }, ({ id, name }) => [
    name.toLowerCase(),
    id,
  ])
}

/** The trail of the platform itself. */
export function platformTrail() {
  return trailOf({ id: PLATFORM, name: 'The platform' })
}

/** The trail of one organisation. */
export async function trailOf({ id, name }: { id: string; name: string }): Promise<SealedTrail> {
  const { trx } = Tenancy.current()
  const [row] = await sql(trx, 'select * from office.trail(?, ?)', [id, name])
  return row
}

/** Has a trail verified by a job, and records it in the platform's own. False when that is already under way. */
export async function askForVerification(id: string) {
  const asked = await Tenancy.visit(id, () => AuditVerification.ask())
  if (!asked) return false
  await record({
    action: 'audit_trail.verification_asked',
    entityType: id === PLATFORM ? 'platform' : 'organisation',
    entityId: id,
  })
  return true
}
