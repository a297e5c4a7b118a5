import { pageAddress } from '#identity/page_address'

/** The address that answers an invitation, for its mail and for the inviter to pass on. */
export function invitationUrl(token: string) {
  return pageAddress(`/join/${token}`)
}

/** Enough of an address for its owner to recognise it: `m•••@demo.example`. */
export function maskedEmail(email: string) {
  const at = email.lastIndexOf('@')
  return `${email.slice(0, 1)}•••${email.slice(at)}`
}
