import vine from '@vinejs/vine'
import { words } from '#validators/fields'
import { worded } from '#validators/worded'

export const storeComment = worded(vine.create({ body: words(10_000) }), {
  'body.required': 'Write a comment first',
  'body.minLength': 'Write a comment first',
  'body.maxLength': 'Keep a comment to 10,000 characters',
})
