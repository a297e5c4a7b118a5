import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { weights, type Weight } from '#models/gate/enumerations'
import { rules } from '#models/gate/rules/index'
import { tidy } from '#validators/tidy'

const version = () => vine.number().withoutDecimals().positive()
const line = (most: number) => vine.string().use(tidy()).trim().minLength(1).maxLength(most)
const text = (most: number) => vine.string().use(tidy()).maxLength(most).nullable().optional()

const messages = new SimpleMessagesProvider({
  'lifecycle_id.required': 'Choose a lifecycle',
  'lifecycle_id.uuid': 'Choose one of the lifecycles',
  'name.required': 'Enter a name',
  'name.minLength': 'Enter a name',
  'title.required': 'Say what must be true',
  'title.minLength': 'Say what must be true',
  'maxLength': 'Keep this to {{ max }} characters',
  'enum': 'Choose one of the options',
  'required': 'This is needed',
})

export const adoptLifecycle = vine.create({
  lifecycle_id: vine.string().uuid(),
  lock_version: version(),
})
adoptLifecycle.messagesProvider = messages

const described = { name: line(200), description: text(5000) }

export const storeLifecycle = vine.create(described)
storeLifecycle.messagesProvider = messages

export const describeLifecycle = vine.create({ ...described, lock_version: version() })
describeLifecycle.messagesProvider = messages

export const nameStage = vine.create({ name: line(200) })
nameStage.messagesProvider = messages

export const renameStage = vine.create({ name: line(200), lock_version: version() })
renameStage.messagesProvider = messages

/** The version is 0 while the stage has no gate. */
export const setGate = vine.create({
  name: line(200),
  purpose: text(2000),
  lock_version: vine.number().withoutDecimals().min(0),
})
setGate.messagesProvider = messages

const criterion = {
  title: line(300),
  guidance: text(5000),
  weight: vine.enum(Object.keys(weights) as Weight[]),
  rule: vine.enum(Object.keys(rules)).nullable().optional(),
  evidence_required: vine.boolean().optional(),
}

export const storeCriterion = vine.create(criterion)
storeCriterion.messagesProvider = messages

export const updateCriterion = vine.create({ ...criterion, lock_version: version() })
updateCriterion.messagesProvider = messages

export const movePart = vine.create({ direction: vine.enum(['up', 'down'] as const) })
movePart.messagesProvider = messages
