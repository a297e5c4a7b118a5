import { EMAIL } from '#models/email_address'

/**
 * What to ask about a name that a file gives somebody nobody here is known by; null where it may well be one. It
 * stays as it is written, so that nothing is lost by answering no.
 */
export function doubtAbout(written: string): string | null {
  const label = written.trim()
  if (label.includes('@') && !label.split(/[\s,;<>()]+/).some((word) => EMAIL.test(word)))
    return 'is this an address?'
  return [...label].length === 1 ? 'is this a name?' : null
}
