import { SimpleMessagesProvider } from '@vinejs/vine'

/** The validator, which says in these words what is wrong. */
export function worded<T extends { messagesProvider: unknown }>(
  validator: T,
  messages: Record<string, string>
): T {
  validator.messagesProvider = new SimpleMessagesProvider(messages)
  return validator
}
