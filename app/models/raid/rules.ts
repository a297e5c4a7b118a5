import string from '@adonisjs/core/helpers/string'
import type { Viewer } from '#identity/viewer'
import ExternalResource from '#models/external_resource'
import Project from '#models/project'
import { seeingAmong } from '#models/project/people'
import { isOver } from '#models/project/states'
import { hasWorsened, isAcceptedByNobody } from '#models/raid/acceptance'
import { isOffered } from '#models/raid/categories'
import { responsesByNature, responses, withArticle } from '#models/raid/enumerations'
import { externalsIn } from '#models/raid/people'
import { scoring } from '#models/raid/scoring'
import type RaidItem from '#models/raid_item'
import RaidReader from '#models/raid_reader'
import type { Violation } from '#models/violation'

const PAIRS = ['inherent', 'current', 'target'] as const

/** The rules that span several fields of an item, checked on what is about to be saved. */
export function violations(item: RaidItem): Violation[] {
  return [
    ...halfScores(item),
    ...misfitResponse(item),
    ...unreasonedPriority(item),
    ...unaccepted(item),
    ...withdrawnCategory(item),
    ...twoCounterparts(item),
  ]
}

function halfScores(item: RaidItem): Violation[] {
  return PAIRS.flatMap((pair) => {
    const likelihood = item[`${pair}Likelihood`]
    const impact = item[`${pair}Impact`]
    if (Boolean(likelihood) === Boolean(impact)) return []
    const missing = likelihood ? 'impact' : 'likelihood'
    return [
      {
        field: `${pair}_${missing}`,
        message: `Choose the ${pair} ${missing} too, or leave both unset`,
      },
    ]
  })
}

function misfitResponse(item: RaidItem): Violation[] {
  if (!item.nature || !item.response) return []
  if (responsesByNature[item.nature].includes(item.response)) return []
  const fitting = responsesByNature[item.nature]
    .map((key) => responses[key].toLowerCase())
    .join(', ')
  return [
    { field: 'response', message: `For ${withArticle(item.nature)}, choose one of: ${fitting}` },
  ]
}

function unreasonedPriority(item: RaidItem): Violation[] {
  if (!item.priorityOverride || item.priorityReason) return []
  return [{ field: 'priority_reason', message: 'Enter a reason for changing the priority' }]
}

/**
 * Accepting a threat above appetite is the sponsor's decision, made on the risk's page. An appetite lowered since does
 * not block other changes.
 */
function unaccepted(item: RaidItem): Violation[] {
  const { appetite } = scoring()
  const isAsked = 'response' in item.$dirty || 'acceptedBy' in item.$dirty || hasWorsened(item)
  if (!isAsked || !isAcceptedByNobody(item)) return []
  const message = `Only the sponsor can accept a risk scored above ${appetite}. Save it without a response, then ask the sponsor to accept it on its page`
  return [{ field: 'response', message }]
}

/** A risk may keep a category that is no longer offered, but not be given it. */
function withdrawnCategory(item: RaidItem): Violation[] {
  const { category, $original: former } = item
  if (!category || category === former.category || isOffered(category)) return []
  return [{ field: 'category', message: 'Choose a category from the list' }]
}

function twoCounterparts(item: RaidItem): Violation[] {
  if (!item.counterpartProjectId) return []
  if (!item.counterpartExternalId && !item.counterpartMemberId) return []
  const message = 'Choose either a project or a person, not both'
  return [{ field: 'counterpart_project_id', message }]
}

const PEOPLE = {
  ownerId: 'owner_id',
  actioneeId: 'actionee_id',
  deciderId: 'decider_id',
  counterpartMemberId: 'counterpart_person_id',
} as const

/**
 * People must be members who may see the project, or be outside and offered for work; a counterpart project must belong
 * to the organisation.
 */
export async function unknownReferences(
  item: RaidItem,
  { viewer, project }: { viewer: Viewer; project: Project },
  readerIds: string[] = []
): Promise<Violation[]> {
  const named = Object.entries(PEOPLE).filter(([attribute]) => attribute in item.$dirty)
  const newReaders = await readersBesides(item, readerIds)
  const wanted = [
    ...named.map(([attribute]) => item[attribute as keyof typeof PEOPLE]),
    ...newReaders,
  ]
  const seeing = await seeingAmong(
    project,
    wanted.filter((id): id is string => Boolean(id))
  )
  const people = named
    .filter(([attribute]) => isUnknown(item[attribute as keyof typeof PEOPLE], seeing))
    .map(([, field]) => ({ field, message: 'Choose a member who can see this project' }))
  const readers = newReaders.some((id) => !seeing.has(id))
    ? [{ field: 'reader_ids', message: 'Choose members who can see this project' }]
    : []
  return [
    ...people,
    ...readers,
    ...(await unknownExternals(item, viewer.can('raid.update', project))),
    ...(await unknownCounterpart(item, viewer, project)),
  ]
}

/** Present readers stay named, so that saving a form does not silently remove them. */
async function readersBesides(item: RaidItem, ids: string[]) {
  if (ids.length === 0 || !item.$isPersisted) return ids
  const present = await RaidReader.of(item)
  return ids.filter((id) => !present.includes(id))
}

function isUnknown(id: string | null, seeing: Set<string>) {
  return Boolean(id) && !seeing.has(id!)
}

/** People who may change any entry can add people from outside; others leave them as they are. */
async function unknownExternals(item: RaidItem, mayInvolve: boolean): Promise<Violation[]> {
  const named = externalsIn(item, { changed: true })
  const assignable = await ExternalResource.assignable(named.map(({ id }) => id))
  return named
    .filter(({ id }) => !mayInvolve || !assignable.has(id))
    .map(({ field }) => ({
      field: string.snakeCase(field),
      message: 'Choose one of the people offered',
    }))
}

async function unknownCounterpart(
  item: RaidItem,
  viewer: Viewer,
  own: { id: string }
): Promise<Violation[]> {
  if (!item.$dirty.counterpartProjectId) return []
  const refused = (message: string) => [{ field: 'counterpart_project_id', message }]
  if (item.counterpartProjectId === own.id) return refused('Choose a project other than this one')
  const found = await Project.visibleTo(viewer)
    .where('projects.id', item.counterpartProjectId!)
    .first()
  if (!found) return refused('Choose one of your projects')
  if (!isOver(found.status)) return []
  return refused(`${found.code} is ${found.status}, so no one there can agree`)
}
