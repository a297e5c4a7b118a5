import vine from '@vinejs/vine'
import { kindNames } from '#models/notification/kinds'

const kinds = () => vine.array(vine.enum(kindNames)).optional()

/** The kinds that are ticked for each channel, and those that were when the form was shown. */
export const updatePreferences = vine.create({
  in_app: kinds(),
  mail: kinds(),
  shown_in_app: kinds(),
  shown_mail: kinds(),
})

export const readInbox = vine.create({ newest_id: vine.string().uuid() })

export const readNotification = vine.create({
  open: vine.accepted().optional(),
  return_to: vine.string().maxLength(500).optional(),
})
