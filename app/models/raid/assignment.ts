import { mentionOf } from '#models/text/mention'
import { notifyAll, type NewNotification } from '#models/notification'
import Project from '#models/project'
import { typePlurals } from '#models/raid/enumerations'
import type RaidItem from '#models/raid_item'
import Tenancy from '#tenancy/tenancy'

/**
 * Call it before saving items of one project. It notes who is about to be assigned them (new owners and deciders), and
 * returns a function that notifies those people once the items are saved: with one notice for one item, and one for
 * several at once. No one is notified of what they took themselves, or twice about an item.
 */
export function tellPeople(items: RaidItem[]) {
  const given = items.filter((item) => isNews(item, 'ownerId'))
  const asked = items.filter(
    (item) =>
      isNews(item, 'deciderId') && !(given.includes(item) && item.ownerId === item.deciderId)
  )
  return async () => {
    if (given.length + asked.length === 0) return
    const project = await Project.findOrFail([...given, ...asked][0].projectId)
    await notifyAll([
      ...noticesOf(given, project, OWNER),
      ...noticesOf(
        asked.filter(({ isSettled }) => !isSettled),
        project,
        DECIDER
      ),
    ])
  }
}

function isNews(item: RaidItem, who: 'ownerId' | 'deciderId') {
  const { membershipId: actor } = Tenancy.current()
  return who in item.$dirty && Boolean(item[who]) && item[who] !== actor
}

type Part = {
  field: 'ownerId' | 'deciderId'
  key: string
  byName: string
  byItself: string
}

const OWNER: Part = {
  field: 'ownerId',
  key: 'owner',
  byName: 'made you the owner of',
  byItself: 'You are now the owner of',
}
const DECIDER: Part = {
  field: 'deciderId',
  key: 'decider',
  byName: 'asks you to decide',
  byItself: 'You are asked to decide',
}

function noticesOf(items: RaidItem[], project: Project, part: Part) {
  const byPerson = Map.groupBy(items, (item) => item[part.field]!)
  return [...byPerson.values()].map((theirs) =>
    theirs.length === 1 ? oneItem(theirs[0], project, part) : severalItems(theirs, project, part)
  )
}

function oneItem(item: RaidItem, project: Project, part: Part): NewNotification {
  return {
    kind: 'assignment',
    to: [item[part.field]!],
    path: `/projects/${project.id}/raid/${item.id}`,
    title: `${actOf(part)} ${item.calling}`,
    detail: item.description,
    key: `${part.key}:${item.id}:${item.lockVersion}`,
    project,
    item,
  }
}

/** By their refs alone, however confidential they are. */
function severalItems(items: RaidItem[], project: Project, part: Part): NewNotification {
  const [{ id, type, lockVersion, [part.field]: person }] = items
  const isOfOneType = items.every((item) => item.type === type)
  const what = isOfOneType ? typePlurals[type].toLowerCase() : 'RAID entries'
  const isListed = isOfOneType && part === OWNER
  return {
    kind: 'assignment',
    to: [person!],
    path: isListed ? `/projects/${project.id}/raid?type=${type}&owner=me` : '/work',
    title: `${actOf(part)} ${items.length} ${what} in ${project.code}`,
    detail: items.map(({ ref }) => ref).join(', '),
    key: `${part.key}s:${id}:${lockVersion}`,
    project,
  }
}

function actOf({ byName, byItself }: Part) {
  const { membershipId: actor } = Tenancy.current()
  return actor ? `${mentionOf(actor)} ${byName}` : byItself
}
