import { mentionOf } from '#models/text/mention'
import { notifyAll, type NewNotification } from '#models/notification'
import Project from '#models/project'
import type RaidItem from '#models/raid_item'
import Tenancy from '#tenancy/tenancy'

/**
 * Call it before saving items of one project. It notes who is about to be assigned them (new owners and deciders), and
 * returns a function that notifies those people once the items are saved. No one is notified of what they took
 * themselves, or twice about an item.
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
      ...given.map((item) => noticeOf(item, project, OWNER)),
      ...asked
        .filter(({ isSettled }) => !isSettled)
        .map((item) => noticeOf(item, project, DECIDER)),
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

function noticeOf(item: RaidItem, project: Project, part: Part): NewNotification {
  const { membershipId: actor } = Tenancy.current()
  const what = actor ? `${mentionOf(actor)} ${part.byName}` : part.byItself
  return {
    kind: 'assignment',
    to: [item[part.field]!],
    path: `/projects/${project.id}/raid/${item.id}`,
    title: `${what} ${item.calling}`,
    detail: item.description,
    key: `${part.key}:${item.id}:${item.lockVersion}`,
    project,
    item,
  }
}
