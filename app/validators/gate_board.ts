import vine from '@vinejs/vine'
import { seatRoles } from '#models/deciding/enumerations'
import { decisionRules } from '#models/gate_defaults'
import { day, keysOf, versionOrNone } from '#validators/fields'
import { worded } from '#validators/worded'

const messages = {
  'quorum.number': 'Enter a whole number',
  'quorum.withoutDecimals': 'Enter a whole number',
  'quorum.min': 'Enter 1 or more',
  'quorum.max': 'Enter 50 or fewer',
  'deputy_id.required': 'Choose a deputy',
  'deputy_id.uuid': 'Choose one of the people offered',
  'enum': 'Choose one of the options',
  'required': 'Fill this in',
}

/** A board as its form sends it: each person's part at the gate, by membership id. */
export const updateBoard = worded(
  vine.create({
    decision_rule: vine.enum(keysOf(decisionRules)),
    quorum: vine.number().withoutDecimals().min(1).max(50),
    is_polled: vine.accepted().optional(),
    is_for_later: vine.accepted().optional(),
    seats: vine.record(vine.enum(['none', ...keysOf(seatRoles)])).optional(),
    required_ids: vine.array(vine.string().uuid()).optional(),
    lock_version: versionOrNone(),
  }),
  messages
)

export const storeDelegation = worded(
  vine.create({
    deputy_id: vine.string().uuid(),
    from_on: day(),
    to_on: day(),
  }),
  messages
)
