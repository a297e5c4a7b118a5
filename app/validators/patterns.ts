export { EMAIL } from '#models/email_address'

/** One line of plain text, as it may stand in the subject of a mail. */
export const ONE_LINE = /^[^\p{C}\p{Zl}\p{Zp}]*$/u

/** What refs begin with: two to ten letters and digits, the first a letter. */
export const CODE = /^[A-Z][A-Z0-9]{1,9}$/
