import vine from '@vinejs/vine'

export const updateConsent = vine.create({
  answer: vine.enum(['accepted', 'rejected']),
})
