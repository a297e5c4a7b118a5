import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { themes } from '#models/user/profile'
import { tidy } from '#validators/tidy'
import { timeZone } from '#validators/time_zone'

/** A name stands in mails and their headers, so it is one line of plain text. */
const ONE_LINE = /^[^\p{C}\p{Zl}\p{Zp}]*$/u

export const updateProfile = vine.create({
  name: vine.string().use(tidy()).trim().minLength(1).maxLength(200).regex(ONE_LINE),
  time_zone: vine.string().use(timeZone()).nullable().optional(),
  theme: vine
    .enum(Object.keys(themes) as (keyof typeof themes)[])
    .nullable()
    .optional(),
  lock_version: vine.number().withoutDecimals().positive(),
})
updateProfile.messagesProvider = new SimpleMessagesProvider({
  'name.required': 'Enter your name',
  'name.minLength': 'Enter your name',
  'name.maxLength': 'Keep the name to 200 characters',
  'name.regex': 'Use one line of plain text',
  'theme.enum': 'Choose one of the themes',
  'required': 'Open this page again and try once more',
})
