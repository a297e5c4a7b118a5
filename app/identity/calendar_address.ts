import { pageAddress } from '#identity/page_address'
import { seal, unseal } from '#identity/sealed'
import type { FeedKind } from '#models/calendar_feed/kinds'

const PURPOSE = 'calendar'

/** A new calendar address, waiting in the session for the page that shows it. */
type SealedAddress = { kind: FeedKind; sealed: string }

/** Stores it for the next page, which shows the address once. */
export function sealedAddress(kind: FeedKind, secret: string): SealedAddress {
  return { kind, sealed: seal(secret, PURPOSE) }
}

/** The full address; null for anything but the one just made. */
export function openedAddress(waiting: Partial<SealedAddress> | undefined) {
  const secret = unseal<string>(waiting?.sealed, PURPOSE)
  if (!secret || !waiting?.kind) return null
  return { kind: waiting.kind, address: pageAddress(`/calendar/${waiting.kind}/${secret}.ics`) }
}
