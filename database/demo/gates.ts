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

/** A gate of a demo project, in days from now; `met` says how many of its criteria are. */
type DemoGate = {
  baseline: number
  moved?: { to: number; reason: string }
  forecast: number
  met: number
  waiver?: string
}

type DemoLifecycle = { name: string; begins: number; gates: DemoGate[] }

const LIGHT = 'Light'

const lifecycles: Record<string, DemoLifecycle> = {
  ATLAS: {
    name: LIGHT,
    begins: -300,
    gates: [
      { baseline: -262, forecast: -262, met: 4 },
      { baseline: -150, forecast: -139, met: 3 },
      {
        baseline: 171,
        moved: {
          to: 191,
          reason: 'The identity supplier signed three weeks late; agreed by the sponsor.',
        },
        forecast: 234,
        met: 1,
        waiver: 'Benefits are measured by the customer service programme, which owns the figures.',
      },
    ],
  },
  BEACON: {
    name: 'UK Gate 0-5',
    begins: -60,
    gates: [
      { baseline: -30, forecast: -33, met: 5 },
      { baseline: 25, forecast: 25, met: 2 },
      { baseline: 110, forecast: 110, met: 0 },
      { baseline: 190, forecast: 190, met: 0 },
      { baseline: 330, forecast: 345, met: 0 },
      { baseline: 400, forecast: 415, met: 0 },
    ],
  },
  CEDAR: {
    name: 'PM²',
    begins: -500,
    gates: [
      { baseline: -440, forecast: -436, met: 5 },
      { baseline: -330, forecast: -318, met: 4 },
      { baseline: -20, forecast: 6, met: 3 },
    ],
  },
}

/** The lifecycle that a demo project begins with. */
export function demoLifecycle(code: string) {
  const { name } = lifecycles[code] ?? { name: LIGHT }
  return LifecycleTemplate.offered().where('name', name).firstOrFail()
}

/** Dates the stages and gates of a demo project and assesses what is behind it, as its manager does. */
export async function fillDemoGates(project: Project) {
  const { begins, gates: demoGates } = lifecycles[project.code]
  const gates = await Gate.of(project)
  for (const [index, demo] of demoGates.entries()) {
    const gate = gates[index].refersTo(project)
    await dateStage(gate, demoGates[index - 1]?.forecast ?? begins, demo)
    await dateGate(gate, demo)
    await assessCriteria(gate, demo)
  }
}

/** Names the sponsor as chair and those with the role as deciders at every gate. */
export async function nameDemoBoards(project: Project, deciderIds: string[]) {
  if (!project.sponsorId || deciderIds.length === 0) return
  const terms = { decisionRule: 'chair_after_advice', quorum: 1, isPolled: true } as const
  const chair = { membershipId: project.sponsorId, role: 'chair', required: true } as const
  const deciders = deciderIds.map((membershipId) => ({
    ...{ membershipId, role: 'decider' as const, required: false },
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
      ...{ baselineStartOn: start, baselineEndOn: day(Math.max(baseline, starts)) },
      ...{ forecastStartOn: start, forecastEndOn: end },
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
