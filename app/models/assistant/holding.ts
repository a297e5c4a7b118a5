import { budgets, fits } from '#models/assistant/budget'
import { tellRefused, type Asker } from '#models/assistant/budget_notices'
import { refuse } from '#models/violation'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

const spentMessage = (whose: string) =>
  `${whose} assistant budget for this month has run out. It renews on the 1st, or an owner or admin can raise it.`

const spentBudgets = {
  organisation: spentMessage('The organisation’s'),
  person: spentMessage('Your'),
}

/**
 * Makes sure that a call which may cost this much fits in both budgets; if not, the people concerned are notified.
 * Other reservations wait until this transaction ends, so that no two get the same money.
 */
export async function holdBudget(asker: Asker, most: number) {
  const { trx, organisationId } = Tenancy.current()
  await sql(trx, 'select from assistant_settings where id = ? for no key update', [organisationId])
  const found = await budgets(asker.membershipId)
  const spent = (['organisation', 'person'] as const).find((whose) => !fits(found[whose], most))
  if (!spent) return
  tellRefused(asker, spent)
  refuse('question', spentBudgets[spent])
}
