import vine from '@vinejs/vine'
import { weights } from '#models/gate/enumerations'
import { rules } from '#models/gate/rules/index'
import { keysOf, optionalText, title, version, versionOrNone } from '#validators/fields'
import { worded } from '#validators/worded'

const messages = {
  'lifecycle_id.required': 'Choose a lifecycle',
  'lifecycle_id.uuid': 'Choose a lifecycle',
  'name.required': 'Enter a name',
  'name.minLength': 'Enter a name',
  'title.required': 'Say what must be true',
  'title.minLength': 'Say what must be true',
  'maxLength': 'Keep this to {{ max }} characters',
  'enum': 'Choose one of the options',
  'required': 'Fill this in',
}

export const adoptLifecycle = worded(
  vine.create({
    lifecycle_id: vine.string().uuid(),
    lock_version: version(),
  }),
  messages
)

const described = { name: title(200), description: optionalText(5000) }

export const storeLifecycle = worded(vine.create(described), messages)

export const describeLifecycle = worded(
  vine.create({ ...described, lock_version: version() }),
  messages
)

export const nameStage = worded(vine.create({ name: title(200) }), messages)

export const renameStage = worded(
  vine.create({ name: title(200), lock_version: version() }),
  messages
)

/** The version is 0 while the stage has no gate. */
export const setGate = worded(
  vine.create({
    name: title(200),
    purpose: optionalText(2000),
    lock_version: versionOrNone(),
  }),
  messages
)

const criterion = {
  title: title(300),
  guidance: optionalText(5000),
  weight: vine.enum(keysOf(weights)),
  rule: vine.enum(Object.keys(rules)).nullable().optional(),
  evidence_required: vine.boolean().optional(),
}

export const storeCriterion = worded(vine.create(criterion), messages)

export const updateCriterion = worded(
  vine.create({ ...criterion, lock_version: version() }),
  messages
)

export const movePart = worded(
  vine.create({ direction: vine.enum(['up', 'down'] as const) }),
  messages
)
