/**
 * One line of plain text, as it may stand in the subject of a mail. What joins letters and parts them (as in Persian
 * names), families of emoji and flags of countries is text.
 */
export const ONE_LINE = /^(?:[^\p{C}\p{Zl}\p{Zp}]|[\u200c\u200d\u{e0020}-\u{e007f}])*$/u

/** What cannot be seen and comes along from elsewhere: soft hyphens, marks of direction, blanks without width. */
const UNSEEN = /[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff]/g

/** The text without what cannot be seen, so that two names that look alike are alike. */
export function seen(text: string) {
  return text.replaceAll(UNSEEN, '')
}
