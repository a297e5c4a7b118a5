import vine from '@vinejs/vine'
import { keepReasons } from '#models/erasure_find'
import { keysOf, version, words } from '#validators/fields'
import { worded } from '#validators/worded'

const messages = {
  'confirmation.required': 'Enter the text shown to confirm',
  'reason.required': 'Choose why the name stays',
  'records.array.maxLength': 'Choose at most {{ max }} at once',
  'ids.array.maxLength': 'Choose at most {{ max }} places at once',
}

/** None is valid too: the person deciding is told that they chose no place. */
const ids = () => vine.array(vine.string().uuid()).maxLength(200).optional()

export const startErasure = worded(
  vine.create({
    confirmation: vine.string().trim().maxLength(40),
    records: ids(),
    lock_version: version(),
  }),
  messages
)

export const chooseFinds = worded(vine.create({ ids: ids() }), messages)

export const keepFinds = worded(
  vine.create({ ids: ids(), reason: vine.enum(keysOf(keepReasons)) }),
  messages
)

/** What the person types to have their own account deleted. */
export const askForErasure = worded(
  vine.create({
    confirmation: vine.string().trim().maxLength(254),
    details: words(5000).optional(),
  }),
  messages
)
