import vine from '@vinejs/vine'

export const updateConsent = vine.create({
  decision: vine.enum(['accepted', 'rejected']),
})
