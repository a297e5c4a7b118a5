import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

export type Address = { address: string; family: number }
type Resolve = (hostname: string) => Promise<Address[]>

/** Where webhooks may go. Tests of our own receiver open this machine; nothing else does. */
export type Destinations = { resolve: Resolve; isLoopbackOpen: boolean }

export const publicDestinations: Destinations = {
  resolve: (hostname) => lookup(hostname, { all: true, verbatim: true }),
  isLoopbackOpen: false,
}

/** The address is not one that webhooks are sent to; `failure` is what the log of deliveries says. */
export class DestinationRefused extends Error {
  constructor(readonly failure: 'address_form' | 'address_private' | 'address_unknown') {
    super(`A webhook's destination was refused: ${failure}`)
  }
}

/** Whether an address may be written down at all: https, a host name, the usual port, no credentials. */
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
 * Finds the address to connect to. Every address that the name has must be public: one that is not would be
 * reached sooner or later. Whoever connects uses the answer and does not ask again, so that a name cannot
 * change its mind in between.
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

/** Ranges of the IANA special-purpose registries that the library counts as ordinary. */
const RESERVED: [network: string, bits: number][] = [
  ['198.18.0.0', 15],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.175.48.0', 24],
  // IPv4 addresses in the form that was given up before ::ffff:.
  ['::', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fec0::', 10],
]

/** Ordinary addresses of the internet only; one inside another form, such as ::ffff:10.0.0.1, counts as itself. */
export function isPublic(text: string) {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.process(text)
  return (
    address.range() === 'unicast' &&
    !RESERVED.some(([network, bits]) => within(address, network, bits))
  )
}

function within(address: ipaddr.IPv4 | ipaddr.IPv6, network: string, bits: number) {
  const range = ipaddr.parse(network)
  return address.kind() === range.kind() && address.match(range as never, bits)
}
