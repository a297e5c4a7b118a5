import Tenancy, { RolledBack } from '#tenancy/tenancy'
import { withoutRowSecurity } from '#tests/support/admin'
import { Item, Work } from '#tests/support/tenant_models'
import { type Twins } from '#tests/support/twins'

/** What a probe may use: ids that both organisations have, and ids that only the other one has. */
export type Probe = (world: Twins) => Promise<unknown> | PromiseLike<unknown>

/** The transaction of the organisation at work. */
export const trx = () => Tenancy.current().trx

/** A probe of the work, or of an item, that both organisations have. */
export const onWork = (probe: (work: Work, world: Twins) => unknown): Probe => {
  return async (world) => probe(await Work.findOrFail(world.ids.project), world)
}

export const onItem = (probe: (item: Item, world: Twins) => unknown): Probe => {
  return async (world) => probe(await Item.findOrFail(world.ids.items[0]), world)
}

/** Runs work in our organisation with row security off, and rolls back, so that probes do not affect each other. */
export async function inside<T>({ ours }: Twins, work: () => Promise<T>): Promise<T> {
  let result: T
  await withoutRowSecurity(() =>
    ours.inside(async () => {
      result = await work()
      Tenancy.fail('the probe is over')
    })
  ).catch((error) => {
    if (!(error instanceof RolledBack)) throw error
  })
  return result!
}

/** Probes as a data set of tests. */
export function named(probes: Record<string, Probe>) {
  return Object.entries(probes).map(([name, probe]) => ({ name, probe }))
}

/** A probe's answer, as values. */
export function plain(rows: unknown) {
  return JSON.parse(JSON.stringify(rows ?? null))
}
