import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

export type Address = { address: string; family: number }
type Resolve = (hostname: string) => Promise<Address[]>

/** Where webhooks may go. Tests of our own receiver allow this machine; nothing else does. */
export type Destinations = { resolve: Resolve; isLoopbackOpen: boolean }

export const publicDestinations: Destinations = {
  resolve: (hostname) => lookup(hostname, { all: true, verbatim: true }),
  isLoopbackOpen: false,
}

/** Webhooks are not sent to this address; `failure` is what the log of deliveries says. */
export class DestinationRefused extends Error {
  constructor(readonly failure: 'address_form' | 'address_private' | 'address_unknown') {
    super(`A webhook's destination was refused: ${failure}`)
  }
}

/** Whether an address can be saved at all: https, a host name, the usual port, no credentials. */
export function isWebhookUrl(text: string) {
  return URL.canParse(text) && hasPublicForm(new URL(text))
}

function hasPublicForm({ protocol, port, username, password, hash, hostname }: URL) {
  if (protocol !== 'https:' || port !== '' || username || password || hash) return false
  return (
    hostname.includes('.') && !hostname.endsWith('.') && !isIP(hostname.replace(/^\[|\]$/g, ''))
  )
}

/**
 * Finds the address to connect to. Every address of the name must be public: a private one would be reached sooner or
 * later. The caller connects to the result without another look-up, so that the name cannot change in between.
 */
export async function destinationOf(url: URL, { resolve, isLoopbackOpen }: Destinations) {
  if (isLoopbackOpen && url.hostname === '127.0.0.1') return { address: '127.0.0.1', family: 4 }
  if (!hasPublicForm(url)) throw new DestinationRefused('address_form')
  const found = await resolve(url.hostname).catch(() => [])
  if (found.length === 0) throw new DestinationRefused('address_unknown')
  if (!found.every(({ address }) => isPublic(address))) {
    throw new DestinationRefused('address_private')
  }
  return found[0]
}

/** IPv4 addresses in the form that ::ffff: replaced, which the library counts as ordinary. */
const COMPATIBLE = ipaddr.IPv6.parseCIDR('::/96')

/** Ordinary addresses of the internet only; one inside another form, such as ::ffff:10.0.0.1, counts as itself. */
export function isPublic(text: string) {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.process(text)
  if (address instanceof ipaddr.IPv6 && address.match(COMPATIBLE)) return false
  return address.range() === 'unicast'
}
