import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { decisionRules, type DecisionRule } from '#models/gate_defaults'

const whole = (least: number, most: number) => vine.number().withoutDecimals().range([least, most])
const version = () => vine.number().withoutDecimals().positive()

const messages = {
  required: 'This is needed',
  number: 'Enter a whole number',
  withoutDecimals: 'Enter a whole number',
  range: 'Enter a number from {{ min }} to {{ max }}',
  enum: 'Choose one of the options',
  boolean: 'Choose one of the options',
}

export const updateGateDefaults = vine.create({
  decision_rule: vine.enum(Object.keys(decisionRules) as DecisionRule[]),
  quorum: whole(1, 50),
  reminder_days: whole(0, 60),
  poll_enabled: vine.boolean(),
  lock_version: version(),
})
updateGateDefaults.messagesProvider = new SimpleMessagesProvider(messages)
