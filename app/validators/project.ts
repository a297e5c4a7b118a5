import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { projectStatuses, type ProjectStatus } from '#models/project/states'
import { visibilities } from '#models/project/visibility'
import { realDate } from '#validators/real_date'
import { tidy } from '#validators/tidy'

const date = () => vine.string().use(realDate()).nullable().optional()
const person = () => vine.string().uuid().nullable().optional()

const fields = {
  code: vine
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z][A-Z0-9]{1,9}$/),
  name: vine.string().use(tidy()).trim().minLength(1).maxLength(200),
  description: vine.string().use(tidy()).maxLength(20_000).nullable().optional(),
  status: vine.enum(Object.keys(projectStatuses) as ProjectStatus[]).optional(),
  visibility: vine.enum(Object.keys(visibilities) as (keyof typeof visibilities)[]),
  manager_id: vine.string().uuid(),
  sponsor_id: person(),
  stage_id: vine.string().uuid().nullable().optional(),
  baseline_start_on: date(),
  baseline_end_on: date(),
  forecast_start_on: date(),
  forecast_end_on: date(),
}

const messages = new SimpleMessagesProvider({
  'code.required': 'Enter a code',
  'code.regex': 'Use two to ten letters and digits, beginning with a letter',
  'name.required': 'Enter the name of the project',
  'name.minLength': 'Enter the name of the project',
  'name.maxLength': 'Keep the name to 200 characters',
  'manager_id.required': 'Choose the project manager',
  'maxLength': 'Keep this to {{ max }} characters',
  'enum': 'Choose one of the options',
  'uuid': 'Choose one of the options',
  'required': 'This is needed',
})

export const storeProject = vine.create({
  ...fields,
  lifecycle_id: vine.string().uuid().optional(),
})
storeProject.messagesProvider = messages

export const updateProject = vine.create({
  ...fields,
  lock_version: vine.number().withoutDecimals().positive(),
})
updateProject.messagesProvider = messages
