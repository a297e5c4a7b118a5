import vine from '@vinejs/vine'
import { worded } from '#validators/worded'

export const updateConsent = worded(
  vine.create({
    answer: vine.enum(['accepted', 'rejected']),
    mechanism: vine.enum(['banner', 'page', 'footer']).optional(),
  }),
  { required: 'Choose one of the options', enum: 'Choose one of the options' }
)
