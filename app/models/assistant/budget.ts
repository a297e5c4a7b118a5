import AssistantSettings from '#models/assistant_settings'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

const MICROS_PER_PENNY = 10_000
const WARNED_FROM = 0.8

/** What was spent and may be spent this month, in millionths of a pound; a `most` of null means no limit. */
export type Budget = { spent: number; most: number | null }

export type Budgets = { organisation: Budget; person: Budget }

/** Calls under way count with the most they can cost; so do those whose server was lost. */
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

/** How much of a budget is used: 1 is all of it. Null without a limit. */
export function share({ spent, most }: Budget) {
  return most === null ? null : spent / most
}

/** Whether it is time to say so. */
export function isNearlySpent(budget: Budget) {
  return (share(budget) ?? 0) >= WARNED_FROM
}

/** Whether this much more can be spent. */
export function fits({ spent, most }: Budget, more: number) {
  return most === null || spent + more <= most
}

function limitOf(pence: number) {
  return pence === 0 ? null : pence * MICROS_PER_PENNY
}
