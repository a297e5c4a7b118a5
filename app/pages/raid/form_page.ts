import type { Viewer } from '#identity/viewer'
import ExternalResource from '#models/external_resource'
import Membership, { type PersonName } from '#models/membership'
import type Project from '#models/project'
import { peopleChoices } from '#models/project/people'
import { standingNames, type ProjectName } from '#models/project/names'
import { formFieldsOf } from '#models/raid/fields'
import type { RaidType } from '#models/raid/enumerations'
import { externalsIn, peopleAsInput } from '#models/raid/people'
import RaidItem from '#models/raid_item'
import RaidReader from '#models/raid_reader'
import RaidScoring from '#models/raid_scoring'
import { stopMeanings } from '#pages/settings/scoring_page'

/** What the form of a new or present item offers. */
export async function raidFormState(
  viewer: Viewer,
  project: Project,
  record: RaidItem | { type: RaidType; raisedOn: string }
) {
  const item = record instanceof RaidItem ? record : null
  const readerIds = item ? await RaidReader.of(item) : []
  const kept = [item?.ownerId, item?.actioneeId, item?.deciderId, ...readerIds]
  const [members, externals, places] = await Promise.all([
    peopleChoices(project, kept),
    externalChoices(item, viewer.can('raid.update', project)),
    standingNames(viewer),
  ])
  const projects = places.filter(({ id, isOver }) => {
    return id !== project.id && (!isOver || id === item?.counterpartProjectId)
  })
  return {
    record,
    shown: item && JSON.stringify({ ...formValues(item), readerIds }),
    people: item ? peopleAsInput(item) : {},
    members: members.map(asOption),
    externals: externals.map(asOption),
    counterparts: [...(await keptMember(item)), ...externals].map(asOption),
    projects: [
      ...projects.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` })),
      ...unseenCounterpart(item, projects),
    ],
    readerIds,
    meanings: record.type === 'risk' ? stopMeanings(await RaidScoring.current()) : null,
  }
}

/** People outside are offered to people who may involve them; those already named always are. */
async function externalChoices(item: RaidItem | null, mayInvolve: boolean) {
  const kept = item ? externalsIn(item, { changed: false }).map(({ id }) => id) : []
  if (mayInvolve) return ExternalResource.choices(kept)
  return [...(await ExternalResource.names(kept))].map(([id, name]) => ({ id, name }))
}

/** A counterpart who has since become a member. */
async function keptMember(item: RaidItem | null) {
  const names = await Membership.names([item?.counterpartMemberId])
  return [...names].map(([id, name]) => ({ id, name }))
}

function asOption({ id, name }: PersonName) {
  return { value: id, label: name }
}

/** A counterpart that this person may not see stays unchanged when they save the form. */
function unseenCounterpart(item: RaidItem | null, projects: ProjectName[]) {
  const id = item?.counterpartProjectId
  if (!id || projects.some((project) => project.id === id)) return []
  return [{ value: id, label: 'A project you cannot see' }]
}

/** The values that the form shows, so that a later conflict can tell what its user changed. */
export function formValues(item: RaidItem): Record<string, unknown> {
  const names = formFieldsOf(item.type)
    .filter((field) => field.kind !== 'people')
    .map((field) => field.key)
  const values: Record<string, unknown> = { ...item.$attributes, ...peopleAsInput(item) }
  return Object.fromEntries(names.map((name) => [name, values[name] ?? null]))
}
