import type { Traces } from '#models/erasure'

/**
 * What finds a person: a pattern for texts, whose first group precedes the name, its alternatives, and the words as
 * they occur in bytes.
 */
export type Recognition = { pattern: string; forms: string[]; words: string[] }

const SHORTEST_NAME = 3

/** Matches no text. */
const NOTHING = '(?=a)b'

/** The encoding of a space or line end in addresses and in JSON: the letter at its end is not a letter of the text. */
const ESCAPE = '%[0-9a-f]{2}|\\\\[nrtbf]|\\\\u[0-9a-f]{4}'

/** What can separate the words of a name: in a line or at its end, in an address, or in a file name. */
const GAP = '(?:(?:[\\s\\u00a0]|%20|&nbsp;|\\\\[nrt])+|[_.+-])'

const DOTTED_OR_NOT = '(?:i\\u0307|[i\\u0131\\u0130])'
const SHARP_S = '(?:ss|[\\u00df\\u1e9e])'

/** Characters that systems write in more than one way. */
const WRITTEN: Record<string, string> = {
  '"': '(?:\\\\*["\\u201c\\u201d]|&quot;|%22)',
  "'": "(?:['\\u2019\\u02bc]|&#39;|%27)",
  '-': '[\\u2010\\u2011-]',
  '&': '(?:&amp;|&|%26)',
  // Letters whose capitals, or small letters, are others elsewhere: YILMAZ is Yılmaz, and WEISS is Weiß.
  'i': DOTTED_OR_NOT,
  'ı': DOTTED_OR_NOT,
  'i\u0307': DOTTED_OR_NOT,
  'ß': SHARP_S,
  'ss': SHARP_S,
}

const VARIED = /ss|i\u0307|[ßiıİ]|[.*+?^${}()|[\]\\"'&-]/giu

/**
 * Names, addresses and subjects as whole words, in any case, with their words in either order, as they occur in texts,
 * addresses, file names, HTML and JSON. A name inside a longer word is someone else's.
 */
export function recognitionOf({ names, emails, subjects }: Traces): Recognition {
  const known = [...names.filter(isName), ...emails, ...subjects].flatMap(spellings)
  const words = longestFirst(known.flatMap(inBytes))
  const forms = longestFirst(known.flatMap(formsOf))
  const pattern = forms.length > 0 ? wholeWords(forms, '[[:alnum:]]') : NOTHING
  return { pattern, forms, words }
}

/** The same for text outside the database. */
export function inText({ forms }: Recognition) {
  if (forms.length === 0) return new RegExp(NOTHING, 'u')
  return new RegExp(wholeWords(forms, '[\\p{L}\\p{N}]'), 'iu')
}

/** Whether anyone can be found by that name. */
export function isName(name: string) {
  return name.trim().length >= SHORTEST_NAME
}

/** As typed, with accents as separate characters, as some systems have it, and without any, as others do. */
function spellings(word: string) {
  const plain = word.trim().toWellFormed()
  const apart = plain.normalize('NFD')
  return [plain, plain.normalize('NFC'), apart, apart.replaceAll(/\p{M}/gu, '')]
}

function inBytes(word: string) {
  return [word, encodeURIComponent(word), word.replaceAll('&', '&amp;').replaceAll("'", '&#39;')]
}

/** Its words in each rotation, such as surname first; each as it is, and as addresses have it. */
function formsOf(word: string) {
  const parts = word.split(/\s+/)
  return [parts, parts.map(encodeURIComponent)].flatMap((some) => {
    const literals = some.map(literal)
    return literals.map((_, at) => inOrder([literals.slice(at), literals.slice(0, at)]))
  })
}

function inOrder(halves: string[][]) {
  const [last, first] = halves.map((half) => half.join(GAP))
  return first ? `${last},?${GAP}${first}` : last
}

/** Valid in both PostgreSQL and JavaScript, so nothing is escaped that one of them reads differently. */
function literal(word: string) {
  return word.replaceAll(VARIED, (sign) => WRITTEN[sign.toLowerCase()] ?? `\\${sign}`)
}

/** An escape is matched rather than looked back at, which PostgreSQL would do from the start of the text each time. */
function wholeWords(forms: string[], letter: string) {
  return `((?<!${letter})|${ESCAPE})(?:${forms.join('|')})(?!${letter})`
}

function longestFirst(texts: string[]) {
  return [...new Set(texts)].sort((one, other) => other.length - one.length)
}
