import { outcomes, type Outcome, type SeatRole, type Vote } from '#models/deciding/enumerations'
import type { DecisionRule } from '#models/gate_defaults'

/** One seat at a gate and its state. No one votes for a seat that is barred. */
export type Ballot = {
  memberId: string
  role: SeatRole
  required: boolean
  isBarred: boolean
  vote: Vote | null
}

export type Terms = {
  decisionRule: DecisionRule
  quorum: number
  /** The decision date has passed: missing votes are no longer waited for. */
  isPastDue: boolean
  /** The confidence poll has not been opened yet. */
  isPolling: boolean
}

/** What still prevents a decision. `members` are those it waits for. */
export type Obstacle =
  | { code: 'poll' }
  | { code: 'no_chair' }
  | { code: 'quorum'; present: number; quorum: number }
  | { code: 'required'; members: string[] }
  | { code: 'votes_missing'; members: string[] }
  | { code: 'no_majority' }
  | { code: 'disagreement' }

export type Standing = {
  /** The outcomes that may be recorded now. */
  possible: Outcome[]
  obstacles: Obstacle[]
  /** Seats that count towards the quorum. */
  present: number
}

const ALL = Object.keys(outcomes) as Outcome[]

/**
 * What may be decided now, and if nothing, why. The decision itself is made when the chair records one of the possible
 * outcomes; no vote, not even the last, decides automatically.
 */
export function standingOf(ballots: Ballot[], terms: Terms): Standing {
  const seats = seated(ballots)
  const present = presentAt(seats, terms)
  const obstacles = [
    ...pollObstacle(terms),
    ...chairObstacle(ballots),
    ...quorumObstacle(present, terms),
    ...requiredObstacle(ballots, terms),
  ]
  const verdict = verdictOf(seats, terms)
  if ('obstacle' in verdict) obstacles.push(verdict.obstacle)
  const possible = 'carried' in verdict && obstacles.length === 0 ? verdict.carried : []
  return { possible, obstacles, present }
}

/** Seats that can still be filled if everyone votes: fewer than the quorum, and no decision is possible. */
export function fillableSeats(ballots: Pick<Ballot, 'role' | 'isBarred'>[]) {
  return ballots.filter(({ role, isBarred }) => role !== 'adviser' && !isBarred).length
}

/** A sole decider needs no one else. */
export function quorumOf({ decisionRule, quorum }: Pick<Terms, 'decisionRule' | 'quorum'>) {
  return decisionRule === 'sole_decider' ? 1 : quorum
}

/** The seats whose votes count. */
function seated(ballots: Ballot[]) {
  return ballots.filter(
    ({ role, isBarred, vote }) => role !== 'adviser' && !isBarred && vote !== 'recused'
  )
}

/** Where the chair alone decides, recording the decision is the chair's vote. */
function presentAt(seats: Ballot[], { decisionRule }: Terms) {
  const byChair = decisionRule === 'sole_decider' || decisionRule === 'chair_after_advice'
  return seats.filter(({ role, vote }) => vote !== null || (byChair && role === 'chair')).length
}

function pollObstacle({ isPolling }: Terms): Obstacle[] {
  return isPolling ? [{ code: 'poll' }] : []
}

function chairObstacle(ballots: Ballot[]): Obstacle[] {
  const chair = seated(ballots).find(({ role }) => role === 'chair')
  return chair ? [] : [{ code: 'no_chair' }]
}

function quorumObstacle(present: number, terms: Terms): Obstacle[] {
  const quorum = quorumOf(terms)
  return present < quorum ? [{ code: 'quorum', present, quorum }] : []
}

/** Everyone required has voted, advisers too; recusing oneself is not a vote. */
function requiredObstacle(ballots: Ballot[], { decisionRule }: Terms): Obstacle[] {
  const byChair = decisionRule === 'sole_decider' || decisionRule === 'chair_after_advice'
  const silent = ballots.filter(({ role, required, isBarred, vote }) => {
    if (!required || (byChair && role === 'chair')) return false
    return isBarred || vote === null || vote === 'recused'
  })
  if (silent.length === 0) return []
  return [{ code: 'required', members: silent.map(({ memberId }) => memberId) }]
}

type Verdict = { carried: Outcome[] } | { obstacle: Obstacle }

function verdictOf(seats: Ballot[], terms: Terms): Verdict {
  if (terms.decisionRule === 'majority') return majority(seats, terms.isPastDue)
  if (terms.decisionRule === 'unanimous') return unanimity(seats)
  return { carried: ALL }
}

/**
 * More than half of the votes for one outcome; a vote to approve outright also supports an approval with conditions.
 * Until the date has passed, missing votes must not be able to change it.
 */
function majority(seats: Ballot[], isPastDue: boolean): Verdict {
  const missing = isPastDue ? [] : seats.filter(({ vote }) => vote === null)
  const counted = countsOf(seats)
  const carried = ALL.find((outcome) => isCertain(outcome, counted, missing.length))
  if (carried) return { carried: [carried] }
  if (missing.length === 0) return { obstacle: { code: 'no_majority' } }
  return {
    obstacle: { code: 'votes_missing', members: missing.map(({ memberId }) => memberId) },
  }
}

type Counts = Record<Outcome, number>

function isCertain(outcome: Outcome, counts: Counts, missing: number) {
  const most = total(counts) + missing
  const approving = counts.approved + counts.approved_with_conditions
  if (outcome === 'approved_with_conditions') {
    return approving * 2 > most && (counts.approved + missing) * 2 <= most
  }
  return counts[outcome] * 2 > most
}

/** Everyone has voted, and all who did not abstain agree. */
function unanimity(seats: Ballot[]): Verdict {
  const missing = seats.filter(({ vote }) => vote === null)
  if (missing.length > 0) {
    return {
      obstacle: { code: 'votes_missing', members: missing.map(({ memberId }) => memberId) },
    }
  }
  const counts = countsOf(seats)
  const all = total(counts)
  const agreed = ALL.find((outcome) => supportOf(outcome, counts) === all)
  return agreed && all > 0 ? { carried: [agreed] } : { obstacle: { code: 'disagreement' } }
}

function supportOf(outcome: Outcome, counts: Counts) {
  if (outcome !== 'approved_with_conditions') return counts[outcome]
  return counts.approved + counts.approved_with_conditions
}

function countsOf(seats: Ballot[]): Counts {
  const counts = Object.fromEntries(ALL.map((outcome) => [outcome, 0])) as Counts
  for (const { vote } of seats) if (vote && vote in counts) counts[vote as Outcome] += 1
  return counts
}

function total(counts: Counts) {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}
