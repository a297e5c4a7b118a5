import vine from '@vinejs/vine'
import { worded } from '#validators/worded'

/** Whose work goes to whom, by their memberships. */
export const storeHandover = worded(
  vine.create({ from: vine.string().uuid(), to: vine.string().uuid() }),
  { required: 'Choose a person', uuid: 'Choose a person' }
)
