import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { forgetSentForms } from '#identity/sent_forms'
import { sweepSessions } from '#identity/session_store'
import { blankOldMails } from '#mails/retention'
import { forgetReplies } from '#models/api_token/replies'
import { blankOldInteractions } from '#models/assistant/retention'
import BoardPack from '#models/board_pack'
import ConsentRecord from '#models/consent_record'
import PrivacyExport from '#models/privacy_export'
import { forgetOldInvitations } from '#models/invitation/retention'
import { deleteOldNotifications } from '#models/notification/retention'
import { forgetOldRequests } from '#models/privacy_request/retention'
import { sweepLimits } from '#privacy/retention/limits'
import { deleteOldDeliveries } from '#models/webhook/retention'
import type { TimedRule } from '#registries/retention'

/**
 * What ends a rule when its time has come; each answers how many rows it took out or blanked. With `tenant`
 * it runs in the platform's own tenancy and in each organisation, and goes by what that one chose; with
 * `shared` on tables that belong to none.
 */
export type Enforcer =
  | { scope: 'tenant'; run(): Promise<number> }
  | { scope: 'shared'; run(trx: TransactionClientContract): Promise<number> }

/** One for every rule with a time limit: a rule without one does not compile. */
export const enforcers: Record<TimedRule, Enforcer> = {
  session: { scope: 'shared', run: (trx) => sweepSessions(trx) },
  invitation: { scope: 'tenant', run: () => forgetOldInvitations() },
  mail: { scope: 'tenant', run: () => blankOldMails() },
  notification: { scope: 'tenant', run: () => deleteOldNotifications() },
  assistant: { scope: 'tenant', run: () => blankOldInteractions() },
  request: { scope: 'tenant', run: () => forgetOldRequests() },
  export: { scope: 'tenant', run: () => PrivacyExport.sweep() },
  webhook: { scope: 'tenant', run: () => deleteOldDeliveries() },
  reply: { scope: 'tenant', run: () => forgetReplies() },
  form: { scope: 'tenant', run: () => forgetSentForms() },
  limit: { scope: 'shared', run: (trx) => sweepLimits(trx) },
  pack: { scope: 'tenant', run: () => BoardPack.sweep() },
  consent: { scope: 'tenant', run: () => ConsentRecord.forgetExpired() },
}
