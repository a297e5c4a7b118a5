const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

/** Where content that is not text begins and ends. */
const UNREAD = /<(\/?)(script|style|head|title)\b[^<>]*>/gi

/** The plain text of a piece of HTML: separate paragraphs, list items with dashes, and no markup. */
export function plainText(html: string): string {
  if (!/[<&]/.test(html)) return html.trim()
  return withoutUnread(html)
    .replace(/\s+/g, ' ')
    .replace(/<li\b[^<>]*>/gi, '\n- ')
    .replace(/<br\b[^<>]*>/gi, '\n')
    .replace(/<\/(p|div|h[1-6]|ul|ol|pre|blockquote|table)\s*>/gi, '\n\n')
    .replace(/<\/tr\s*>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&(#x?[\da-f]+|\w+);/gi, character)
    .replace(/(?<! ) *\n */g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/**
 * In one pass from tag to tag: a pattern over pairs would search for the end of each through everything that follows.
 */
function withoutUnread(html: string): string {
  const kept: string[] = []
  let from = 0
  let within: string | null = null
  for (const { 0: tag, 1: slash, 2: name, index } of html.matchAll(UNREAD)) {
    const element = name.toLowerCase()
    if (within === null && !slash) {
      kept.push(html.slice(from, index))
      from = index
      within = element
    } else if (slash && within === element) {
      from = index + tag.length
      within = null
    }
  }
  return kept.join('') + html.slice(from)
}

function character(whole: string, name: string) {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole
  const isHex = /^#x/i.test(name)
  const point = Number.parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10)
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point).toWellFormed() : ''
}
