import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import { isThroughDoor } from '#privacy/door'
import { mayLeaveTo } from '#registries/egress'

const REQUESTS = 'http.client.request.created'
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/

/** The hosts that our servers may reach: `ours` are host names that a processor serves for us. */
type Egress = {
  ours: string[]
  loopback: boolean
  /** The operator's own collector of metrics, which contain no personal data; an origin. */
  collector?: string
}

/** A request to a host that belongs to no processor of the registry. */
export class EgressRefused extends Error {
  constructor({ hostname }: URL) {
    super(`No registered processor is reached at ${hostname}. See app/registries/processors.ts`)
  }
}

/**
 * Blocks the ways in which libraries speak HTTP, fetch and node:http, to every host that the policy does not name,
 * redirects included. Returns a function that unblocks them.
 */
export function guardEgress(allowed: Egress) {
  const originalFetch = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    const address = addressOf(input)
    refuseUnlessAllowed(address, allowed)
    return originalFetch(input, isLoopback(address) ? init : { redirect: 'error', ...init })
  }
  const judge = (message: unknown) => endUnlessAllowed(message, allowed)
  subscribe(REQUESTS, judge)
  return () => {
    globalThis.fetch = originalFetch
    unsubscribe(REQUESTS, judge)
  }
}

function refuseUnlessAllowed(address: URL, { ours, loopback, collector }: Egress) {
  if (address.protocol === 'data:' || (loopback && isLoopback(address))) return
  if (address.origin === collector || isThroughDoor(address)) return
  if (!mayLeaveTo(address, ours)) throw new EgressRefused(address)
}

/** An error thrown by a subscriber is lost; the request's own is not. */
function endUnlessAllowed(message: unknown, allowed: Egress) {
  const { request } = message as { request: ClientRequest }
  try {
    refuseUnlessAllowed(new URL(`${request.protocol}//${request.getHeader('host')}`), allowed)
  } catch (error) {
    request.destroy(error as Error)
  }
}

function addressOf(input: Parameters<typeof fetch>[0]) {
  return new URL(input instanceof Request ? input.url : String(input))
}

function isLoopback({ hostname }: URL) {
  return LOOPBACK.test(hostname)
}
