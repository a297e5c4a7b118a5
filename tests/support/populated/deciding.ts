import { today } from '#models/days'
import { correct } from '#models/deciding/correction'
import GateDecision from '#models/gate_decision'
import Round from '#models/deciding/round'
import Gate from '#models/gate'
import GateBoard from '#models/gate_board'
import GateDelegation from '#models/gate_delegation'
import type GateReview from '#models/gate_review'
import ProjectMember from '#models/project_member'
import type Project from '#models/project'
import { Table } from '#tests/support/table'
import { register, type World } from '#tests/support/world'

/** Names the board of a project's first gate, and a deputy for one of them. */
export async function addDecidingRows(world: World, project: Project) {
  const [sponsor, decider] = [await world.person('sponsor'), await world.person('gate_decider')]
  const deputy = await world.join(await register('deputy'))
  await world.inside(async () => {
    await ProjectMember.grant(project, deputy.membershipId, 'gate_decider')
    const gate = (await Gate.of(project).firstOrFail()).refersTo(project)
    const board = await GateBoard.of(gate)
    await board.set(
      project,
      gate,
      { decisionRule: 'chair_after_advice', quorum: 1, isPolled: false },
      [
        { membershipId: sponsor.membershipId, role: 'chair', required: false },
        { membershipId: decider.membershipId, role: 'decider', required: false },
      ]
    )
    await GateDelegation.give(project, {
      deciderId: decider.membershipId,
      deputyId: deputy.membershipId,
      fromOn: today(),
      toOn: today(),
    })
  })
}

/** A gate decided with a condition, and another round with everything a round can have. */
export async function addRounds(world: World) {
  const table = await Table.in(world)
  table.sitting.one = await world.person('gate_decider')
  const seats = { chair: 'chair', one: 'decider' } as const
  const first = await table.open(seats)
  await table.vote(first, 'one', 'approved')
  await table.propose(first)
  await table.decide(first, 'approved_with_conditions')
  const other = await Table.in(world)
  other.sitting.one = table.sitting.one
  const second = await other.open(seats, { isPolled: true })
  await other.confide(second, 'one', 7)
  await other.confide(second, 'chair', 5)
  await other.vote(second, 'one', 'rework')
  const [criterion] = await other.criteria()
  await other.decide(second, 'rework', { criterionIds: [criterion.id] })
  await correctDecision(other, second, criterion.id)
}

/** A record that replaces another, so that each reference has a row. */
function correctDecision(table: Table, review: GateReview, criterionId: string) {
  return table.world.inside(async () => {
    const round = await Round.locked(await table.present(), review.gateId, review.id)
    const given = { outcome: 'rework' as const, rationale: 'A typing error', revisitOn: null }
    const [{ id: supersedesId }] = await GateDecision.in(review)
    const rest = { supersedesId, reason: 'A wrong word', droppedIds: [], added: null }
    await correct(round, { ...given, ...rest, criterionIds: [criterionId] })
  }, table.sitting.chair)
}
