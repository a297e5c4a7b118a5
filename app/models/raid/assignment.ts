import { mentionOf } from '#models/mention'
import { notifyAll, type NewNotification } from '#models/notification'
import Project from '#models/project'
import type RaidItem from '#models/raid_item'
import Tenancy from '#tenancy/tenancy'

/** Tells the item's new owner that it is theirs, unless they took it themselves. */
export function tellOwner(item: RaidItem) {
  return tellOwners([item])
}

/** The same for many items of one project, with as many queries as for one. */
export async function tellOwners(items: RaidItem[]) {
  const { membershipId: actor } = Tenancy.current()
  const given = items.filter(({ ownerId }) => ownerId && ownerId !== actor)
  if (given.length === 0) return
  const project = await Project.findOrFail(given[0].projectId)
  await notifyAll(given.map((item) => noticeOf(item, project)))
}

function noticeOf(item: RaidItem, project: Project): NewNotification {
  const { membershipId: actor } = Tenancy.current()
  return {
    kind: 'assignment',
    to: [item.ownerId!],
    path: `/projects/${project.id}/raid/${item.id}`,
    title: actor
      ? `${mentionOf(actor)} made you the owner of ${item.calling}`
      : `You are now the owner of ${item.calling}`,
    detail: item.description,
    key: `owner:${item.id}:${item.lockVersion}`,
    project,
    item,
  }
}
