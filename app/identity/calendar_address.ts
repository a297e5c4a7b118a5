import { pageAddress } from '#identity/page_address'
import { seal, unseal } from '#identity/sealed'
import type { FeedKind } from '#models/calendar_feed/kinds'

const PURPOSE = 'calendar'

/** A new calendar address while it waits in the session for the page that tells it. */
type SealedAddress = { kind: FeedKind; sealed: string }

/** What waits for the next page, which tells the address once. */
export function sealedAddress(kind: FeedKind, secret: string): SealedAddress {
  return { kind, sealed: seal(secret, PURPOSE) }
}

/** The address in full; null for anything but what was just made. */
export function openedAddress(waiting: Partial<SealedAddress> | undefined) {
  const secret = unseal<string>(waiting?.sealed, PURPOSE)
  if (!secret || !waiting?.kind) return null
  return { kind: waiting.kind, address: pageAddress(`/calendar/${waiting.kind}/${secret}.ics`) }
}
