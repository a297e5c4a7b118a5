import { AsyncLocalStorage } from 'node:async_hooks'

const open = new AsyncLocalStorage<string>()

/**
 * The exceptions to the egress guard: an organisation's own webhook, at the host it named, and the product's own pages,
 * which `privacy:verify` opens. Applies only to requests made within `work`. A test makes sure that nothing else uses
 * it.
 */
export function throughDoor<T>(host: string, work: () => T): T {
  return open.run(host, work)
}

/** Whether the exception applies to the request under way, and to this host. */
export function isThroughDoor({ host }: URL) {
  return open.getStore() === host
}
