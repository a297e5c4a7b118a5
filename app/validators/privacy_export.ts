import vine from '@vinejs/vine'
import { worded } from '#validators/worded'

export const askForExport = worded(
  vine.create({ contents: vine.enum(['access', 'portability'] as const) }),
  { required: 'Choose one of the options', enum: 'Choose one of the options' }
)
