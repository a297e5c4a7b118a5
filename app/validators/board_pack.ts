import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { MOST_PAGES, packFormats, type PackFormat } from '#models/board_pack'

export const storePack = vine.create({
  query: vine.string().maxLength(2000).nullable().optional(),
  projects: vine.array(vine.string().uuid()).maxLength(MOST_PAGES).optional(),
})
storePack.messagesProvider = new SimpleMessagesProvider({
  'projects.array.maxLength': `Choose ${MOST_PAGES} projects at most`,
  'projects.maxLength': `Choose ${MOST_PAGES} projects at most`,
  'maxLength': 'These filters are too long',
  'array': 'Choose projects from the list',
  'uuid': 'Choose projects from the list',
})

export const downloadPack = vine.create({
  format: vine.enum(Object.keys(packFormats) as PackFormat[]),
})
downloadPack.messagesProvider = new SimpleMessagesProvider({
  required: 'Choose a form',
  enum: 'Choose a form',
})
