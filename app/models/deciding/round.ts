import { spreadOf, type Spread } from '#models/deciding/poll'
import type { Outcome } from '#models/deciding/enumerations'
import {
  fillableSeats,
  quorumOf,
  standingOf,
  type Ballot,
  type Standing,
} from '#models/deciding/rules'
import { chairOf, seatHeldBy, seatsOfEach, type Parties, type Seat } from '#models/deciding/seats'
import { afterStep } from '#models/deciding/states'
import Gate from '#models/gate'
import GatePollAnswer from '#models/gate_poll_answer'
import GateReview from '#models/gate_review'
import GateVote from '#models/gate_vote'
import type Project from '#models/project'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

type Place = { project: Project; gate: Gate; review: GateReview }

/** A round of review with its whole board and their votes so far. */
export default class Round {
  private constructor(
    readonly project: Project,
    readonly gate: Gate,
    readonly review: GateReview,
    readonly seats: Seat[],
    readonly votes: GateVote[],
    /** Who has given their confidence, without the score. */
    readonly answered: string[]
  ) {}

  /** The round as it is now, for viewing. */
  static async of(project: Project, gate: Gate, review: GateReview) {
    const [round] = await this.ofEach([{ project, gate, review }])
    return round
  }

  /** Many rounds, with as many queries as for one. */
  static async ofEach(places: Place[]) {
    if (places.length === 0) return []
    const reviews = places.map(({ review }) => review)
    const seats = await seatsOfEach(
      places.map(({ project, gate, review }) => ({ gate, parties: partiesTo(review, project) }))
    )
    const votes = await GateVote.inEach(reviews)
    const answered = await GatePollAnswer.answeredInEach(reviews.filter((one) => one.isPolled))
    return places.map(({ project, gate, review }, at) => {
      const { id } = review
      return new Round(
        project,
        gate,
        review,
        seats[at],
        votes.get(id) ?? [],
        answered.get(id) ?? []
      )
    })
  }

  /** The same, for changing: everyone who votes or decides at this gate takes turns until the transaction ends. */
  static async locked(project: Project, gateId: string, reviewId: string) {
    const gate = await Gate.findIn(project, gateId)
    await gate.holdRow()
    return this.of(project, gate, await GateReview.findIn(gate, reviewId))
  }

  /** The seat for which a member votes today. */
  seatOf(membershipId: string | null) {
    return seatHeldBy(this.seats, membershipId)
  }

  get chair() {
    return chairOf(this.seats)
  }

  isChairedBy(membershipId: string | null) {
    return this.chair !== null && this.seatOf(membershipId)?.memberId === this.chair.memberId
  }

  /** The vote of a seat. It is void if the person who cast it has since become a party to the matter. */
  voteOf(memberId: string) {
    const vote = this.votes.find(({ deciderId }) => deciderId === memberId)
    return vote && !isParty(vote.castBy, partiesTo(this.review, this.project)) ? vote : null
  }

  get ballots(): Ballot[] {
    return this.seats.map(({ memberId, role, required, bar }) => ({
      memberId,
      role,
      required,
      isBarred: bar !== null,
      vote: this.voteOf(memberId)?.vote ?? null,
    }))
  }

  /** What may be decided now, and if nothing, why. */
  get standing(): Standing {
    return standingOf(this.ballots, this.review.terms)
  }

  /** However people vote, no decision can be made: a required seat cannot be filled, or too many cannot. */
  get isAtAnImpasse() {
    const ballots = this.ballots.map((ballot) => ({
      ...ballot,
      isBarred: ballot.isBarred || ballot.vote === 'recused',
    }))
    const isNeeded = ({ role, required }: Ballot) => role === 'chair' || required
    return (
      this.chair === null ||
      ballots.some((ballot) => ballot.isBarred && isNeeded(ballot)) ||
      fillableSeats(ballots) < quorumOf(this.review.terms)
    )
  }

  mayRecord(outcome: Outcome) {
    return this.standing.possible.includes(outcome)
  }

  /** The seats that are asked for their confidence. */
  get polled() {
    return this.seats.filter(
      ({ memberId, role, bar }) =>
        role !== 'adviser' && bar === null && this.voteOf(memberId)?.vote !== 'recused'
    )
  }

  /** The spread of the answers, once the poll is open; who gave which stays unknown. */
  async spread(): Promise<Spread | null> {
    if (!this.review.isPolled) return null
    if (this.review.isPolling)
      throw new Error('The poll is not open: its answers are nobody’s to see')
    const answers = await GatePollAnswer.in(this.review)
    const parties = partiesTo(this.review, this.project)
    const counted = answers.filter(({ castBy }) => !isParty(castBy, parties))
    return spreadOf(counted.map(({ score }) => score))
  }

  refuseUnlessOpen() {
    if (this.review.isOpen) return
    const how = this.review.status === 'decided' ? 'decided' : 'withdrawn'
    refuse('review', `This round was ${how}, so nothing was saved. See below.`)
  }

  /** The deciders have begun: someone has voted, answered or proposed. */
  async takeUp() {
    const status = afterStep(this.gate.status, 'take_up')
    if (status === null || status === this.gate.status) return this.review.moveOn()
    this.gate.status = status
    await this.gate.saveRevision()
    this.review.status = 'in_review'
    return this.review.moveOn()
  }

  /** The seat of the signed-in member. Controllers have already refused people without one. */
  mySeat(): Seat {
    const seat = this.seatOf(Tenancy.current().membershipId)
    return seat ?? refuse('review', 'You are not a decider or adviser of this gate')
  }
}

/** The submitter, and the manager of the project now or at the time of submission. */
function partiesTo(review: GateReview, project: Project): Parties {
  return {
    submitterId: review.submittedBy,
    managerIds: [project.managerId, review.managerId],
  }
}

function isParty(membershipId: string, { submitterId, managerIds }: Parties) {
  return membershipId === submitterId || managerIds.includes(membershipId)
}
