const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' }

/** What a browser shows for escaped text: a random secret may contain any of the escaped characters. */
export function unescaped(html: string) {
  return html.replaceAll(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
    if (decimal) return String.fromCodePoint(Number(decimal))
    return NAMED[name] ?? whole
  })
}

/** On a page that waits for a job: the link to look again without JavaScript. */
export const LOOKS_AGAIN = '>Refresh</a>'

/** The values that a select of a page offers, without the empty one. */
export function choicesOf(page: string, name: string) {
  const select = page.match(new RegExp(`<select[^>]*name="${name}".*?</select>`, 's'))?.[0] ?? ''
  return [...select.matchAll(/<option value="([^"]+)"/g)].map(([, value]) => value)
}
