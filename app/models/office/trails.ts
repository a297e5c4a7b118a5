import { record } from '#audit/events'
import AuditVerification, { type VerificationStatus } from '#models/audit_verification'
import { decodeIdCursor, readPage, type Page } from '#models/lists/keyset'
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
export function listTrails(after: string | null): Promise<Page<SealedTrail>> {
  return readPage(
    { after, before: null, perPage: PER_PAGE, decode: decodeIdCursor },
    ({ after: last }, limit) =>
      // The database lowercases names on both sides: its lower case of İ differs from JavaScript's.
      sql<SealedTrail>(Tenancy.current().trx, 'select * from office.trails(lower(?), ?, ?)', [
        last && String(last[0]),
        last?.[1] ?? null,
        limit,
      ]),
    ({ id, name }) => [name, id]
  )
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
