import vine from '@vinejs/vine'
import { code } from '#validators/fields'
import { worded } from '#validators/worded'

/** The code of an imported project; its own by default. */
export const importProjectAs = worded(vine.create({ code: code().nullable().optional() }), {
  'code.regex': 'Enter a code of 2 to 10 letters and digits that begins with a letter',
})
