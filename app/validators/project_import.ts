import vine, { SimpleMessagesProvider } from '@vinejs/vine'

/** The code that an imported project gets; its own where none is given. */
export const importProjectAs = vine.compile(
  vine.object({
    code: vine
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z][A-Z0-9]{1,9}$/)
      .nullable()
      .optional(),
  })
)

importProjectAs.messagesProvider = new SimpleMessagesProvider({
  'code.regex': 'Use two to ten letters and digits, beginning with a letter',
})
