/** RFC 9116, section 2.5.5, recommends less than a year. */
const VALID_DAYS = 180
const DAY = 86_400_000

/** The lines of /.well-known/security.txt, valid from the day it is read: the contact is a live setting. */
export function securityText(
  { contact, origin }: { contact: string; origin: string },
  now = new Date()
) {
  const today = Math.floor(now.getTime() / DAY) * DAY
  return [
    `Contact: mailto:${contact}`,
    `Expires: ${new Date(today + VALID_DAYS * DAY).toISOString()}`,
    'Preferred-Languages: en',
    `Canonical: ${new URL('/.well-known/security.txt', origin).href}`,
    '',
  ].join('\n')
}
