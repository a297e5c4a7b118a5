import { record } from '#audit/events'
import { enqueue } from '#jobs/enqueue'
import { change, sql } from '#tenancy/sql'
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

/** Only one of two finds it failed. */
async function queueAnew(id: string) {
  const { trx, organisationId } = Tenancy.current()
  const isQueued = await change(
    trx,
    `update email_outbox
        set status = 'queued', attempts = 0, first_attempted_at = null, failure = null,
            due_at = now(), updated_at = now()
      where organisation_id = ? and id = ? and status = 'failed' and blanked_at is null`,
    [organisationId, id]
  )
  if (isQueued) await enqueue(trx, 'deliver_mail', { mailId: id })
  return isQueued > 0
}
