import type { Viewer } from '#identity/viewer'
import { today } from '#models/days'
import { isSpokenForBy } from '#models/deciding/seats'
import { UNDER_REVIEW } from '#models/deciding/states'
import { IS_NOT_OVER } from '#models/project/states'
import { visibleProjects } from '#models/project/visibility'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A round of review that waits for one member. */
export type AwaitedReview = {
  id: string
  project_id: string
  gate_id: string
  code: string
  project_name: string
  number: number
  name: string
  decide_by: string
  /** The poll of confidence is open, not yet the vote. */
  is_polling: boolean
  /** The member has voted and chairs the gate: they have to record the decision. */
  is_to_record: boolean
  lock_version: number
  updated_at: Date
  total: number
}

/**
 * The rounds in which the viewer has a seat that has not voted, or the chair: no decision is made before it is
 * recorded. Earliest decision date first.
 */
export function awaitedReviews(viewer: Viewer, most: number): Promise<AwaitedReview[]> {
  const { trx, organisationId } = Tenancy.current()
  const conditions = new Conditions()
    .add('reviews.organisation_id = ?', organisationId)
    .add('reviews.status = any(?)', UNDER_REVIEW)
    .add(IS_NOT_OVER)
    .add(isSpokenForBy(PARTIES), today(), viewer.membershipId)
    .add(`(${IS_SILENT} or ${IS_TO_RECORD})`)
    .meet(visibleProjects(viewer))
  return read<AwaitedReview>(
    trx,
    `select reviews.id, reviews.project_id, reviews.gate_id, projects.code,
            projects.name as project_name, gates.number, gates.name, reviews.decide_by,
            ${IS_POLLING} as is_polling, ${IS_TO_RECORD} as is_to_record, reviews.lock_version, reviews.updated_at,
            count(*) over ()::integer as total
       from gate_reviews reviews
       join gates on gates.organisation_id = reviews.organisation_id and gates.id = reviews.gate_id
       join projects on projects.organisation_id = reviews.organisation_id
        and projects.id = reviews.project_id
       join gate_deciders seats on seats.organisation_id = reviews.organisation_id
        and seats.gate_id = reviews.gate_id
      where ${conditions.text} order by reviews.decide_by, reviews.id limit ?`,
    [...conditions.values, most]
  )
}

const PARTIES = `array_remove(
  array[reviews.submitted_by, reviews.manager_id, projects.manager_id], null)`

const IS_POLLING = '(reviews.is_polled and reviews.poll_opened_at is null)'

const voteWhich = (what: string) => `exists (select from gate_votes
    where gate_votes.organisation_id = seats.organisation_id and gate_votes.review_id = reviews.id
      and gate_votes.decider_id = seats.membership_id and not gate_votes.cast_by = any(${PARTIES})
      and ${what})`

const IS_TO_RECORD = `(seats.role = 'chair' and not ${IS_POLLING}
  and ${voteWhich(`gate_votes.vote <> 'recused'`)})`

/** During a poll, neither advisers nor people who recused themselves are asked. */
const IS_SILENT = `not ${voteWhich('true')}
  and not (${IS_POLLING} and (seats.role = 'adviser' or exists (select from gate_poll_answers
    where gate_poll_answers.organisation_id = seats.organisation_id
      and gate_poll_answers.review_id = reviews.id
      and gate_poll_answers.decider_id = seats.membership_id)))`
