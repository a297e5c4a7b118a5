import { DateTime } from 'luxon'

/** Characters that XML cannot hold in any notation. */
const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** The same content without characters that a slide cannot hold: one would make the whole file unreadable. */
export function printable<Content>(content: Content): Content {
  if (typeof content === 'string') return content.toWellFormed().replaceAll(UNFIT, '') as Content
  if (Array.isArray(content)) return content.map(printable) as Content
  if (typeof content !== 'object' || content === null || DateTime.isDateTime(content))
    return content
  return Object.fromEntries(
    Object.entries(content).map(([name, value]) => [name, printable(value)])
  ) as Content
}
