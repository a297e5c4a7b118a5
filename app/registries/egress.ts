import { processors, type Processor, type Sources } from '#registries/processors'

/** Whether our servers may contact this address for this processor: over https, at its own hosts. */
export function mayReach(processor: string, address: string | URL) {
  const entry = processors.find(({ name }) => name === processor)
  return entry !== undefined && reaches(entry, new URL(address))
}

/** Whether any processor receives what our servers send to this address; `ours` are hosts served for us. */
export function mayLeaveTo(address: URL, ours: string[]) {
  if (isPlainHttps(address) && ours.includes(address.hostname)) return true
  return processors.some((entry) => reaches(entry, address))
}

/** What pages may load from processors that need consent, or from those that do not. */
export function sourcesOf(kind: keyof Sources, { afterConsent }: { afterConsent: boolean }) {
  return processors
    .filter(({ needsConsent }) => needsConsent === afterConsent)
    .flatMap(({ sources }) => sources?.[kind] ?? [])
}

/** Addresses of ours that a processor calls, signing its calls. */
export const webhooks = processors.flatMap((entry) => entry.webhooks ?? [])

function reaches({ reachedBy, hosts }: Processor, address: URL) {
  if (!reachedBy.includes('server') || !isPlainHttps(address)) return false
  const { hostname } = address
  return hosts.some((host) => (host.startsWith('.') ? hostname.endsWith(host) : hostname === host))
}

function isPlainHttps({ protocol, port }: URL) {
  return protocol === 'https:' && port === ''
}
