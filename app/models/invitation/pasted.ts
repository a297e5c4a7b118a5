import { seen } from '#models/text/plain_line'

const SEPARATORS = /[\s,;]+/
const ENTRIES = /[;\r\n]+/
const BRACKETED = /<([^<>]*)>/g
const BRACKETED_ADDRESS = /<[^<>@]*@[^<>]*>/

/**
 * The words of a pasted list that should be addresses: addresses alone, as mail programs copy them (`Doe, Jane
 * <jane@example.org>`), or rows of a spreadsheet. Names are left out only where these forms show that they are names.
 */
export function pastedAddresses(text: string): string[] {
  return seen(text)
    .split(ENTRIES)
    .flatMap((entry) => {
      if (BRACKETED_ADDRESS.test(entry)) return [...bracketed(entry), ...bare(entry)]
      return entry.includes('\t') && entry.includes('@') ? withAt(entry) : words(entry)
    })
}

function bracketed(entry: string) {
  return [...entry.matchAll(BRACKETED)].map(([, address]) => address.trim())
}

/** There may be bare addresses between names with their addresses. */
function bare(entry: string) {
  return withAt(entry.replaceAll(BRACKETED, ','))
}

function withAt(entry: string) {
  return words(entry).filter((word) => word.includes('@'))
}

function words(entry: string) {
  return entry.split(SEPARATORS).filter(Boolean)
}
