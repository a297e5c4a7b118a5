import RaidItem from '#models/raid_item'
import type Task from '#models/task'
import { isGuarded } from '#models/task/guarding'

/** The people to notify, and the entry that all of them must be able to see. */
type Audience = {
  to: string[]
  item: RaidItem | null
  /** How they know the task. */
  calling: string
  isKeptHere: boolean
}

/**
 * Divides the people to notify about a task by what they may see of it: its assignee and its author always see it,
 * others only if they see the RAID entry it responds to. A task that responds to an entry for a few people is named by
 * its ref alone, because notices become mails.
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
