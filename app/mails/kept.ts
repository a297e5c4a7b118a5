import app from '@adonisjs/core/services/app'
import { sender } from '#mails/delivery'
import OutboxMail from '#models/outbox_mail'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** Whether mails stay on a machine where someone is trying the product out, and a command shows them. */
export function isKeptHere() {
  return sender === null && !app.inProduction
}

/** The newest kept mail of the platform to an address; those of organisations are on their own page. */
export function lastKept(email: string) {
  return Tenancy.system(PLATFORM, () =>
    OutboxMail.query().where({ email, status: 'kept' }).orderBy('id', 'desc').first()
  )
}
