export { EMAIL } from '#models/email_address'
export { CODE } from '#models/refs'

/** One line of plain text, as it may stand in the subject of a mail. */
export const ONE_LINE = /^[^\p{C}\p{Zl}\p{Zp}]*$/u
