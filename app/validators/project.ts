import vine from '@vinejs/vine'
import { projectStatuses } from '#models/project/states'
import { visibilities } from '#models/project/visibility'
import {
  code,
  keysOf,
  optionalDay,
  optionalId,
  optionalText,
  title,
  version,
} from '#validators/fields'
import { worded } from '#validators/worded'

const fields = {
  code: code(),
  name: title(200),
  description: optionalText(20_000),
  status: vine.enum(keysOf(projectStatuses)).optional(),
  visibility: vine.enum(keysOf(visibilities)),
  manager_id: vine.string().uuid(),
  sponsor_id: optionalId(),
  stage_id: optionalId(),
  baseline_start_on: optionalDay(),
  baseline_end_on: optionalDay(),
  forecast_start_on: optionalDay(),
  forecast_end_on: optionalDay(),
}

const messages = {
  'code.required': 'Enter a code',
  'code.regex': 'Enter a code of 2 to 10 letters and digits that begins with a letter',
  'name.required': 'Enter the name of the project',
  'name.minLength': 'Enter the name of the project',
  'name.maxLength': 'Keep the name to 200 characters',
  'manager_id.required': 'Choose the project manager',
  'maxLength': 'Keep this to {{ max }} characters',
  'enum': 'Choose one of the options',
  'uuid': 'Choose one of the options',
  'required': 'Fill this in',
}

export const storeProject = worded(
  vine.create({
    ...fields,
    lifecycle_id: vine.string().uuid().optional(),
  }),
  messages
)

export const updateProject = worded(
  vine.create({
    ...fields,
    lock_version: version(),
  }),
  messages
)
