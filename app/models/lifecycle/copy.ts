import { v7 as uuidv7 } from 'uuid'
import { criterionColumns, freshIds, type LifecycleParts } from '#models/lifecycle/parts'
import { allocateNumbers } from '#models/project/numbers'
import { insertRows, type Row } from '#tenancy/bulk'

/** The rows of a project's copy of a lifecycle; gates have no numbers in it yet. */
type Copy = { stages: (Row & { id: string })[]; gates: Row[]; criteria: Row[] }

/** The stages of a project that follows no lifecycle: those of the Light one, without its gates. */
const PLAIN_STAGES = ['Initiation', 'Planning', 'Delivery', 'Closure']

/** Copies a version's stages, gates and criteria for one project, unchanged. */
export function copyFor(projectId: string, parts: LifecycleParts): Copy {
  const { stages, gates, criteria } = parts
  const ids = freshIds([...stages, ...gates])
  const project = { project_id: projectId }
  return {
    stages: stages.map(({ id, position, name }) => ({
      ...project,
      id: ids.get(id)!,
      position,
      name,
    })),
    gates: gates.map(({ id, stageId, templateId, name, purpose }, index) => ({
      ...project,
      id: ids.get(id),
      stage_id: ids.get(stageId),
      template_id: templateId,
      position: index + 1,
      name,
      purpose,
      status: 'planned',
      lock_version: 1,
    })),
    criteria: criteria.map((criterion) => ({
      ...project,
      ...criterionColumns(criterion),
      gate_id: ids.get(criterion.gateId),
      assessment: 'not_assessed',
      lock_version: 1,
    })),
  }
}

/** What a project starts with when the organisation offers no lifecycle. */
export function plainStages(projectId: string): Copy {
  const stages = PLAIN_STAGES.map((name, index) => ({
    project_id: projectId,
    id: uuidv7(),
    position: index + 1,
    name,
  }))
  return { stages, gates: [], criteria: [] }
}

/** Inserts the copy into its project. The event of the project's own change records it. */
export async function insertCopy(projectId: string, { stages, gates, criteria }: Copy) {
  await insertRows(
    'stages',
    stages.map((stage) => ({ ...stage, lock_version: 1 }))
  )
  if (gates.length === 0) return
  const first = await allocateNumbers(projectId, 'gate', gates.length)
  await insertRows(
    'gates',
    gates.map((gate, index) => ({ ...gate, number: first + index }))
  )
  await insertRows('gate_criteria', criteria)
}
