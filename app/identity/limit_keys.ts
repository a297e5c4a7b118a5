import { createHmac } from 'node:crypto'
import { isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'
import { limits, type LimitName } from '#registries/limits'
import env from '#start/env'

/** The limiter's prefix for each key. */
export const KEY_PREFIX = 'limit'

/** How much of an IPv6 address counts: someone who has one usually has the 2^64 beside it. */
const NETWORK_GROUPS = 4

/** The key under which requests of a person or an address count: a keyed hash that reveals neither. */
export function limitKey(name: LimitName, subject: string) {
  return createHmac('sha256', env.get('APP_KEY').release())
    .update(`limit.${name}:${subject}`)
    .digest('base64url')
}

/** Every key under which a person may appear in the table. */
export function limitKeysOf(userId: string | null) {
  if (!userId) return []
  return (Object.keys(limits) as LimitName[])
    .filter((name) => limits[name].by === 'person')
    .map((name) => `${KEY_PREFIX}:${limitKey(name, userId)}`)
}

/** What counts as one: an IPv4 address, or the network of an IPv6 one. */
export function networkOf(address: string) {
  if (!isIPv6(address)) return address
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  return parsed.toNormalizedString().split(':').slice(0, NETWORK_GROUPS).join(':')
}
