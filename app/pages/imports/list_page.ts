import Import from '#models/import'
import { addedTotal } from '#models/import/summary'
import Membership from '#models/membership'
import type Project from '#models/project'

const STATES = {
  draft: { state: 'To check', tone: 'warn', icon: 'draft' },
  executing: { state: 'Importing', tone: 'active', icon: 'half' },
  undoing: { state: 'Undoing', tone: 'active', icon: 'half' },
  imported: { state: 'Imported', tone: 'good', icon: 'done' },
  undone: { state: 'Undone', tone: 'quiet', icon: 'stopped' },
}

const MOST = 200

/** The files that were imported into a project, newest first. */
export async function importListState(project: Project) {
  const found = await Import.of(project).limit(MOST)
  const names = await Membership.names(found.map(({ createdBy }) => createdBy))
  const imports = found.map((row) => ({
    id: row.id,
    fileName: row.fileName,
    byName: names.get(row.createdBy),
    at: (row.importedAt ?? row.createdAt).toISO(),
    added: row.importedAt && addedTotal(row.summary),
    changed: row.importedAt && (row.summary.changed ?? 0),
    skipped: row.importedAt && row.summary.leftCount,
    ...STATES[row.status],
  }))
  return { imports }
}
