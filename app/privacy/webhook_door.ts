import { AsyncLocalStorage } from 'node:async_hooks'

const open = new AsyncLocalStorage<string>()

/**
 * The one exception to the closed way out: an organisation's own webhook, at the host that it named. Holds for
 * the requests made within `work` only. Nothing but the sender of webhooks may use it, which a test holds.
 */
export function throughWebhookDoor<T>(host: string, work: () => T): T {
  return open.run(host, work)
}

/** Whether the request under way is a webhook's, to this host. */
export function isWebhookTo({ host }: URL) {
  return open.getStore() === host
}
