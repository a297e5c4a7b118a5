import type { NamedSeat } from '#models/deciding/naming'
import { decide, type GivenDecision } from '#models/deciding/decision'
import type { Outcome, SeatRole, Vote } from '#models/deciding/enumerations'
import { giveConfidence } from '#models/deciding/polling'
import { propose, type GivenProposal } from '#models/deciding/proposing'
import Round from '#models/deciding/round'
import { submit } from '#models/deciding/submission'
import { castVote } from '#models/deciding/voting'
import Gate from '#models/gate'
import GateBoard, { type BoardTerms } from '#models/gate_board'
import ProjectMember from '#models/project_member'
import { claim } from '#models/condition/steps'
import GateCondition from '#models/gate_condition'
import GateCriterion from '#models/gate_criterion'
import type GateReview from '#models/gate_review'
import Project from '#models/project'
import { sql } from '#tenancy/sql'
import { admin, quietly } from '#tests/support/admin'
import { Log } from '#tests/support/raid_log'
import { register, World, type Person } from '#tests/support/world'

/** The board: people by the names under which the test knows them. */
export type Seats = Record<string, SeatRole | `${SeatRole}!`>

const TERMS: BoardTerms = { decisionRule: 'chair_after_advice', quorum: 1, isPolled: false }

/** A project whose first gate has a board: the sponsor in the chair, and gate deciders. */
export class Table extends Log {
  readonly sitting: Record<string, Person> = {}

  static async create() {
    return this.in(await World.create())
  }

  /** The same in a new project of an existing organisation. */
  static async in(world: World) {
    const project = await world.project()
    const gates = await world.inside(async () => Gate.of(project))
    const table = new Table(world, project, gates)
    for (const role of ['manager', 'sponsor', 'team', 'viewer', 'pmo', 'stranger'] as const) {
      table.people[role] = await world.person(role)
    }
    return table
  }

  constructor(
    world: World,
    project: Project,
    readonly gates: Gate[]
  ) {
    super(world, project)
  }

  get gate() {
    return this.gates[0]
  }

  get base() {
    return `/projects/${this.project.id}`
  }

  urlAt(gate = this.gate) {
    return `${this.base}/gates/${gate.id}`
  }

  /** A member who may decide, by the name under which the test knows them; `chair` is the sponsor. */
  async decider(name: string): Promise<Person> {
    const known = this.sitting[name]
    if (known) return known
    const person =
      name === 'chair'
        ? await this.world.person('sponsor')
        : await this.world.join(await register(name))
    if (name !== 'chair') await this.allow(person)
    this.sitting[name] = person
    return person
  }

  /** Gives someone the role required for deciding. */
  allow({ membershipId }: Person) {
    return this.world.inside(() => ProjectMember.grant(this.project, membershipId, 'gate_decider'))
  }

  /** Names the board; a mark after the role means that they are required. */
  async seat(seats: Seats, terms: Partial<BoardTerms> = {}, gate = this.gate) {
    const named: NamedSeat[] = []
    for (const [name, role] of Object.entries(seats)) {
      const { membershipId } = await this.decider(name)
      named.push({
        membershipId,
        role: role.replace('!', '') as SeatRole,
        required: role.endsWith('!'),
      })
    }
    await this.world.inside(async () => {
      const present = await Gate.findIn(this.project, gate.id)
      const board = await GateBoard.of(present)
      await board.set(this.project, present, { ...TERMS, ...terms }, named)
    })
  }

  /** Makes a gate ready: in preparation, with every criterion met. */
  async ready(gate = this.gate) {
    await this.quietly(
      `update gate_criteria set evidence_required = false, check_kind = 'manual', rule = null,
         assessment = 'met' where gate_id = ?`,
      [gate.id]
    )
    await this.quietly(`update gates set status = 'preparing' where id = ?`, [gate.id])
  }

