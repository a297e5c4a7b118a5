import GateCondition from '#models/gate_condition'
import type Gate from '#models/gate'
import Project from '#models/project'
import Stage from '#models/stage'

/**
 * Moves the project into the stage after an approved gate. It stays where it is while a condition keeps that stage
 * locked, or when it is already further on.
 */
export async function moveOn(project: Project, gate: Gate) {
  if (await isLocked(gate)) return
  const stages = await Stage.query().where('project_id', project.id).orderBy('position')
  const closed = stages.findIndex(({ id }) => id === gate.stageId)
  const present = await Project.query().where('id', project.id).forUpdate().firstOrFail()
  const current = stages.findIndex(({ id }) => id === present.stageId)
  const next = stages[closed + 1]
  if (!next || current > closed) return
  present.stageId = next.id
  await present.saveRevision()
}

/** True while a condition of this gate has to be met before the stage after it begins. */
async function isLocked(gate: { id: string }) {
  const holding = await GateCondition.unsettledAt(gate).where('kind', 'before_stage_work').first()
  return holding !== null
}
