import vine from '@vinejs/vine'
import { MOST_PAGES, packFormats } from '#models/board_pack/enumerations'
import { keysOf } from '#validators/fields'
import { worded } from '#validators/worded'

export const storePack = worded(
  vine.create({
    query: vine.string().maxLength(2000).nullable().optional(),
    projects: vine.array(vine.string().uuid()).maxLength(MOST_PAGES).optional(),
  }),
  {
    'projects.array.maxLength': `Choose up to ${MOST_PAGES} projects`,
    'maxLength': 'These filters are too long. Remove some',
    'array': 'Choose projects from the list',
    'uuid': 'Choose projects from the list',
  }
)

export const downloadPack = worded(
  vine.create({
    format: vine.enum(keysOf(packFormats)),
  }),
  {
    required: 'Choose PDF or PowerPoint',
    enum: 'Choose PDF or PowerPoint',
  }
)
