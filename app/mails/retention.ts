import RetentionSettings from '#models/retention_settings'
import { change } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/**
 * Blanks the address and content of this organisation's mails once they are past its retention: 30 days at most.
 * Returns how many.
 */
export async function blankOldMails() {
  const { trx, organisationId } = Tenancy.current()
  const { mails } = await RetentionSettings.days()
  return change(
    trx,
    `update email_outbox
        set email = null, name = null, subject = null, text_body = null, html_body = null,
            unsubscribe_url = null, blanked_at = now(), updated_at = now(),
            status = case when status in ('queued', 'sending') then 'failed' else status end,
            failure = case when status in ('queued', 'sending') then 'outcome_unknown' else failure end
      where organisation_id = ? and blanked_at is null
        and created_at < now() - make_interval(days => ?)`,
    [organisationId, mails]
  )
}
