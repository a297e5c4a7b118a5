import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/**
 * From here to its end the transaction under way runs each statement by the one plan that fits any values. For pages that
 * ask for what hangs on one record or person: where the estimate goes by the values PostgreSQL reckons a plan of its own
 * cheaper, and planning takes longer than running. Not for searches and lists, whose best plan depends on what is asked.
 * It leaves with what is asked for next.
 */
export function planOnce() {
  const { trx, unawaited } = Tenancy.current()
  unawaited.add(read(trx, `select set_config('plan_cache_mode', 'force_generic_plan', true)`))
}
