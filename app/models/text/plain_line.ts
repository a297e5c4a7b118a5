/**
 * One line of plain text that is safe in the subject of a mail. Characters that join or separate letters (as in Persian
 * names), families of emoji and flags of countries count as text.
 */
export const ONE_LINE = /^(?:[^\p{C}\p{Zl}\p{Zp}]|[\u200c\u200d\u{e0020}-\u{e007f}])*$/u

/** Invisible characters that come with pasted text: soft hyphens, direction marks, zero-width blanks. */
const UNSEEN = /[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff]/g

/** Ends of lines and cells. */
const ENDS = /[\t\n\v\f\r\u2028\u2029]+/g

/** The text on one line: what comes from a cell or a document may bring its ends along. */
export function onOneLine(text: string) {
  return text.replaceAll(ENDS, ' ')
}

/** The text without invisible characters, so that two names that look alike are alike. */
export function seen(text: string) {
  return text.replaceAll(UNSEEN, '')
}
