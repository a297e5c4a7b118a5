import { controller } from '#config/privacy'
import { queueMails } from '#mails/outbox'
import type { MailData } from '#mails/templates'

/**
 * Mails the privacy desk's own address, in the platform's tenancy, once for each key. Returns whether it was sent now.
 */
export async function mailDesk(data: MailData['notice'], key: string): Promise<boolean> {
  const to = { email: controller.email }
  const queued = await queueMails([{ template: 'notice', to, data, key }])
  return queued.length > 0
}
