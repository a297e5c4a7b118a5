import { mentionOf } from '#models/mention'
import { notify } from '#models/notification'
import Project from '#models/project'
import type RaidItem from '#models/raid_item'
import Tenancy from '#tenancy/tenancy'

/** Tells the item's new owner that it is theirs, unless they took it themselves. */
export async function tellOwner(item: RaidItem) {
  const { membershipId: actor } = Tenancy.current()
  if (!item.ownerId || item.ownerId === actor) return
  const project = await Project.findOrFail(item.projectId)
  await notify({
    kind: 'assignment',
    to: [item.ownerId],
    path: `/projects/${project.id}/raid/${item.id}`,
    title: actor
      ? `${mentionOf(actor)} made you the owner of ${item.calling}`
      : `You are now the owner of ${item.calling}`,
    detail: item.description,
    key: `owner:${item.id}:${item.lockVersion}`,
    project,
    item,
  })
}
