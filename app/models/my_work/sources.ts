import { myConditions } from '#models/my_work/conditions'
import { myCriteria } from '#models/my_work/criteria'
import { myDecisions } from '#models/my_work/decisions'
import { myDependencies } from '#models/my_work/dependencies'
import { myEscalations } from '#models/my_work/escalations'
import { myGates } from '#models/my_work/gates'
import type { WorkSource } from '#models/my_work/item'
import { myRaidItems, myReviews } from '#models/my_work/raid_items'
import { myPublications } from '#models/my_work/publications'
import { myRequests } from '#models/my_work/requests'
import { myReports } from '#models/my_work/reports'
import { myTasks } from '#models/my_work/tasks'
import { myUnledProjects } from '#models/my_work/unled_projects'
import { myVotes } from '#models/my_work/votes'
import { myWaivers } from '#models/my_work/waivers'

/** Everything that can wait for a member, with its label. A new kind of work is a new line. */
export const workSources: Record<string, { name: string; read: WorkSource }> = {
  tasks: { name: 'tasks', read: myTasks },
  entries: { name: 'RAID entries', read: myRaidItems },
  decisions: { name: 'decisions to make', read: myDecisions },
  dependencies: { name: 'dependencies to answer', read: myDependencies },
  escalations: { name: 'escalations to answer', read: myEscalations },
  reviews: { name: 'reviews', read: myReviews },
  criteria: { name: 'gate criteria', read: myCriteria },
  waivers: { name: 'waivers to answer', read: myWaivers },
  gates: { name: 'gates to submit', read: myGates },
  votes: { name: 'votes', read: myVotes },
  conditions: { name: 'conditions', read: myConditions },
  reports: { name: 'status reports', read: myReports },
  unled: { name: 'projects without a manager', read: myUnledProjects },
  requests: { name: 'project requests', read: myRequests },
  publications: { name: 'reports to publish', read: myPublications },
}
