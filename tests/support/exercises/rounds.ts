import type { Exercise } from '#tests/support/exercises'
import type { Scene } from '#tests/support/scene'
import { inDays, Table, type Seats } from '#tests/support/table'
import type GateReview from '#models/gate_review'

type Terms = NonNullable<Parameters<Table['seat']>[1]>
type Round = {
  table: Table
  review: GateReview
  params: { project_id: string; gate_id: string; id: string }
}

const SEATS: Seats = { chair: 'chair', gate_decider: 'decider' }

/** How to make each audited route of a review succeed once, each on a new round. */
export const roundExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'gate_preparations.store': async (scene) => {
    const table = await tableIn(scene)
    return { as: 'manager', params: { project_id: table.project.id, gate_id: table.gate.id } }
  },
  'gate_reviews.store': async (scene) => {
    const table = await tableIn(scene)
    await table.seat(SEATS)
    await table.ready()
    return {
      as: 'manager',
      params: { project_id: table.project.id, gate_id: table.gate.id },
      body: { decide_by: inDays(5), lock_version: 1 },
    }
  },
  'gate_packs.export': async (scene) => {
    const { params } = await roundIn(scene)
    return { as: 'viewer', params }
  },
  'gate_withdrawals.store': async (scene) => {
    const { params } = await roundIn(scene)
    return { as: 'manager', params, body: { reason: 'The estimate is wrong' } }
  },
  'gate_confidences.update': async (scene) => {
    const { params } = await roundIn(scene, { isPolled: true })
    return { as: 'gate_decider', params, body: { score: 7 } }
  },
  'gate_poll_openings.store': async (scene) => {
    const { params } = await roundIn(scene, { isPolled: true })
    return { as: 'sponsor', params }
  },
  'gate_votes.update': async (scene) => {
    const { params } = await roundIn(scene)
    return { as: 'gate_decider', params, body: { vote: 'approved' } }
  },
  'gate_proposals.store': async (scene) => {
    const { params, table } = await roundIn(scene)
    const { membershipId } = table.people.manager
    return {
      as: 'sponsor',
      params,
      body: { text: 'Permit', owner_id: membershipId, kind: 'by_date', due_on: inDays(9) },
    }
  },
  'gate_proposals.destroy': async (scene) => {
    const { params, table, review } = await roundIn(scene)
    await table.propose(review)
    const rows = await table.rows('gate_condition_proposals')
    return { as: 'sponsor', params: { ...params, proposal_id: rows.at(-1)!.id } }
  },
  'gate_decisions.store': async (scene) => {
    const { params, table, review } = await roundIn(scene)
    await table.vote(review, 'gate_decider', 'approved')
    return {
      as: 'sponsor',
      params,
      body: { outcome: 'rejected', rationale: 'Too dear', lock_version: 2 },
    }
  },
  'gate_corrections.store': async (scene) => {
    const { params, table, review } = await roundIn(scene)
    await table.vote(review, 'gate_decider', 'approved')
    const { id } = await table.decide(review, 'rejected')
    return {
      as: 'sponsor',
      params,
      body: {
        outcome: 'rejected',
        rationale: 'Still too dear',
        reason: 'A wrong date',
        supersedes_id: id,
      },
    }
  },
  'gate_condition_claims.store': async (scene) => {
    const { params } = await conditionIn(scene)
    return { as: 'manager', params, body: { claim: 'Here it is', lock_version: 1 } }
  },
  'gate_condition_verifications.store': async (scene) => {
    const { params } = await conditionIn(scene, { claimed: true })
    return { as: 'pmo', params, body: { lock_version: 2 } }
  },
  'gate_condition_verifications.destroy': async (scene) => {
    const { params } = await conditionIn(scene, { claimed: true })
    return { as: 'sponsor', params, body: { answer: 'Not signed', lock_version: 2 } }
  },
  'gate_condition_waivers.store': async (scene) => {
    const { params } = await conditionIn(scene)
    return { as: 'sponsor', params, body: { answer: 'No longer needed', lock_version: 1 } }
  },
  'gate_condition_owners.update': async (scene) => {
    const { params, table } = await conditionIn(scene)
    const { membershipId } = table.people.team
    return { as: 'pmo', params, body: { owner_id: membershipId, lock_version: 1 } }
  },
}

/** A new project with the scene's people, since a gate has one round at a time. */
async function tableIn({ world }: Scene): Promise<Table> {
  const table = await Table.in(world)
  table.sitting.gate_decider = await world.person('gate_decider')
  return table
}

/** The same with its first gate under review. */
async function roundIn(scene: Scene, terms: Partial<Terms> = {}): Promise<Round> {
  const table = await tableIn(scene)
  const review = await table.open(SEATS, terms)
  const params = { project_id: table.project.id, gate_id: review.gateId, id: review.id }
  return { table, review, params }
}

/** A gate approved with a condition that the manager owns. */
async function conditionIn(scene: Scene, { claimed = false } = {}) {
  const { table, review } = await roundIn(scene)
  await table.vote(review, 'gate_decider', 'approved')
  await table.propose(review)
  await table.decide(review, 'approved_with_conditions')
  const condition = await table.condition()
  if (claimed) await table.claim(condition)
  return { table, params: { project_id: table.project.id, id: condition.id } }
}