  /** Submits a gate, by the project's manager unless someone else is given. */
  async submit(by: Person = this.people.manager, gate = this.gate, decideBy = inDays(7)) {
    return this.world.inside(async () => {
      const project = await Project.findOrFail(this.project.id)
      const present = await Gate.findIn(project, gate.id)
      return submit(project, present, { note: 'Please decide', decideBy }, present.lockVersion)
    }, by)
  }

  /** Seats people, makes the gate ready and submits it. */
  async open(seats: Seats, terms: Partial<BoardTerms> = {}, gate = this.gate) {
    await this.seat(seats, terms, gate)
    await this.ready(gate)
    return this.submit(this.people.manager, gate)
  }

  urlOfReview(review: { id: string; gateId: string }) {
    return `${this.base}/gates/${review.gateId}/reviews/${review.id}`
  }

  /** Gives a vote by the name of its decider, without the pages. */
  vote(review: GateReview, name: string, vote: Vote, comment: string | null = 'For a reason') {
    return this.world.inside(async () => {
      const round = await Round.locked(await this.present(), review.gateId, review.id)
      await castVote(round, { vote, comment })
    }, this.sitting[name])
  }

  /** Gives a confidence by the name of its decider, without the pages. */
  confide(review: GateReview, name: string, score: number) {
    return this.world.inside(async () => {
      const round = await Round.locked(await this.present(), review.gateId, review.id)
      await giveConfidence(round, score)
    }, this.sitting[name])
  }

  /** The clear facts of events about a record, oldest first. */
  facts(id: string): Promise<{ action: string; facts: Record<string, any> }[]> {
    return sql(admin(), 'select action, facts from audit.events where entity_id = ? order by seq', [
      id,
    ])
  }

  /** Records a decision by the chair, without the pages. */
  decide(review: GateReview, outcome: Outcome, more: Partial<GivenDecision> = {}, name = 'chair') {
    return this.world.inside(async () => {
      const round = await Round.locked(await this.present(), review.gateId, review.id)
      const usual = { rationale: 'As the minutes say', revisitOn: null, criterionIds: [] }
      return decide(round, { ...usual, ...more, outcome }, round.review.lockVersion)
    }, this.sitting[name])
  }

  /** Proposes a condition by the chair, without the pages. */
  propose(review: GateReview, more: Partial<GivenProposal> = {}) {
    return this.world.inside(async () => {
      const round = await Round.locked(await this.present(), review.gateId, review.id)
      const usual = { text: 'Permit is granted', kind: 'by_date' as const, dueOn: inDays(10) }
      const ownerId = this.people.manager.membershipId
      await propose(round, { ...usual, ownerId, ...more })
    }, this.sitting.chair)
  }

  /** The first condition of the project. */
  condition() {
    return this.world.inside(async () =>
      (await GateCondition.of(this.project).firstOrFail()).refersTo(this.project)
    )
  }

  /** Claims a condition by the project's manager, without the pages. */
  claim(condition: GateCondition) {
    return this.world.inside(
      async () => claim(await this.present(), condition, 'Here it is', condition.lockVersion),
      this.people.manager
    )
  }

  /** The criteria of a gate. */
  criteria(gate = this.gate) {
    return this.world.inside(async () => GateCriterion.of(gate))
  }

  /** The project as it is now. */
  present() {
    return Project.findOrFail(this.project.id)
  }

  readonly quietly = quietly

  /** Sets a gate's dates, without the pages. */
  dates(baselineOn: string, forecastOn: string, gate = this.gate) {
    return this.quietly(
      'update gates set first_baseline_on = ?, baseline_on = ?, forecast_on = ? where id = ?',
      [baselineOn, baselineOn, forecastOn, gate.id]
    )
  }

  /** The rows of a table that belong to this organisation. */
  rows(table: string) {
    return this.world.rows(table)
  }
}

/** The day so many days from now. */
export function inDays(days: number) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}
