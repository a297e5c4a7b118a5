import { createHash } from 'node:crypto'
import { cookies } from '#registries/cookies'
import { processors } from '#registries/processors'

/** What people consent to: the cookies and companies behind it. */
const asked = {
  purpose: 'analytics',
  cookies: cookies.filter(({ category }) => category === 'analytics'),
  processors: processors.filter(({ needsConsent }) => needsConsent),
}

/** Identifies what was consented to. When it changes, everyone is asked again. */
export const consentNotice = createHash('sha256').update(JSON.stringify(asked)).digest('hex')
