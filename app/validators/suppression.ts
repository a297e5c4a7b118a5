import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { tidy } from '#validators/tidy'

export const liftedAddress = vine.create({
  email: vine.string().use(tidy()).trim().email().maxLength(250),
})
liftedAddress.messagesProvider = new SimpleMessagesProvider({
  required: 'Enter the email address',
  email: 'Enter one email address',
  maxLength: 'Enter one email address',
})
