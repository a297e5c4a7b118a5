import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/**
 * From here to its end, the transaction runs each statement by a generic plan. For pages about one record or person:
 * where estimates depend on the values, PostgreSQL considers a custom plan cheaper, and planning takes longer than
 * running. Not for searches and lists, whose best plan depends on the values. Sent together with the next query.
 */
export function planOnce() {
  const { trx, unawaited } = Tenancy.current()
  unawaited.add(read(trx, `select set_config('plan_cache_mode', 'force_generic_plan', true)`))
}
