import { DateTime } from 'luxon'
import { record } from '#audit/events'
import { enqueue } from '#jobs/enqueue'
import OutboxMail from '#models/outbox_mail'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/**
 * Sends a failed mail again, whichever organisation it is from, as if it had never been tried. Expects the platform's
 * tenancy. False when there is no such mail, or nothing of it left to send.
 */
export async function retryMail(id: string) {
  const [{ organisationId }] = await sql(
    Tenancy.current().trx,
    'select office.failed_mail(?) as "organisationId"',
    [id]
  )
  if (!organisationId) return false
  const isQueued = await Tenancy.visit(organisationId, () => queueAnew(id))
  if (isQueued) await record({ action: 'mail.retried', entityType: 'mail', entityId: id })
  return isQueued
}

/** The row's lock lets only one of two through. */
async function queueAnew(id: string) {
  const mail = await OutboxMail.query()
    .where({ id, status: 'failed' })
    .whereNull('blankedAt')
    .forUpdate()
    .first()
  if (!mail) return false
  const untried = { attempts: 0, firstAttemptedAt: null, failure: null, dueAt: DateTime.utc() }
  await mail.merge({ ...untried, status: 'queued' }).save()
  await enqueue(Tenancy.current().trx, 'deliver_mail', { mailId: id })
  return true
}
