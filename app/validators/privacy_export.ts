import vine from '@vinejs/vine'

export const askForExport = vine.create({
  kind: vine.enum(['access', 'portability'] as const),
})
