import { BasePolicy } from '@adonisjs/bouncer'
import type { RoledProject, Viewer } from '#identity/viewer'

/** The parts of a round that rights depend on. */
type Table = {
  seatOf(membershipId: string): object | null
  isChairedBy(membershipId: string): boolean
}

/** Rights on the board: a role in the project lets someone sit there, and the seat lets them vote. */
export default class RoundPolicy extends BasePolicy {
  speak(viewer: Viewer, round: Table, project: RoledProject) {
    return viewer.can('gate.decide', project) && round.seatOf(viewer.membershipId) !== null
  }

  chair(viewer: Viewer, round: Table, project: RoledProject) {
    return viewer.can('gate.decide', project) && round.isChairedBy(viewer.membershipId)
  }

  /** A submission can be withdrawn by the person who made it, and by the PMO. */
  withdraw(viewer: Viewer, review: { submittedBy: string }, project: RoledProject) {
    if (viewer.can('gate.withdraw', project)) return true
    return viewer.can('gate.submit', project) && review.submittedBy === viewer.membershipId
  }
}
