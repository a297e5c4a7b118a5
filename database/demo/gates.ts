import Gate from '#models/gate'
import { assess } from '#models/gate/assessing'
import { requestWaiver } from '#models/gate/waiver'
import GateBoard from '#models/gate_board'
import GateCriterion from '#models/gate_criterion'
import GateEvidence from '#models/gate_evidence'
import LifecycleTemplate from '#models/lifecycle_template'
import type Project from '#models/project'
import Stage from '#models/stage'
import { day } from './items.js'
import { LIGHT, lifecycles, type DemoGate } from './lifecycles.js'
import { asOf } from './past.js'
import { holdRound, type Cast } from './rounds.js'

/** The lifecycle that a demo project starts with. */
export function demoLifecycle(code: string) {
  const { name } = lifecycles[code] ?? { name: LIGHT }
  return LifecycleTemplate.offered().where('name', name).firstOrFail()
}

/** Dates the stages and gates of a demo project, as its manager does. */
export async function dateDemoGates(project: Project) {
  const { begins, gates: demoGates } = lifecycles[project.code]
  const gates = await Gate.of(project)
  for (const [index, demo] of demoGates.entries()) {
    const gate = gates[index].refersTo(project)
    await dateStage(gate, demoGates[index - 1]?.forecast ?? begins, demo)
    await dateGate(gate, demo)
  }
}

type Stretch = { after?: number; until?: number }

/**
 * Assesses a demo project's past work and decides its past gates, each on its day. With two days, in days from now,
 * only those decided in between; without an end, also what is still to come.
 */
export async function passDemoGates(
  project: Project,
  cast: Cast,
  { after = -Infinity, until = Infinity }: Stretch = {}
) {
  const gates = await cast.as(cast.manager, async () => Gate.of(project))
  for (const [index, demo] of lifecycles[project.code].gates.entries()) {
    const on = demo.round?.decision?.on ?? 0
    if (on <= after || on > until) continue
    const gate = gates[index].refersTo(project)
    const look = () => cast.as(cast.manager, () => assessCriteria(gate, demo))
    if (demo.round) await asOf(demo.round.submitted, look)
    else await look()
    if (demo.round) await holdRound(project, gate.id, demo.round, cast)
  }
}

/** Names the sponsor as chair and those with the role as deciders at every gate. */
export async function nameDemoBoards(project: Project, deciderIds: string[]) {
  if (!project.sponsorId || deciderIds.length === 0) return
  const terms = { decisionRule: 'chair_after_advice', quorum: 1, isPolled: true } as const
  const chair = { membershipId: project.sponsorId, role: 'chair', required: true } as const
  const deciders = deciderIds.map((membershipId) => ({
    membershipId,
    role: 'decider' as const,
    required: false,
  }))
  for (const gate of await Gate.of(project)) {
    const board = await GateBoard.of(gate.refersTo(project))
    await board.set(project, gate, terms, [chair, ...deciders])
  }
}

async function dateStage(gate: Gate, starts: number, { baseline, forecast }: DemoGate) {
  const stage = await Stage.findOrFail(gate.stageId)
  const [start, end] = [day(starts), day(forecast)]
  await stage.reschedule(
    {
      baselineStartOn: start,
      baselineEndOn: day(Math.max(baseline, starts)),
      forecastStartOn: start,
      forecastEndOn: end,
      actualStartOn: starts <= 0 ? start : null,
    },
    1
  )
}

async function dateGate(gate: Gate, { baseline, moved, forecast }: DemoGate) {
  await gate.schedule({ baselineOn: day(baseline), forecastOn: day(forecast) }, 1)
  if (moved) await gate.rebaseline(day(moved.to), moved.reason, 2)
}

async function assessCriteria(gate: Gate, { met, waiver }: DemoGate) {
  const judged = (await GateCriterion.of(gate)).filter(({ rule }) => !rule)
  for (const [index, criterion] of judged.entries()) {
    criterion.refersTo(gate)
    if (index < met) await show(criterion)
    else if (waiver && index === judged.length - 1) await requestWaiver(criterion, 'waived', waiver)
  }
}

async function show(criterion: GateCriterion) {
  await assess(criterion, { assessment: 'met', note: 'Seen and agreed in the project board.' })
  if (!criterion.evidenceRequired) return
  await GateEvidence.addLink(
    criterion,
    `https://files.example.org/${criterion.id.slice(-6)}/minutes.pdf`,
    'Minutes of the project board'
  )
}
