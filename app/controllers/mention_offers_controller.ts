import type { HttpContext } from '@adonisjs/core/http'
import { namesToMention } from '#models/notification/audience'

const LONGEST = 60

export default class MentionOffersController {
  /** Whom a comment in this project may name, by what is typed behind an @ so far. */
  async index({ project, request, response }: HttpContext) {
    return response.json({ people: await namesToMention(project, wordsIn(request.qs().q)) })
  }
}

function wordsIn(query: unknown) {
  if (typeof query !== 'string') return ''
  return query
    .replaceAll(/\p{Cc}/gu, ' ')
    .toWellFormed()
    .slice(0, LONGEST)
}
