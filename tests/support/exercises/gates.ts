import { randomUUID } from 'node:crypto'
import { DateTime } from 'luxon'
import Gate from '#models/gate'
import GateBoard from '#models/gate_board'
import GateCriterion from '#models/gate_criterion'
import GateEvidence from '#models/gate_evidence'
import { lifecycleOf } from '#models/lifecycle/adoption'
import LifecycleTemplate from '#models/lifecycle_template'
import type { Exercise } from '#tests/support/exercises'
import type { Scene } from '#tests/support/scene'
import type { Role } from '#policies/permissions'

export const gateExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'gates.dates.update': (scene) => onGate(scene, 'manager', {}, { forecast_on: anyDay() }),
  'timetables.update': async (scene) => {
    const gates = await scene.world.inside(() =>
      Gate.of(scene.project).whereNot('status', 'decided').exec()
    )
    const fields = gates.flatMap(({ number, baselineOn, forecastOn, lockVersion }, index) => [
      [`shown_${number}`, `${baselineOn ?? ''}/${forecastOn ?? ''}`],
      [`forecast_on_${number}`, index === 0 ? anyDay() : (forecastOn ?? '')],
      [`lock_version_${number}`, lockVersion],
    ])
    return { as: 'manager', body: Object.fromEntries(fields) }
  },
  'gates.baselines.store': (scene) =>
    onGate(
      scene,
      'manager',
      { firstBaselineOn: '2030-03-01', baselineOn: '2030-03-01' },
      { baseline_on: '2030-04-01', baseline_reason: 'The permit came late' }
    ),
  'gate_criteria.update': (scene) =>
    onCriterion(scene, 'manager', {}, { assessment: 'partly_met', note: `Seen ${randomUUID()}` }),
  'gate_criteria.waivers.store': (scene) =>
    onCriterion(scene, 'manager', {}, { waiver_as: 'waived', reason: 'Too small for that' }),
  'gate_criteria.waivers.update': async (scene) => {
    await nameChair(scene)
    return onCriterion(scene, 'sponsor', REQUESTED, { answer: 'refuse', comment: 'It matters' })
  },
  'gate_criteria.waivers.destroy': (scene) => onCriterion(scene, 'manager', REQUESTED, {}),
  'gate_evidence.store': async (scene) => {
    const { as, params } = await onCriterion(scene, 'manager', {}, {})
    const { id, ...gate } = params!
    const body = { kind: 'link', url: 'https://example.org/minutes' }
    return { as, params: { ...gate, criterion_id: id }, body }
  },
  'gate_evidence.destroy': async (scene) => {
    const { as, params } = await onCriterion(scene, 'manager', {}, {})
    const { id: criterionId, ...gate } = params!
    const { id } = await scene.world.inside(async () => {
      const criterion = await GateCriterion.findOrFail(criterionId)
      return GateEvidence.addLink(criterion, 'https://example.org/minutes', null)
    })
    return { as, params: { ...gate, criterion_id: criterionId, id } }
  },
  'api.gates.evidence.index': async (scene) => {
    const { as, params } = await onCriterion(scene, 'manager', {}, {})
    const { id: criterionId, gate_id: id, ...project } = params!
    await scene.world.inside(async () => {
      const criterion = await GateCriterion.findOrFail(criterionId)
      await GateEvidence.addLink(criterion, 'https://example.org/minutes', null)
    })
    return { as, params: { ...project, id } }
  },
  // In a new project: others would miss the gates that it replaces.
  'projects.lifecycle.update': async ({ world }) => {
    const { id, lockVersion } = await world.project()
    const other = await world.inside(async () => {
      const present = await lifecycleOf({ id })
      return LifecycleTemplate.offered().whereNot('id', present!.id).firstOrFail()
    })
    const body = { lifecycle_id: other.id, lock_version: lockVersion }
    return { as: 'manager', params: { project_id: id }, body }
  },
  'stages.update': async ({ world, project }) => {
    const [stage] = await world.inside(() => project.related('stages').query().exec())
    const end = `2031-02-${10 + Math.floor(Math.random() * 18)}`
    return {
      as: 'manager',
      params: { id: stage.id },
      body: { forecast_end_on: end, lock_version: stage.lockVersion },
    }
  },
}

let daysGiven = 0

/** A different day each time: a gate that keeps its day writes no event. */
function anyDay() {
  return `2031-01-${10 + (daysGiven++ % 20)}`
}

const REQUESTED: Partial<GateCriterion> = {
  waiverState: 'requested',
  waiverAs: 'waived',
  waiverReason: 'Too small for that',
  waiverRequestedAt: DateTime.utc(),
}

/** A request about the first gate's first criterion, after `before` was written to it. */
async function onCriterion(
  { world, project }: Scene,
  as: Role,
  before: Partial<GateCriterion>,
  body: Record<string, unknown>
): Promise<Exercise> {
  const criterion = await world.inside(async () => {
    const gate = (await Gate.of(project).firstOrFail()).refersTo(project)
    const first = (await GateCriterion.of(gate).firstOrFail()).refersTo(gate)
    // It may already have been like this, except for columns that leave no event, and each change needs one.
    first.merge({ ...NO_WAIVER, note: `Set up ${randomUUID()}`, ...before } as any)
    return first.save()
  })
  return {
    as,
    params: { gate_id: criterion.gateId, id: criterion.id },
    body: { lock_version: criterion.lockVersion, ...body },
  }
}

const NO_WAIVER = {
  waiverState: null,
  waiverAs: null,
  waiverReason: null,
  waiverRequestedAt: null,
  waiverRequestedBy: null,
  waiverAnsweredBy: null,
  waiverAnsweredAt: null,
  waiverAnswer: null,
}

async function nameChair({ world, project }: Scene) {
  const { membershipId } = await world.person('sponsor')
  await world.inside(async () => {
    const gate = (await Gate.of(project).firstOrFail()).refersTo(project)
    const board = await GateBoard.of(gate)
    const terms = { decisionRule: 'sole_decider', quorum: 1, isPolled: false } as const
    await board.set(project, gate, terms, [{ membershipId, role: 'chair', required: true }])
  })
}

/** A request about the first gate, after `before` was written to it. */
async function onGate(
  { world, project }: Scene,
  as: Role,
  before: Partial<Gate>,
  body: Record<string, unknown>
): Promise<Exercise> {
  const gate = await world.inside(async () => {
    const first = await Gate.of(project).firstOrFail()
    return first.refersTo(project).merge(before).save()
  })
  return { as, params: { id: gate.id }, body: { lock_version: gate.lockVersion, ...body } }
}
