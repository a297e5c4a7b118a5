const SEPARATORS = /[\s,;]+/
const ENTRIES = /[;\r\n]+/
const BRACKETED = /<([^<>]*)>/g

/**
 * The words of a list that are to be addresses, as people paste one: addresses alone, as mail programs copy them
 * (`Doe, Jane <jane@example.org>`), or rows of a spreadsheet. Names are left out only where these forms say that
 * they are names.
 */
export function pastedAddresses(text: string): string[] {
  return text.split(ENTRIES).flatMap((entry) => {
    if (/<[^<>]*@[^<>]*>/.test(entry)) return [...bracketed(entry), ...bare(entry)]
    return entry.includes('\t') && entry.includes('@') ? withAt(entry) : words(entry)
  })
}

function bracketed(entry: string) {
  return [...entry.matchAll(BRACKETED)].map(([, address]) => address.trim())
}

/** Between names with their addresses there may be addresses alone. */
function bare(entry: string) {
  return withAt(entry.replaceAll(BRACKETED, ','))
}

function withAt(entry: string) {
  return words(entry).filter((word) => word.includes('@'))
}

function words(entry: string) {
  return entry.split(SEPARATORS).filter(Boolean)
}
