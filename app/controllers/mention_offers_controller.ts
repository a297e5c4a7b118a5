import type { HttpContext } from '@adonisjs/core/http'
import { wordsIn } from '#controllers/mention_words'
import { namesToMention } from '#models/notification/audience'

export default class MentionOffersController {
  /** People whom a comment in this project can mention, by what has been typed after the @. */
  async index({ project, request, response }: HttpContext) {
    return response.json({ people: await namesToMention(project, wordsIn(request.qs().q)) })
  }
}
