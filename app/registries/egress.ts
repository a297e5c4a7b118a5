import { processors } from '#registries/processors'

/** Whether our servers may talk to this address on behalf of this processor: over https, at its own hosts. */
export function mayReach(processor: string, address: string | URL) {
  const { protocol, hostname, port } = new URL(address)
  const entry = processors.find(({ name }) => name === processor)
  if (!entry?.reachedBy.includes('server') || protocol !== 'https:' || port !== '') return false
  return entry.hosts.some((host) =>
    host.startsWith('.') ? hostname.endsWith(host) : hostname === host
  )
}
