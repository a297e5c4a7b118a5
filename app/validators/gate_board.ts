import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { seatRoles } from '#models/deciding/enumerations'
import { decisionRules } from '#models/gate_defaults'
import { realDate } from '#validators/real_date'

const keys = <T extends object>(of: T) => Object.keys(of) as (keyof T & string)[]
const day = () => vine.string().use(realDate())

const messages = new SimpleMessagesProvider({
  'quorum.number': 'Enter a number',
  'quorum.min': 'At least one person has to vote',
  'quorum.max': 'Choose 50 at most',
  'deputy_id.required': 'Choose who stands in for you',
  'deputy_id.uuid': 'Choose one of the people offered',
  'enum': 'Choose one of the options',
  'required': 'This is needed',
})

/** A board as its form sends it: what each person is at the gate, by membership id. */
export const updateBoard = vine.create({
  decision_rule: vine.enum(keys(decisionRules)),
  quorum: vine.number().withoutDecimals().min(1).max(50),
  is_polled: vine.accepted().optional(),
  seats: vine.record(vine.enum(['none', ...keys(seatRoles)])).optional(),
  required_ids: vine.array(vine.string().uuid()).optional(),
  lock_version: vine.number().withoutDecimals().min(0),
})
updateBoard.messagesProvider = messages

export const storeDelegation = vine.create({
  deputy_id: vine.string().uuid(),
  from_on: day(),
  to_on: day(),
})
storeDelegation.messagesProvider = messages
