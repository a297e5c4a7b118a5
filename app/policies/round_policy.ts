import { BasePolicy } from '@adonisjs/bouncer'
import type { RoledProject, Viewer } from '#identity/viewer'

/** As much of a round as rights depend on. */
type Table = {
  seatOf(membershipId: string): object | null
  isChairedBy(membershipId: string): boolean
}

/** Rights at the table: a role in the project lets somebody sit there, the seat lets them speak. */
export default class RoundPolicy extends BasePolicy {
  speak(viewer: Viewer, round: Table, project: RoledProject) {
    return viewer.can('gate.decide', project) && round.seatOf(viewer.membershipId) !== null
  }

  chair(viewer: Viewer, round: Table, project: RoledProject) {
    return viewer.can('gate.decide', project) && round.isChairedBy(viewer.membershipId)
  }

  /** Taking a submission back is for whoever made it, and for the PMO. */
  withdraw(viewer: Viewer, review: { submittedBy: string }, project: RoledProject) {
    if (viewer.can('gate.withdraw', project)) return true
    return viewer.can('gate.submit', project) && review.submittedBy === viewer.membershipId
  }
}
