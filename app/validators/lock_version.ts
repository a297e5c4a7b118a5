import vine from '@vinejs/vine'
import { version } from '#validators/fields'
import { worded } from '#validators/worded'

/** A form that contains only the version of the record it was rendered from. */
export const lockVersion = worded(vine.create({ lock_version: version() }))
