import { myConditions } from '#models/my_work/conditions'
import { myCriteria } from '#models/my_work/criteria'
import type { WorkSource } from '#models/my_work/item'
import { myRaidItems, myReviews } from '#models/my_work/raid_items'
import { myPublications } from '#models/my_work/publications'
import { myReports } from '#models/my_work/reports'
import { myTasks } from '#models/my_work/tasks'
import { myVotes } from '#models/my_work/votes'

/** Everything that can wait for a member, by what people call it. A new kind of work is a new line. */
export const workSources: Record<string, WorkSource> = {
  'tasks': myTasks,
  'RAID entries': myRaidItems,
  'reviews': myReviews,
  'gate criteria': myCriteria,
  'votes': myVotes,
  'conditions': myConditions,
  'status reports': myReports,
  'reports to publish': myPublications,
}
