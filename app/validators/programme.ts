import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { ONE_LINE } from '#validators/patterns'
import { tidy } from '#validators/tidy'

const fields = {
  code: vine
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z][A-Z0-9]{1,9}$/),
  name: vine.string().use(tidy()).trim().minLength(1).maxLength(200).regex(ONE_LINE),
  description: vine.string().use(tidy()).maxLength(20_000).nullable().optional(),
  manager_id: vine.string().uuid().nullable().optional(),
}
const version = () => vine.number().withoutDecimals().positive()

const messages = new SimpleMessagesProvider({
  'code.required': 'Enter a code',
  'code.regex': 'Use two to ten letters and digits, beginning with a letter',
  'name.required': 'Enter the name of the programme',
  'name.minLength': 'Enter the name of the programme',
  'name.regex': 'Use one line of plain text',
  'name.maxLength': 'Keep the name to 200 characters',
  'project_id.required': 'Choose a project',
  'project_id.uuid': 'Choose a project',
  'maxLength': 'Keep this to {{ max }} characters',
  'uuid': 'Choose one of the options',
  'required': 'This is needed',
})

export const storeProgramme = vine.create(fields)
storeProgramme.messagesProvider = messages

export const updateProgramme = vine.create({ ...fields, lock_version: version() })
updateProgramme.messagesProvider = messages

export const destroyProgramme = vine.create({ lock_version: version() })
destroyProgramme.messagesProvider = messages

export const takeProject = vine.create({ project_id: vine.string().uuid() })
takeProject.messagesProvider = messages
