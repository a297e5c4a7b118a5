import vine from '@vinejs/vine'
import { MOST_MINUTES } from '#models/staff_access'
import { address, line } from '#validators/fields'
import { ONE_LINE } from '#validators/patterns'
import { tidy } from '#validators/tidy'
import { worded } from '#validators/worded'

const count = (most: number) => vine.number().withoutDecimals().min(1).max(most).nullable()

const messages = {
  'name.required': 'Enter a name for the organisation',
  'name.minLength': 'Enter a name for the organisation',
  'owner_email.required': 'Enter the owner’s email address',
  'owner_email.regex': 'Enter an email address, such as name@example.org',
  'reason.required': 'Enter a reason. It is kept in the audit trail',
  'reason.minLength': 'Enter a reason. It is kept in the audit trail',
  'words.required': 'Enter an email address or part of a name',
  'words.minLength': 'Enter at least three letters',
  'access_reason.required': 'Enter a reason. The organisation’s owners can read it',
  'access_reason.minLength': 'Enter a reason. The organisation’s owners can read it',
  'minutes.required': 'Choose how long',
  'confirmation.required': 'Enter the text shown to confirm',
  'regex': 'Use one line of plain text',
  'number': 'Enter a whole number, or leave this empty for no limit',
  'withoutDecimals': 'Enter a whole number, or leave this empty for no limit',
  'min': 'Enter at least {{ min }}, or leave this empty for no limit',
  'max': 'Enter {{ max }} at most',
}

export const openOrganisation = worded(
  vine.create({ name: line(120), owner_email: address() }),
  messages
)

export const inviteFirstOwner = worded(vine.create({ owner_email: address() }), messages)

/** One line, because it appears in mails and in the trail. */
export const giveReason = worded(vine.create({ reason: line(500) }), messages)

export const limitOrganisation = worded(
  vine.create({
    max_members: count(1_000_000),
    max_projects: count(1_000_000),
    max_storage_mb: count(100_000_000),
  }),
  messages
)

export const confirmErasure = worded(vine.create({ confirmation: line(200) }), messages)

export const lookUp = worded(
  vine.create({
    words: vine.string().use(tidy()).trim().minLength(3).maxLength(250).regex(ONE_LINE),
  }),
  messages
)

export const lookInto = worded(
  vine.create({
    access_reason: line(500),
    minutes: vine.number().withoutDecimals().in([15, 30, MOST_MINUTES]),
  }),
  messages
)
