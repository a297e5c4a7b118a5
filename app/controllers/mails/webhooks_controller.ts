import type { HttpContext } from '@adonisjs/core/http'
import { mailSettings } from '#config/mail'
import { readWebhook, receiveReport } from '#mails/webhook'

const STATUS = { taken: 204, unknown: 404, repeated: 409 } as const

export default class WebhooksController {
  /**
   * What the provider reports about a mail. An unknown mail is refused, so that the provider retries: its report can
   * overtake our own record of sending it.
   */
  async store({ request, response }: HttpContext) {
    const { webhookSecret } = mailSettings
    if (!webhookSecret) return response.status(404).send('')
    const report = verified(request, webhookSecret)
    if (report === 'forged') return response.status(401).send('')
    if (!report) return response.status(204).send('')
    return response.status(STATUS[await receiveReport(report)]).send('')
  }
}

function verified(request: HttpContext['request'], secret: string) {
  const headers = {
    id: request.header('svix-id', '')!,
    timestamp: request.header('svix-timestamp', '')!,
    signature: request.header('svix-signature', '')!,
  }
  try {
    return readWebhook(request.raw() ?? '', headers, secret)
  } catch {
    return 'forged' as const
  }
}
