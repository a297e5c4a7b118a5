import { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import { today } from '#models/days'
import { boardProblems } from '#models/deciding/problems'
import { tellSubmitted } from '#models/deciding/notices'
import { FEWEST_POLLED } from '#models/deciding/poll'
import Round from '#models/deciding/round'
import { afterStep } from '#models/deciding/states'
import type Gate from '#models/gate'
import { readinessOf } from '#models/gate/readiness'
import GateBoard from '#models/gate_board'
import GatePackSection from '#models/gate_pack_section'
import GateReview from '#models/gate_review'
import type { Content } from '#models/pack/content'
import { contentOf, sealed } from '#models/pack/pack'
import type Project from '#models/project'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

type GivenSubmission = { note: string | null; decideBy: string }

/**
 * Submits a gate to its deciders: freezes what they decide on and begins a round of review. The gate's row stays
 * locked, so that two people who submit at once begin one round.
 */
export async function submit(
  project: Project,
  gate: Gate,
  given: GivenSubmission,
  lockVersion: number
) {
  await gate.lockRow(lockVersion)
  const status = afterStep(gate.status, 'submit')
  if (!status) refuse('gate', 'Only a gate in preparation can be submitted')
  if (given.decideBy < today()) refuse('decide_by', 'Enter today’s date or a later one')
  await refuseUnready(project, gate)
  const review = await beginRound(project, gate, given)
  gate.status = status
  await gate.saveRevision()
  await tellSubmitted(await Round.of(project, gate, review))
  return review
}

async function refuseUnready(project: Project, gate: Gate) {
  const { blockers } = await readinessOf(project, gate)
  const problems = await boardProblems(project, gate, Tenancy.current().membershipId)
  const count = new Set([...blockers, ...problems].map(({ title }) => title)).size
  if (count === 0) return
  const what = count === 1 ? 'Fix one thing before' : `Fix ${count} things before`
  refuse('gate', `${what} you submit the gate. The readiness page shows what.`)
}

async function beginRound(project: Project, gate: Gate, given: GivenSubmission) {
  const board = await GateBoard.of(gate)
  const last = await GateReview.of(gate).first()
  const begun: Begun = {
    id: uuidv7(),
    round: (last?.round ?? 0) + 1,
    submittedBy: Tenancy.current().membershipId!,
    submittedAt: DateTime.utc(),
  }
  const content = await contentOf(project, gate)
  const pack = packOf(project, gate, begun, content)
  const review = new GateReview().merge({
    ...begun,
    projectId: project.id,
    gateId: gate.id,
    status: 'submitted',
    managerId: project.managerId,
    note: given.note,
    decideBy: given.decideBy,
    decisionRule: board.decisionRule,
    quorum: board.quorum,
    isPolled: board.isPolled && countingIn(content) >= FEWEST_POLLED,
    pack: pack.manifest,
    packSha256: pack.sha256,
    lockVersion: 1,
  })
  await review.refersTo(gate).auditAs('gate_review.submitted').save()
  await GatePackSection.keep(review, pack)
  return review
}

type Begun = Pick<GateReview, 'id' | 'round' | 'submittedBy' | 'submittedAt'>

function packOf(project: Project, gate: Gate, begun: Begun, content: Content) {
  const head = {
    organisation: Tenancy.current().organisationId,
    project: project.id,
    gate: gate.id,
    review: begun.id,
    round: begun.round,
    submitted_by: begun.submittedBy,
    submitted_at: begun.submittedAt.toISO()!,
  }
  return sealed(head, content)
}

/** Advisers are heard, but do not count. */
function countingIn(content: Content) {
  return content.gate.lists.seats.filter(({ role }) => role !== 'adviser').length
}
