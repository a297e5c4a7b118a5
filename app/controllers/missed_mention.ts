import type { HttpContext } from '@adonisjs/core/http'
import type Comment from '#models/comment'
import { missedMention } from '#models/text/mention'

/** Says so when an @ was meant for someone and reached no one: otherwise the writer waits for an answer. */
export function tellOfMissed({ body }: Comment, session: HttpContext['session']) {
  const missed = missedMention(body)
  if (!missed) return
  const advice = 'Type @ and the full name of someone who can see the project.'
  session.flash('warning', `The comment was added, but “${missed}” did not match anyone. ${advice}`)
}
