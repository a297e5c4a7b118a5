import GateReview from '#models/gate_review'
import { APPROVALS } from '#models/deciding/enumerations'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A round that a later one is compared with. */
type EarlierRound = { review: GateReview; gateNumber: number; isOwn: boolean }

type Row = { id: string; number: number; is_own: boolean }

/**
 * What the reader last approved in this project: the latest decided round, of this gate or an earlier one, in which
 * their seat voted for approval; if they never did, the latest approved round.
 */
export async function lastApproved(
  review: GateReview,
  membershipId: string
): Promise<EarlierRound | null> {
  const { trx, organisationId } = Tenancy.current()
  const [row] = await sql<Row>(trx, LAST_APPROVED, [
    membershipId,
    membershipId,
    APPROVALS,
    organisationId,
    review.projectId,
    review.id,
    review.submittedAt.toISO(),
    APPROVALS,
  ])
  if (!row) return null
  const found = await GateReview.findOrFail(row.id)
  return { review: found, gateNumber: row.number, isOwn: row.is_own }
}

/** The round of the same gate before this one. */
export function roundBefore(review: GateReview) {
  return GateReview.query()
    .where({ gate_id: review.gateId, round: review.round - 1 })
    .first()
}

const LAST_APPROVED = `
  select earlier.id, earlier.number, earlier.is_own from (
    select r.id, g.number, r.submitted_at,
      exists (select from gate_votes v where v.organisation_id = r.organisation_id
        and v.review_id = r.id and (v.decider_id = ? or v.cast_by = ?) and v.vote = any(?)) as is_own,
      (select d.outcome from gate_decisions d where d.organisation_id = r.organisation_id
        and d.review_id = r.id order by d.decided_at desc, d.id desc limit 1) as outcome
    from gate_reviews r
    join gates g on g.organisation_id = r.organisation_id and g.id = r.gate_id
    where r.organisation_id = ? and r.project_id = ? and r.status = 'decided' and r.id <> ?
      and r.submitted_at < ?::timestamptz
  ) earlier
  where earlier.is_own or earlier.outcome = any(?)
  order by earlier.is_own desc, earlier.submitted_at desc limit 1`
