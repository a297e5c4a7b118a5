import { beginning } from '#models/text/beginning'
import { ONE_LINE, seen } from '#models/text/plain_line'
import { SignInRefused } from '#identity/sign_in_refused'

/** All that is kept of what the identity provider says about a person. */
export type Identity = { subject: string; email: string; name: string }

const EMAIL = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,189}$/

/** Reads who it is from a verified id_token and drops every other claim. Throws without a verified email. */
export function claimedIdentity(claims: Record<string, unknown>): Identity {
  const { sub, email, email_verified: verified, name } = claims
  if (typeof sub !== 'string' || sub === '' || sub.length > 255)
    throw new SignInRefused('untrusted')
  if (typeof email !== 'string' || !EMAIL.test(email)) throw new SignInRefused('unverified')
  if (verified !== true) throw new SignInRefused('unverified')
  return { subject: sub, email, name: plainName(name) || email.split('@')[0] }
}

function plainName(name: unknown) {
  if (typeof name !== 'string') return ''
  return beginning(
    [...seen(name)]
      .map((letter) => (ONE_LINE.test(letter) ? letter : ' '))
      .join('')
      .replaceAll(/\s+/g, ' ')
      .trim(),
    200,
    ''
  )
}
