import type { Viewer } from '#identity/viewer'
import Membership from '#models/membership'
import Project from '#models/project'
import { fieldsOf } from '#models/raid/fields'
import type { RaidType } from '#models/raid/enumerations'
import RaidItem from '#models/raid_item'
import RaidReader from '#models/raid_reader'
import RaidScoring from '#models/raid_scoring'
import { stopMeanings } from '#pages/scoring_settings_page'

/** What the form of a new or present item offers. */
export async function raidFormState(
  viewer: Viewer,
  project: Project,
  record: RaidItem | { type: RaidType; raisedOn: string }
) {
  const item = record instanceof RaidItem ? record : null
  const members = await Membership.choices([item?.ownerId, item?.actioneeId, item?.deciderId])
  const projects = await Project.visibleTo(viewer)
    .whereNot('projects.id', project.id)
    .orderBy('code')
  const readerIds = item ? await RaidReader.of(item) : []
  return {
    record,
    shown: item && JSON.stringify({ ...formValues(item), readerIds }),
    members: members.map(({ id, name }) => ({ value: id, label: name })),
    projects: [
      ...projects.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` })),
      ...unseenCounterpart(item, projects),
    ],
    readerIds,
    meanings: record.type === 'risk' ? stopMeanings(await RaidScoring.current()) : null,
  }
}

/** A counterpart that this person may not see stays as it is when they save the form. */
function unseenCounterpart(item: RaidItem | null, projects: Project[]) {
  const id = item?.counterpartProjectId
  if (!id || projects.some((project) => project.id === id)) return []
  return [{ value: id, label: 'A project that you cannot see' }]
}

/** The values that the form shows, so that a later conflict can tell what its user changed. */
export function formValues(item: RaidItem): Record<string, unknown> {
  const names = fieldsOf(item.type)
    .filter((field) => field.kind !== 'people')
    .map((field) => field.key)
  return Object.fromEntries(names.map((name) => [name, item[name as keyof RaidItem] ?? null]))
}
