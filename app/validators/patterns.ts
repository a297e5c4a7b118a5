export { EMAIL } from '#models/email_address'
export { CODE } from '#models/refs'
export { ONE_LINE } from '#models/plain_line'
