import { SimpleMessagesProvider } from '@vinejs/vine'

const CHOOSE = 'Choose one of the options'

/** The messages for any field for which a validator has nothing more helpful. */
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

/** The validator with these messages, and the common ones for the rest. */
export function worded<T extends { messagesProvider: unknown }>(
  validator: T,
  messages: Record<string, string> = {}
): T {
  validator.messagesProvider = new SimpleMessagesProvider({ ...common, ...messages })
  return validator
}
