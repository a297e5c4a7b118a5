import { addDays, today } from '#models/days'
import {
  tellImpasses,
  tellOverdue,
  tellReminders,
  tellRevisits,
} from '#models/deciding/reminder_notices'
import Round from '#models/deciding/round'
import { UNDER_REVIEW } from '#models/deciding/states'
import Gate from '#models/gate'
import GateDecision from '#models/gate_decision'
import GateDefaults from '#models/gate_defaults'
import GateReview from '#models/gate_review'
import Project from '#models/project'
import { isOver } from '#models/project/states'

/** How many days after a date it is still reported. */
const REACHED_WITHIN = 3

/**
 * Reminds those who have not voted that a gate is to be decided soon. Tells the PMO and the submitter if no one is left
 * who could decide it. Both once in a round; overdue decisions are reported each week. No one is reminded about a
 * project that is over.
 */
export async function remindDeciders() {
  const { reminderDays } = await GateDefaults.current()
  const rounds = await roundsUnderReview()
  const now = today()
  const last = addDays(now, reminderDays)
  const isNear = (day: string) => day >= now && day <= last
  await tellReminders(rounds.filter(({ review }) => isNear(review.decideBy)))
  await tellOverdue(rounds.filter(({ review }) => review.decideBy < now))
  await tellImpasses(rounds.filter(({ isAtAnImpasse }) => isAtAnImpasse))
}

async function roundsUnderReview() {
  const places = await placesOf(await GateReview.query().whereIn('status', UNDER_REVIEW))
  return Round.ofEach(
    places.map(({ row, project, gate }) => ({ project, gate, review: row.refersTo(gate) }))
  )
}

/**
 * Reports once that the date of a deferred gate has come, to those who would resume it. Dates further back are left
 * out: they were imported, or passed while no one was here, and the gate still shows them. Projects that are over are
 * left out too.
 */
export async function remindOfDeferred() {
  const due = await GateDecision.query()
    .where('outcome', 'deferred')
    .whereBetween('revisit_on', [addDays(today(), -REACHED_WITHIN), today()])
    .whereRaw(IS_STANDING)
  await tellRevisits((await placesOf(due)).filter(({ gate }) => gate.status === 'decided'))
}

/** True of the latest record of a gate. */
const IS_STANDING = `not exists (select from gate_decisions later
  where later.organisation_id = gate_decisions.organisation_id and later.gate_id = gate_decisions.gate_id
    and (later.decided_at, later.id) > (gate_decisions.decided_at, gate_decisions.id))`

/** Each with its gate and project; those of projects that are over are left out. */
async function placesOf<Row extends { projectId: string; gateId: string }>(rows: Row[]) {
  const projects = await Project.findMany(rows.map(({ projectId }) => projectId))
  const gates = await Gate.findMany(rows.map(({ gateId }) => gateId))
  return rows.flatMap((row) => {
    const project = projects.find(({ id }) => id === row.projectId)!
    const gate = gates.find(({ id }) => id === row.gateId)!
    return isOver(project.status) ? [] : [{ row, project, gate: gate.refersTo(project) }]
  })
}
