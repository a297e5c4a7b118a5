import type Gate from '#models/gate'
import { baselineFields, gateDateFields, stageDateFields } from '#models/gate/fields'
import type Project from '#models/project'
import type Stage from '#models/stage'
import { shownValues } from '#pages/comparison'

/** What the form of a gate's dates shows. */
export function gateDatesState(project: Project, gate: Gate) {
  return {
    gate: { ...gate.serialize(), ref: gate.ref },
    base: `/projects/${project.id}/gates/${gate.id}`,
    shown: shownValues(gateDateFields, gate),
  }
}

/** What the form of a new baseline shows. */
export function baselineState(project: Project, gate: Gate) {
  return { ...gateDatesState(project, gate), shown: shownValues(baselineFields, gate) }
}

/** What the form of a stage's dates shows. */
export function stageDatesState(project: Project, stage: Stage) {
  return {
    stage: stage.serialize(),
    base: `/projects/${project.id}/stages/${stage.id}`,
    shown: shownValues(stageDateFields, stage),
  }
}
