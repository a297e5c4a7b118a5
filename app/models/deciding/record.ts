import { randomBytes } from 'node:crypto'
import type { Correction } from '#models/deciding/decision'
import type Round from '#models/deciding/round'
import type { Spread } from '#models/deciding/poll'
import type GateCondition from '#models/gate_condition'
import type GateDecision from '#models/gate_decision'
import { canonical, sha256, type Json } from '#models/pack/canonical'
import Tenancy from '#tenancy/tenancy'

type RecordParts = {
  criterionIds: string[]
  conditions: GateCondition[]
  spread: Spread | null
  correction: Correction | null
}

/**
 * Everything that a decision rests on, in one canonical text: the pack by its hash, the board, each vote, the outcome
 * and the minutes. People are ids. The salt keeps short minutes from being guessed from the hash, which the audit trail
 * gives in clear.
 */
export function recordOf(decision: GateDecision, round: Round, parts: RecordParts) {
  const { review, gate, project } = round
  const text = canonical({
    kind: 'orchestrate gate decision',
    format: 1,
    salt: randomBytes(16).toString('hex'),
    organisation: Tenancy.current().organisationId,
    project: project.id,
    gate: gate.id,
    gate_ref: gate.ref,
    review: review.id,
    round: review.round,
    pack_sha256: review.packSha256,
    decision: decision.id,
    outcome: decision.outcome,
    rationale: decision.rationale,
    revisit_on: decision.revisitOn,
    criteria_to_rework: parts.criterionIds,
    conditions: parts.conditions.map(conditionIn),
    decision_rule: review.decisionRule,
    quorum: review.quorum,
    ...(parts.correction ? heardBefore(parts.correction) : heardIn(round)),
    poll: parts.spread as Json,
    chair: decision.chairId,
    decided_by: decision.decidedBy,
    decided_at: decision.decidedAt.toUTC().toISO(),
    supersedes: parts.correction && supersededIn(parts.correction),
  })
  return { text, sha256: sha256(text) }
}

/** The board, its votes, and what they allowed. */
function heardIn(round: Round) {
  const { present, possible } = round.standing
  return {
    present,
    possible_outcomes: [...possible],
    seats: round.seats.map(({ memberId, role, required, holderId, bar }) => ({
      member: memberId,
      role,
      required,
      held_by: holderId,
      barred: bar,
    })),
    votes: votesIn(round),
  }
}

/** The same as when the decision was made: the board has changed since, but it still binds a correction. */
function heardBefore({ before }: Correction): Record<string, Json> {
  const record = JSON.parse(before.record)
  const names = ['present', 'possible_outcomes', 'seats', 'votes']
  return Object.fromEntries(names.map((name) => [name, record[name]]))
}

function supersededIn({ before, reason, fallen }: Correction): Json {
  return {
    decision: before.id,
    record_sha256: before.recordSha256,
    reason,
    conditions_let_go: fallen,
  }
}

function votesIn(round: Round): Json[] {
  return round.votes.map((vote) => ({
    seat: vote.deciderId,
    cast_by: vote.castBy,
    role: vote.role,
    vote: vote.vote,
    comment: vote.comment,
    cast_at: vote.castAt.toUTC().toISO(),
    is_void: round.voteOf(vote.deciderId) === null,
  }))
}

function conditionIn({ id, ref, text, ownerId, kind, dueOn }: GateCondition): Json {
  return { id, ref, text, owner: ownerId, kind, due_on: dueOn }
}
