/**
 * Letters that are written from right to left (Hebrew, Arabic and related scripts), and the invisible characters that
 * reverse text.
 */
const TURNING =
  /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\ud802\ud803\ud83a\ud83b]/
const ISOLATES = /[\u2066-\u2069]/g
const LETTER = /\p{L}/u
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u

/** True of text that may run in a different direction from the text around it. */
export function turns(text: string) {
  return TURNING.test(text)
}

/**
 * The direction of a text: right to left if it begins so, but not for an English sentence that begins with someone's
 * name.
 */
export function directionOf(text: string): 'ltr' | 'rtl' {
  if (!turns(text)) return 'ltr'
  const letters = text.split(/\s+/).flatMap((word) => LETTER.exec(word)?.[0] ?? [])
  if (letters.length === 0 || !RIGHT_TO_LEFT.test(letters[0])) return 'ltr'
  return letters.filter((letter) => RIGHT_TO_LEFT.test(letter)).length > letters.length / 2
    ? 'rtl'
    : 'ltr'
}

/**
 * HTML that isolates this text, so that neither its letters nor invisible characters in it reverse what is around it.
 */
export function isolated(html: string, text = html) {
  return turns(text) ? `<bdi dir="${directionOf(text)}">${html}</bdi>` : html
}

/** The same for plain text, with Unicode's isolates. */
export function isolatedText(text: string) {
  if (!turns(text)) return text
  const opening = directionOf(text) === 'rtl' ? '\u2067' : '\u2066'
  return `${opening}${text.replaceAll(ISOLATES, '')}\u2069`
}
