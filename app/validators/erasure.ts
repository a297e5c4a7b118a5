import vine from '@vinejs/vine'
import { keepReasons, type KeepReason } from '#models/erasure/find'

/** None is an answer too: whoever decides hears that they chose no place. */
const ids = vine.array(vine.string().uuid()).maxLength(200).optional()

export const startErasure = vine.create({
  confirmation: vine.string().trim().maxLength(40),
  lock_version: vine.number(),
})

export const chooseFinds = vine.create({ ids })

export const keepFinds = vine.create({
  ids,
  reason: vine.enum(Object.keys(keepReasons) as KeepReason[]),
})

/** What the person types to have their own account deleted. */
export const askForErasure = vine.create({
  confirmation: vine.string().trim().maxLength(254),
  details: vine.string().trim().maxLength(5000).optional(),
})
