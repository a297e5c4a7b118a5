import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { change } from '#tenancy/sql'

/** Deletes the counts whose window has ended; returns how many. The limiter's clock is milliseconds. */
export function sweepLimits(client: Pick<QueryClientContract, 'rawQuery'>) {
  return change(client, 'delete from rate_limits where expire <= extract(epoch from now()) * 1000')
}
