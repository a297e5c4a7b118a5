import type ProjectImport from '#models/project_import'

/** The state of a project's import. */
export function projectImportState(of: ProjectImport) {
  const { code, fileName, origin, outcome, parts, partsDone, problem, projectId, status } = of
  return {
    brought: { id: of.id, code, fileName, origin, status, problem, projectId },
    isOver: of.isOver,
    progress: { value: partsDone, max: Math.max(parts, 1) },
    rows: counted(outcome?.rows),
    left: counted(outcome?.left),
    unknown: outcome?.unknown ?? [],
  }
}

function counted(rows: Record<string, number> = {}) {
  return Object.entries(LABELS)
    .filter(([table]) => rows[table] > 0)
    .map(([table, label]) => ({ label, value: String(rows[table]) }))
}

const LABELS: Record<string, string> = {
  stages: 'Stages',
  gates: 'Gates',
  gate_criteria: 'Gate criteria',
  gate_evidence: 'Pieces of evidence',
  gate_boards: 'Boards of gates',
  gate_deciders: 'Deciders',
  raid_items: 'RAID entries',
  raid_escalations: 'Escalations',
  raid_links: 'Links between entries',
  raid_readers: 'Named readers',
  tasks: 'Tasks',
  task_attachments: 'Files of tasks',
  task_predecessors: 'Tasks that wait for another',
  checklist_items: 'Checklist steps',
  comments: 'Comments',
  project_members: 'Roles in the project',
  report_schedules: 'Report schedules',
}
