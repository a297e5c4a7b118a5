import { SimpleMessagesProvider } from '@vinejs/vine'

const CHOOSE = 'Choose one of the options'

/** What is said of any field for which a validator says nothing more helpful. */
const common = {
  'required': 'Fill this in',
  'minLength': 'Fill this in',
  'maxLength': 'Keep this to {{ max }} characters',
  'enum': CHOOSE,
  'in': CHOOSE,
  'uuid': CHOOSE,
  'boolean': CHOOSE,
  'lock_version.required': 'Reload the page and try again',
}

/** The validator, which says in these words what is wrong, and in the common ones of what they leave out. */
export function worded<T extends { messagesProvider: unknown }>(
  validator: T,
  messages: Record<string, string> = {}
): T {
  validator.messagesProvider = new SimpleMessagesProvider({ ...common, ...messages })
  return validator
}
