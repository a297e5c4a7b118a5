import Import from '#models/import'
import { queryByIds } from '#models/lists/id_pages'
import type { Page, Place } from '#models/lists/keyset'

const PER_PAGE = 50

/** One page of the files that were handed in to be imported into a project, newest first. */
export function listImports(project: { id: string }, place: Place): Promise<Page<Import>> {
  const query = Import.light().where('project_id', project.id)
  return queryByIds({ place, ids: 'id', perPage: PER_PAGE }, query)
}
