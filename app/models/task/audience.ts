import RaidItem from '#models/raid_item'
import type Task from '#models/task'
import { isGuarded } from '#models/task/guarding'

/** Those who are told of something, and the entry that all of them must be able to see. */
type Audience = {
  to: string[]
  item: RaidItem | null
  /** What the task is called before them. */
  calling: string
  isKeptHere: boolean
}

/**
 * Divides those who are to be told of a task as it shows itself: its assignee and whoever added it see it
 * in any case, others only if they see the RAID entry that it answers. What answers an entry that is kept to
 * a few people is called by its ref alone: notices become mails.
 */
export async function audiencesOf(task: Task, to: string[]): Promise<Audience[]> {
  const item = task.raidItemId ? await RaidItem.findOrFail(task.raidItemId) : null
  const isKeptHere = isGuarded(item)
  const told = { calling: isKeptHere ? task.ref : task.calling, isKeptHere }
  if (!item) return [{ to, item, ...told }]
  const insiders = [task.assigneeId, task.createdBy]
  return [
    { to: to.filter((id) => insiders.includes(id)), item: null, ...told },
    { to: to.filter((id) => !insiders.includes(id)), item, ...told },
  ]
}
