import type { Viewer } from '#identity/viewer'
import type { ContextManifest } from '#models/ai_interaction'
import Gate from '#models/gate'
import GateCondition from '#models/gate_condition'
import GateCriterion from '#models/gate_criterion'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Records = ContextManifest['records']

/** An existing record: where it is found within its project. */
type Found = { id: string; path: string }

type Finder = (project: Project, viewer: Viewer, ids: string[]) => Promise<Found[]>

/** Where each kind of record is found: those of the ids that still exist for the viewer. */
const kinds = {
  gate: async (project, _, ids) => under('gates', await Gate.of(project).whereIn('id', ids)),
  criterion: async (project, _, ids) => {
    const found = await GateCriterion.query().where('project_id', project.id).whereIn('id', ids)
    return found.map(({ id, gateId }) => ({ id, path: `gates/${gateId}/criteria/${id}` }))
  },
  evidence: (project, _, ids) => evidenceAmong(project, ids),
  condition: async (project, _, ids) =>
    under('conditions', await GateCondition.of(project).whereIn('id', ids)),
  task: async (project, viewer, ids) =>
    under('tasks', await Task.visibleIn(project, viewer).whereIn('tasks.id', ids)),
  raid: async (project, viewer, ids) =>
    under('raid', await RaidItem.visibleIn(project, viewer).whereIn('raid_items.id', ids)),
} satisfies Record<string, Finder>

type Kind = keyof typeof kinds

/**
 * Where the records named by answers are found: only what was sent with the question, still exists, and may still be
 * seen by the reader of the answer.
 */
export async function citationsIn(
  answers: { answer: string | null; contextManifest: ContextManifest | null }[],
  project: Project,
  viewer: Viewer
): Promise<Map<string, string>> {
  const named = answers.flatMap(({ answer, contextManifest }) =>
    answer ? (contextManifest?.records ?? []).filter(({ ref }) => answer.includes(ref)) : []
  )
  const links = new Map<string, string>()
  for (const kind of Object.keys(kinds) as Kind[]) {
    const records = named.filter((record) => kindOf(record) === kind)
    if (records.length === 0) continue
    const present = await kinds[kind](project, viewer, [...new Set(records.map(({ id }) => id))])
    const paths = new Map(present.map(({ id, path }) => [id, path]))
    for (const { id, ref } of records) {
      const path = paths.get(id)
      if (path) links.set(ref, `/projects/${project.id}/${path}`)
    }
  }
  return links
}

function under(segment: string, rows: { id: string }[]): Found[] {
  return rows.map(({ id }) => ({ id, path: `${segment}/${id}` }))
}

/** A piece of evidence is on the page of its criterion. */
function evidenceAmong(project: Project, ids: string[]) {
  const { trx, organisationId } = Tenancy.current()
  return sql<Found>(
    trx,
    `select gate_evidence.id, 'gates/' || gate_id || '/criteria/' || criterion_id as path
       from gate_evidence
       join gate_criteria on gate_criteria.organisation_id = gate_evidence.organisation_id
        and gate_criteria.id = gate_evidence.criterion_id
      where gate_evidence.organisation_id = ? and gate_evidence.project_id = ?
        and gate_evidence.id = any(?) and removed_at is null`,
    [organisationId, project.id, ids]
  )
}

function kindOf({ kind }: Records[number]): Kind {
  if (kind === 'condition of an approval') return 'condition'
  return kind in kinds ? (kind as Kind) : 'raid'
}
