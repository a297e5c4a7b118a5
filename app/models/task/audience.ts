import RaidItem from '#models/raid_item'
import type Task from '#models/task'

/** Those who are told of something, and the entry that all of them must be able to see. */
export type Audience = { to: string[]; item: RaidItem | null }

/**
 * Divides those who are to be told of a task as it shows itself: its assignee and whoever added it see it
 * in any case, others only if they see the RAID entry that it answers.
 */
export async function audiencesOf(task: Task, to: string[]): Promise<Audience[]> {
  if (!task.raidItemId) return [{ to, item: null }]
  const insiders = [task.assigneeId, task.createdBy]
  return [
    { to: to.filter((id) => insiders.includes(id)), item: null },
    { to: to.filter((id) => !insiders.includes(id)), item: await RaidItem.find(task.raidItemId) },
  ]
}
