import vine from '@vinejs/vine'
import { code, line, optionalId, optionalText, version } from '#validators/fields'
import { worded } from '#validators/worded'

const fields = {
  code: code(),
  name: line(200),
  description: optionalText(20_000),
  manager_id: optionalId(),
}

const messages = {
  'code.required': 'Enter a code',
  'code.regex': 'Enter a code of 2 to 10 letters and digits that begins with a letter',
  'name.required': 'Enter the name of the programme',
  'name.minLength': 'Enter the name of the programme',
  'name.regex': 'Use one line of plain text',
  'name.maxLength': 'Keep the name to 200 characters',
  'project_id.required': 'Choose a project',
  'project_id.uuid': 'Choose a project',
  'maxLength': 'Keep this to {{ max }} characters',
  'uuid': 'Choose one of the options',
  'required': 'Fill this in',
}

export const storeProgramme = worded(vine.create(fields), messages)

export const updateProgramme = worded(vine.create({ ...fields, lock_version: version() }), messages)

export const takeProject = worded(vine.create({ project_id: vine.string().uuid() }), messages)
