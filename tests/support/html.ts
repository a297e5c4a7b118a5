const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' }

/** What a browser shows for escaped text: a random secret may hold any of the characters that are escaped. */
export function unescaped(html: string) {
  return html.replaceAll(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
    if (decimal) return String.fromCodePoint(Number(decimal))
    return NAMED[name] ?? whole
  })
}

/** Of a page that waits for a job: the way to look again where no script does. */
export const LOOKS_AGAIN = '>Refresh</a>'

/** The values that a select of a page offers, without the empty one. */
export function choicesOf(page: string, name: string) {
  const select = page.match(new RegExp(`<select[^>]*name="${name}".*?</select>`, 's'))?.[0] ?? ''
  return [...select.matchAll(/<option value="([^"]+)"/g)].map(([, value]) => value)
}
