import vine from '@vinejs/vine'
import { asSeen, tidy } from '#validators/tidy'
import { worded } from '#validators/worded'

export const liftedAddress = worded(
  vine.create({
    email: vine.string().use(tidy()).use(asSeen()).trim().email().maxLength(250),
  }),
  {
    required: 'Enter the email address',
    email: 'Enter one email address, such as name@example.org',
    maxLength: 'Enter one email address, such as name@example.org',
  }
)
