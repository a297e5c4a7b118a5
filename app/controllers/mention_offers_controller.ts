import type { HttpContext } from '@adonisjs/core/http'
import { wordsIn } from '#controllers/mention_words'
import { namesToMention } from '#models/notification/audience'

export default class MentionOffersController {
  /** Whom a comment in this project may name, by what is typed behind an @ so far. */
  async index({ project, request, response }: HttpContext) {
    return response.json({ people: await namesToMention(project, wordsIn(request.qs().q)) })
  }
}
