import vine from '@vinejs/vine'
import { words } from '#validators/fields'
import { worded } from '#validators/worded'

export const storeComment = worded(vine.create({ body: words(10_000) }), {
  'body.required': 'Enter a comment',
  'body.minLength': 'Enter a comment',
  'body.maxLength': 'Keep a comment to 10,000 characters',
})
