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
 * Divides the people to be told of a task by what they may see of it: its assignee and its author see it in any case,
 * others only if they see the RAID entry that it answers. A task that answers an entry for a few people is called by its
 * ref alone, because notices become mails.
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
