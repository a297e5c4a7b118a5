import string from '@adonisjs/core/helpers/string'
import type ProjectImport from '#models/project_import'

/** How an import of a project stands. */
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
  return Object.entries(rows)
    .filter(([, count]) => count > 0)
    .map(([table, count]) => ({ label: string.sentenceCase(table), value: String(count) }))
}
