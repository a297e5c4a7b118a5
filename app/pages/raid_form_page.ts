import type { Viewer } from '#identity/viewer'
import Membership from '#models/membership'
import Project from '#models/project'
import { fieldsOf } from '#models/raid/fields'
import type { RaidType } from '#models/raid/enumerations'
import RaidItem from '#models/raid_item'
import RaidReader from '#models/raid_reader'

/** What the form of a new or present item offers. */
export async function raidFormState(
  viewer: Viewer,
  project: Project,
  record: RaidItem | { type: RaidType; raisedOn: string }
) {
  const members = await Membership.choices()
  const projects = await Project.visibleTo(viewer)
    .whereNot('projects.id', project.id)
    .orderBy('code')
  const readers =
    record instanceof RaidItem ? await RaidReader.query().where('raid_item_id', record.id) : []
  return {
    record,
    shown: record instanceof RaidItem ? JSON.stringify(formValues(record)) : null,
    members: members.map(({ id, name }) => ({ value: id, label: name })),
    projects: projects.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` })),
    readerIds: readers.map((reader) => reader.membershipId),
  }
}

/** The values that the form shows, so that a later conflict can tell what its user changed. */
export function formValues(item: RaidItem): Record<string, unknown> {
  const names = fieldsOf(item.type)
    .filter((field) => field.kind !== 'people')
    .map((field) => field.key)
  return Object.fromEntries(names.map((name) => [name, item[name as keyof RaidItem] ?? null]))
}
