import { AsyncLocalStorage } from 'node:async_hooks'

const open = new AsyncLocalStorage<string>()

/**
 * The exceptions to the closed way out: an organisation's own webhook, at the host that it named, and the product's own
 * pages, which `privacy:verify` opens. Holds for the requests made within `work` only. Nothing else may use it, which a
 * test holds.
 */
export function throughDoor<T>(host: string, work: () => T): T {
  return open.run(host, work)
}

/** Whether the door stands open for the request under way, and leads to this host. */
export function isThroughDoor({ host }: URL) {
  return open.getStore() === host
}
