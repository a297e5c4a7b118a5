import type { Viewer } from '#identity/viewer'
import { labelOf, namesOfProjects } from '#models/raid/other_projects'
import type RaidItem from '#models/raid_item'

type Told = Record<string, unknown>

/**
 * Adds the project names of dependencies among entries, as far as the caller may know them. For a project that they may
 * not see it says only that there is one: neither its name nor its id.
 */
export async function nameSides<Entry extends Told>(
  entries: Entry[],
  viewer: Viewer
): Promise<Entry[]> {
  const shared = entries.filter(({ type }) => type === 'dependency')
  const ids = shared.flatMap((entry) => [entry.project_id, entry.counterpart_project_id])
  const names = await namesOfProjects(ids as (string | null)[], viewer)
  for (const entry of shared as Told[]) {
    const counterpart = entry.counterpart_project_id as string | null
    entry.counterpart_project = counterpart && labelOf(names.get(counterpart))
    if (!names.has(counterpart ?? '')) entry.counterpart_project_id = null
    if (!names.has(entry.project_id as string)) entry.project_id = null
  }
  return entries
}

/**
 * The changes to an entry, without a null that hides a project which the caller may not see: sending back what was
 * received removes nothing.
 */
export async function withoutConcealed(given: Told, item: RaidItem, viewer: Viewer): Promise<Told> {
  const { counterpartProjectId: counterpart } = item
  const { counterpart_project_id: sent, ...rest } = given
  if (!counterpart || sent !== null) return given
  const names = await namesOfProjects([counterpart], viewer)
  return names.has(counterpart) ? given : rest
}
