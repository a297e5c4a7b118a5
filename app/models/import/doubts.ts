import { EMAIL } from '#models/text/email_address'

/**
 * What to ask about a name in a file that no one here has; null when it may well be a name. It is kept as written, so
 * nothing is lost by answering no.
 */
export function doubtAbout(written: string): string | null {
  const label = written.trim()
  if (label.includes('@') && !label.split(/[\s,;<>()]+/).some((word) => EMAIL.test(word)))
    return 'is this an address?'
  return [...label].length === 1 ? 'is this a name?' : null
}
