export { EMAIL } from '#models/text/email_address'
export { CODE } from '#models/text/refs'
export { ONE_LINE } from '#models/text/plain_line'
