import Tenancy from '#tenancy/tenancy'
import { sql } from '#tenancy/sql'

/**
 * Runs work during which every transaction does everything, including checks deferred to the commit, and is then rolled
 * back: requests answer as usual and change nothing.
 */
export async function rollingBack<T>(work: () => Promise<T>): Promise<T> {
  const usual = Tenancy.run
  Tenancy.run = (tenant, inside) =>
    usual.call(Tenancy, tenant, async (entry) => {
      const result = await inside(entry)
      await sql(Tenancy.current().trx, 'set constraints all immediate')
      Tenancy.fail('rolled back by the test')
      return result
    }) as any
  try {
    return await work()
  } finally {
    Tenancy.run = usual
  }
}
