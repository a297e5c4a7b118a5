import Gate from '#models/gate'
import GateBoard from '#models/gate_board'
import GateCriterion from '#models/gate_criterion'
import GateDecider from '#models/gate_decider'
import GateEvidence from '#models/gate_evidence'
import GateReview from '#models/gate_review'
import { copyFor, insertCopy } from '#models/lifecycle/copy'
import LifecycleTemplate from '#models/lifecycle_template'
import { deleteMany } from '#models/saving/many'
import type Project from '#models/project'
import { discardFiles } from '#models/stored_file/files'
import { refuse } from '#models/violation'

/** What a project loses when it changes to another lifecycle. */
export type AtStake = { gates: number; assessments: number; evidence: number }

/** The version that a project's gates were copied from; null when it follows none. */
export async function lifecycleOf(project: { id: string }): Promise<LifecycleTemplate | null> {
  const gate = await Gate.of(project).first()
  return gate && LifecycleTemplate.findOrFail(gate.templateId)
}

/** True while no gate of the project has been submitted. */
export async function mayAdopt(project: { id: string }) {
  const round = await GateReview.query().where('project_id', project.id).first()
  return !round && (await Gate.of(project)).every((gate) => gate.isUnsubmitted)
}

/** What a project would lose with its gates. */
export async function atStake(project: { id: string }): Promise<AtStake> {
  const criteria = await GateCriterion.query().where('project_id', project.id)
  const evidence = await GateEvidence.query()
    .where('project_id', project.id)
    .whereNull('removed_at')
  return {
    gates: (await Gate.of(project)).length,
    assessments: criteria.filter(({ lockVersion }) => lockVersion > 1).length,
    evidence: evidence.length,
  }
}

/**
 * Replaces the project's stages and gates with a copy of another lifecycle, as long as no gate was submitted. The
 * project is then in the stage at the same position. Throws StaleRecord if the project has changed since.
 */
export async function adopt(project: Project, chosen: LifecycleTemplate, lockVersion: number) {
  await project.lockRow(lockVersion)
  const gates = await Gate.of(project).forUpdate()
  if (gates.some((gate) => !gate.isUnsubmitted) || !(await mayAdopt(project))) {
    refuse('lifecycle_id', 'A gate of this project was submitted. Its lifecycle stays.')
  }
  const before = await lifecycleOf(project)
  if (before?.id === chosen.id) refuse('lifecycle_id', 'The project follows this one already')
  const stages = await project.related('stages').query()
  await removeGates(project, gates)
  await deleteMany(stages)
  const copy = copyFor(project.id, await chosen.parts())
  await insertCopy(project.id, copy)
  const place = stages.findIndex(({ id }) => id === project.stageId)
  const stage = copy.stages[Math.min(Math.max(place, 0), copy.stages.length - 1)]
  project.stageId = stage.id
  return project
    .auditAs('project.lifecycle_adopted')
    .auditBesides({
      lifecycle_id: { before: before?.id, after: chosen.id },
      stage_id: { before: stages[place]?.name, after: stage.name },
    })
    .saveRevision()
}

async function removeGates(project: Project, gates: Gate[]) {
  const criteria = await GateCriterion.query().where('project_id', project.id)
  const evidence = await GateEvidence.query().where('project_id', project.id)
  for (const gate of gates) gate.refersTo(project)
  const gateOf = (criterion: GateCriterion) => gates.find(({ id }) => id === criterion.gateId)!
  for (const criterion of criteria) criterion.refersTo(gateOf(criterion))
  for (const one of evidence) one.shows(criteria.find(({ id }) => id === one.criterionId)!)
  const files = evidence.filter(({ kind }) => kind === 'file')
  await discardFiles(
    'evidence',
    files.map(({ id }) => id)
  )
  await removeBoards(gates)
  await deleteMany(evidence)
  await deleteMany(criteria)
  await deleteMany(gates)
}

/** Seats have no events of their own; the board's event records that they went. */
async function removeBoards(gates: Gate[]) {
  const ids = gates.map(({ id }) => id)
  const boards = await GateBoard.query().whereIn('gate_id', ids)
  for (const board of boards) {
    board.$extras.ref = gates.find(({ id }) => id === board.gateId)!.ref
  }
  await GateDecider.query().whereIn('gate_id', ids).delete()
  await deleteMany(boards)
}
