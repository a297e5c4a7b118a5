/**
 * Letters that are written from right to left (Hebrew, Arabic and their neighbours), and the invisible characters that
 * turn text around.
 */
const TURNING =
  /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\ud802\ud803\ud83a\ud83b]/
const LETTER = /\p{L}/u
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u

/** True of text that may stand in another order than what surrounds it. */
export function turns(text: string) {
  return TURNING.test(text)
}

/**
 * Which way a text is read: from the right where it begins so, and not as an English sentence does that begins with
 * somebody's name.
 */
export function directionOf(text: string): 'ltr' | 'rtl' {
  if (!turns(text)) return 'ltr'
  const letters = text.split(/\s+/).flatMap((word) => LETTER.exec(word)?.[0] ?? [])
  if (letters.length === 0 || !RIGHT_TO_LEFT.test(letters[0])) return 'ltr'
  return letters.filter((letter) => RIGHT_TO_LEFT.test(letter)).length > letters.length / 2
    ? 'rtl'
    : 'ltr'
}

/** HTML that holds this text, so that neither its letters nor invisible characters in it turn what stands around it. */
export function isolated(html: string, text = html) {
  return turns(text) ? `<bdi dir="${directionOf(text)}">${html}</bdi>` : html
}
