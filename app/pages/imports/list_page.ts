import { listImports } from '#models/import/list'
import { addedTotal } from '#models/import/summary'
import { placeIn } from '#models/lists/query_string'
import Membership from '#models/membership'
import type Project from '#models/project'
import { neighbours } from '#pages/list_parts'

const STATES = {
  draft: { state: 'To check', tone: 'warn', icon: 'draft' },
  executing: { state: 'Importing', tone: 'active', icon: 'half' },
  undoing: { state: 'Undoing', tone: 'active', icon: 'half' },
  imported: { state: 'Imported', tone: 'good', icon: 'done' },
  undone: { state: 'Undone', tone: 'quiet', icon: 'stopped' },
}

/** The files that were imported into a project, newest first. */
export async function importListState(project: Project, query: Record<string, unknown>) {
  const page = await listImports(project, placeIn(query))
  const names = await Membership.names(page.rows.map(({ createdBy }) => createdBy))
  const imports = page.rows.map((row) => ({
    id: row.id,
    fileName: row.fileName,
    byName: names.get(row.createdBy),
    at: (row.importedAt ?? row.createdAt).toISO(),
    added: row.importedAt && addedTotal(row.summary),
    changed: row.importedAt && (row.summary.changed ?? 0),
    skipped: row.importedAt && row.summary.leftCount,
    ...STATES[row.status],
  }))
  const base = `/projects/${project.id}/imports`
  return {
    imports,
    list: {
      summary: `${imports.length} shown`,
      ...neighbours(page, (place) => `${base}?${new URLSearchParams(place)}`),
    },
  }
}
