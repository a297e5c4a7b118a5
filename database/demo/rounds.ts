import { claim, verify } from '#models/condition/steps'
import { decide } from '#models/deciding/decision'
import type { Outcome } from '#models/deciding/enumerations'
import { giveConfidence } from '#models/deciding/polling'
import { prepare } from '#models/deciding/preparation'
import { propose, type GivenProposal } from '#models/deciding/proposing'
import Round from '#models/deciding/round'
import { submit } from '#models/deciding/submission'
import { castVote } from '#models/deciding/voting'
import Gate from '#models/gate'
import GateCondition from '#models/gate_condition'
import type GateReview from '#models/gate_review'
import Notification from '#models/notification'
import Project from '#models/project'
import { day } from './items.js'
import { asOf } from './past.js'

type Condition = {
  text: string
  owner: string
  /** The date itself, which is the same whenever it is asked for. */
  due: string
  /** The day on which it was met; absent while it is open. */
  met?: number
}

/** The outcome of a submitted gate, in days from now. */
export type DemoRound = {
  submitted: number
  note: string
  /** The confidence of the chair, and of the other decider. */
  confidence: [number, number]
  decision?: {
    on: number
    outcome: Outcome
    vote: string
    minutes: string
    conditions?: Condition[]
  }
}

/** Who acts: people by their keys in the demo. */
export type Cast = {
  manager: string
  chair: string
  decider: string
  as<T>(key: string, work: () => Promise<T>): Promise<T>
  idOf(key: string): string
}

/** Takes a gate through a round of review, each step by the right person and on its day. */
export async function holdRound(project: Project, gateId: string, round: DemoRound, cast: Cast) {
  const { manager, chair, decider } = cast
  const review = await asOf(round.submitted, () =>
    cast.as(manager, () => submitted(project, gateId, round.note))
  )
  const step = (on: number, key: string, work: (present: Round) => Promise<unknown>) =>
    asOf(on, () => cast.as(key, async () => work(await roundOf(project, review))))
  await step(round.submitted + 1, decider, (present) =>
    giveConfidence(present, round.confidence[1])
  )
  await step(round.submitted + 1, chair, (present) => giveConfidence(present, round.confidence[0]))
  if (!round.decision) return
  const { on, outcome, vote, minutes, conditions = [] } = round.decision
  await step(on, decider, (present) => castVote(present, { vote: outcome, comment: vote }))
  for (const condition of conditions) {
    await step(on, chair, (present) => propose(present, proposalOf(condition, cast)))
  }
  await step(on, chair, (present) =>
    decide(
      present,
      { outcome, rationale: minutes, revisitOn: null, criterionIds: [] },
      present.review.lockVersion
    )
  )
  for (const condition of conditions) await meet(project, condition, cast)
  await asOf(on, () => cast.as(manager, markRead))
}

async function submitted(project: Project, gateId: string, note: string) {
  const gate = await Gate.findIn(project, gateId)
  if (gate.status === 'planned') await prepare(gate)
  const given = { note, decideBy: day(14) }
  return submit(await Project.findOrFail(project.id), gate, given, gate.lockVersion)
}

function roundOf(project: Project, { gateId, id }: GateReview) {
  return Round.locked(project, gateId, id)
}

function proposalOf({ text, owner, due }: Condition, { idOf }: Cast): GivenProposal {
  return { text, ownerId: idOf(owner), kind: 'by_date', dueOn: due }
}

/** The owner shows that a condition is met, and the PMO confirms it. */
async function meet(project: Project, { text, owner, met }: Condition, cast: Cast) {
  if (met === undefined) return
  const condition = async () =>
    (await GateCondition.of(project).where('text', text).firstOrFail()).refersTo(project)
  await asOf(met, () =>
    cast.as(owner, async () => claim(project, await condition(), 'The signed copy is filed.', 1))
  )
  await asOf(met, () => cast.as('pmo', async () => verify(project, await condition(), null, 2)))
}

/** No one needs to be notified of old decisions. */
async function markRead() {
  await Notification.query().whereNull('read_at').update({ read_at: new Date().toISOString() })
}
