import { daysBetween, inWords, today } from '#models/days'
import { nameOf, notice } from '#models/deciding/notice'
import type Round from '#models/deciding/round'
import type Gate from '#models/gate'
import type GateDecision from '#models/gate_decision'
import Membership from '#models/membership'
import { eachOrOffice } from '#models/membership/standing_in'
import { notifyAll } from '#models/notification'
import type Project from '#models/project'

/** Reminds the members of each board who have not voted yet. */
export function tellReminders(rounds: Round[]) {
  return notifyAll(
    rounds.map((round) =>
      notice(round, {
        kind: 'gate_reminder',
        to: silentIn(round).flatMap(({ holderId }) => holderId ?? []),
        title: `${nameOf(round)} is waiting for you`,
        detail: `Decide by ${inWords(round.review.decideBy)}.`,
        key: `gate-reminder:${round.review.id}`,
      })
    )
  )
}

/** Tells the same people, and the chair who records the decision, that the date has passed: again each week. */
export function tellOverdue(rounds: Round[]) {
  return notifyAll(
    rounds.map((round) => {
      const { id, decideBy } = round.review
      const asked = [...silentIn(round), ...(round.chair ? [round.chair] : [])]
      const weeks = Math.floor((daysBetween(decideBy, today()) - 1) / 7)
      return notice(round, {
        kind: 'gate_reminder',
        to: asked.flatMap(({ holderId }) => holderId ?? []),
        title: `${nameOf(round)} is overdue`,
        detail: `It was to be decided by ${inWords(decideBy)}.`,
        key: `gate-overdue:${id}:${weeks}`,
      })
    })
  )
}

function silentIn(round: Round) {
  return round.review.isPolling
    ? round.polled.filter(({ memberId }) => !round.answered.includes(memberId))
    : round.seats.filter(({ memberId }) => round.voteOf(memberId) === null)
}

/** Tells those who can withdraw each that it can no longer be decided, because people have left the board. */
export async function tellImpasses(rounds: Round[]) {
  if (rounds.length === 0) return
  const office = await Membership.holding('pmo')
  await notifyAll(
    rounds.map((round) =>
      notice(round, {
        kind: 'gate_reminder',
        to: [round.review.submittedBy, ...office],
        title: `${nameOf(round)} can no longer be decided`,
        detail:
          'Too few people can still vote. Withdraw the submission, choose new deciders and submit the gate again.',
        key: `gate-impasse:${round.review.id}`,
      })
    )
  )
}

/** A gate that was deferred to a day. */
type Deferred = { project: Project; gate: Gate; row: GateDecision }

/** Tells those who would resume each that the date to which it was deferred has come. */
export async function tellRevisits(deferred: Deferred[]) {
  const managersOf = await eachOrOffice(deferred.map(({ project }) => project.managerId))
  await notifyAll(
    deferred.map(({ project, gate, row: decision }) => ({
      kind: 'gate_reminder',
      to: [...managersOf(project.managerId), project.sponsorId, decision.chairId].filter(
        (id) => id !== null
      ),
      project,
      path: `/projects/${project.id}/gates/${gate.id}`,
      title: `${gate.ref} ${gate.name} was deferred until today`,
      detail: `It was deferred to ${inWords(decision.revisitOn!)}. Prepare and submit it again.`,
      key: `gate-revisit:${decision.id}`,
    }))
  )
}
