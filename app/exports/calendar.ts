/** A date as a calendar shows it. */
export type CalendarEntry = {
  /** Stable for the lifetime of the record, so that a change moves the entry instead of duplicating it. */
  uid: string
  /** `YYYY-MM-DD`. */
  day: string
  title: string
  url: string
  category: string
  changedAt: Date
  /** Counts the changes of the record. */
  version: number
}

const BYTES_PER_LINE = 75
const REFRESH = 'PT1H'

/**
 * Entries as an iCalendar file (RFC 5545): one all-day event each, which leaves the person free. Without a method, an
 * event's stamp is when its record last changed, so that an unchanged list is the same file byte for byte.
 */
export function calendarFile(name: string, entries: CalendarEntry[]) {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Orchestrate//Calendar//EN',
    'CALSCALE:GREGORIAN',
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    `REFRESH-INTERVAL;VALUE=DURATION:${REFRESH}`,
    `X-PUBLISHED-TTL:${REFRESH}`,
    ...entries.flatMap(eventLines),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function eventLines(entry: CalendarEntry) {
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(entry.uid)}`,
    `DTSTAMP:${stamp(entry.changedAt)}`,
    `LAST-MODIFIED:${stamp(entry.changedAt)}`,
    `SEQUENCE:${entry.version}`,
    `DTSTART;VALUE=DATE:${entry.day.replaceAll('-', '')}`,
    `SUMMARY:${escaped(entry.title)}`,
    `URL:${entry.url}`,
    `CATEGORIES:${escaped(entry.category)}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ]
}

function stamp(at: Date) {
  return at.toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
}

/** Text by people must not become a line, a list or a property of its own. */
function escaped(text: string) {
  return text
    .toWellFormed()
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll(/\r\n?|\n/g, '\\n')
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
}

/** Lines hold 75 bytes and continue after a space; no character is split between two. */
function folded(line: string) {
  const parts: string[] = []
  let part = ''
  let bytes = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (bytes + size > BYTES_PER_LINE) {
      parts.push(part)
      part = ' '
      bytes = 1
    }
    part += character
    bytes += size
  }
  return [...parts, part].join('\r\n')
}
