import vine from '@vinejs/vine'

export const updateConsent = vine.create({
  answer: vine.enum(['accepted', 'rejected']),
  mechanism: vine.enum(['banner', 'page', 'footer']).optional(),
})
