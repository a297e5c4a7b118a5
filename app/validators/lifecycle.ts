import vine, { SimpleMessagesProvider } from '@vinejs/vine'

const version = () => vine.number().withoutDecimals().positive()

const messages = new SimpleMessagesProvider({
  'lifecycle_id.required': 'Choose a lifecycle',
  'lifecycle_id.uuid': 'Choose one of the lifecycles',
  'maxLength': 'Keep this to {{ max }} characters',
  'required': 'This is needed',
})

export const adoptLifecycle = vine.create({
  lifecycle_id: vine.string().uuid(),
  lock_version: version(),
})
adoptLifecycle.messagesProvider = messages
