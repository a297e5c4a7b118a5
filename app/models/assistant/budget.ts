import AssistantSettings from '#models/assistant_settings'
import { refuse } from '#models/violation'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

const MICROS_PER_PENNY = 10_000
const WARNED_FROM = 0.8

/** What was spent and may be spent this month, in millionths of a pound; a `most` of null is no limit. */
export type Budget = { spent: number; most: number | null }

export type Budgets = { organisation: Budget; person: Budget }

/** Calls under way count with what they may cost at most; those whose server was lost, too. */
const SPENT = `case when status = 'running' then reserved_micros else cost_micros end`

/** The budgets of the organisation at work and of one of its members in this calendar month. */
export async function budgets(membershipId: string): Promise<Budgets> {
  const { trx, organisationId } = Tenancy.current()
  const { monthlyBudget, personalBudget } = await AssistantSettings.current()
  const [{ all, own }] = await sql(
    trx,
    `select coalesce(sum(${SPENT}), 0)::bigint as all,
            coalesce(sum(${SPENT}) filter (where membership_id = ?), 0)::bigint as own
       from ai_interactions
      where organisation_id = ? and asked_at >= date_trunc('month', now(), 'UTC')`,
    [membershipId, organisationId]
  )
  return {
    organisation: { spent: Number(all), most: limitOf(monthlyBudget) },
    person: { spent: Number(own), most: limitOf(personalBudget) },
  }
}

/**
 * Makes sure that a call which may cost so much fits in both budgets. Whoever reserves at the same time
 * waits until this transaction ends, so that no two are given the same money.
 */
export async function holdBudget(membershipId: string, most: number) {
  const { trx, organisationId } = Tenancy.current()
  await sql(trx, 'select from assistant_settings where id = ? for no key update', [organisationId])
  const { organisation, person } = await budgets(membershipId)
  if (!fits(organisation, most)) {
    refuse('question', 'The organisation’s budget for the assistant is spent for this month')
  }
  if (!fits(person, most))
    refuse('question', 'Your budget for the assistant is spent for this month')
}

/** How far a budget is used: 1 is all of it. Null where there is no limit. */
export function share({ spent, most }: Budget) {
  return most === null ? null : spent / most
}

/** Whether it is time to say so. */
export function isNearlySpent(budget: Budget) {
  return (share(budget) ?? 0) >= WARNED_FROM
}

function fits({ spent, most }: Budget, more: number) {
  return most === null || spent + more <= most
}

function limitOf(pence: number) {
  return pence === 0 ? null : pence * MICROS_PER_PENNY
}
