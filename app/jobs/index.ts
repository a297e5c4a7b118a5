import db from '@adonisjs/lucid/services/db'
import { sweepSentForms } from '#identity/sent_forms'
import { sweepSessions } from '#identity/session_store'
import { mailAlert } from '#mails/alerts'
import { deliverMail, recoverMails } from '#mails/delivery'
import { endLostInteractions } from '#models/assistant/retention'
import { forgetReplies } from '#models/api_token/replies'
import { discardStored, storeBytes } from '#models/stored_file/files'
import BoardPack from '#models/board_pack'
import Import from '#models/import'
import { workOnImport } from '#jobs/import_work'
import { jobKinds, type JobKind, type JobName, type Payload } from '#jobs/kinds'
import { runProjectImport } from '#transfer/run'
import { draftFromExpired } from '#models/raid/assumption_clock'
import { rateIssues } from '#models/raid/ratings'
import { morningRound } from '#models/morning/round'
import { makeExport } from '#privacy/exports/make'
import { discardArchive } from '#privacy/exports/store'
import { recoverExports, sweepExports } from '#privacy/exports/upkeep'
import { removeSampleProject } from '#privacy/destruction/sample'
import { eraseWhenDue } from '#privacy/destruction/scheduled'
import { keepErasuresInTime } from '#privacy/erasure/keeping_time'
import { runErasure } from '#privacy/erasure/run'
import { alarmDesk } from '#privacy/alarms'
import { announcePolicy } from '#privacy/announcement'
import { alarmOfLateSeals, verifyEveryTrail, verifyTrail } from '#privacy/trails'
import { alarmRetention } from '#privacy/retention/alarm'
import { sweepLimits } from '#privacy/retention/limits'
import { retain } from '#privacy/retention/round'
import { watchConditions } from '#models/condition/watch'
import { deliverWebhook } from '#webhooks/delivering'
import { remindDeciders, remindOfDeferred } from '#models/deciding/reminders'

type Work = (payload: Payload) => unknown

export type Job = JobKind & { run: Work }
export type Jobs = Record<string, Job>

/** What each job does. */
const work: Record<JobName, Work> = {
  import_project: about('importId', runProjectImport),
  remove_sample: ({ organisationId, projectId, by }) =>
    removeSampleProject(String(organisationId), String(projectId), String(by)),
  make_privacy_export: ({ exportId }) => makeExport(String(exportId)),
  recover_privacy_exports: () => recoverExports(),
  sweep_privacy_exports: () => sweepExports(),
  discard_privacy_export: ({ exportId }) => discardArchive(String(exportId)),
  sweep_sessions: () => sweepSessions(),
  sweep_limits: () => sweepLimits(db),
  sweep_replies: () => forgetReplies(),
  sweep_sent_forms: () => sweepSentForms(),
  work_on_import: workOnImport,
  discard_stale_imports: () => Import.discardStale(),
  rate_issues: () => rateIssues(),
  draft_from_expired: () => draftFromExpired(),
  deliver_mail: about('mailId', deliverMail),
  recover_mails: () => recoverMails(),
  morning_round: () => morningRound(),
  end_lost_interactions: () => endLostInteractions(),
  retain: () => retain(),
  alarm_desk: () => alarmDesk(),
  alarm_retention: () => alarmRetention(),
  store_evidence: about('evidenceId', (organisationId, id) =>
    storeBytes('evidence', organisationId, id)
  ),
  discard_evidence: about('evidenceId', (organisationId, id) =>
    discardStored('evidence', organisationId, id)
  ),
  store_attachment: about('attachmentId', (organisationId, id) =>
    storeBytes('attachment', organisationId, id)
  ),
  discard_attachment: about('attachmentId', (organisationId, id) =>
    discardStored('attachment', organisationId, id)
  ),
  deliver_webhook: about('deliveryId', deliverWebhook),
  verify_trail: about('verificationId', verifyTrail),
  verify_trails: () => verifyEveryTrail(),
  alarm_late_seals: () => alarmOfLateSeals(),
  mail_alert: ({ alertId }) => mailAlert(String(alertId)),
  erase_organisation: ({ target, by }) => eraseWhenDue(String(target), String(by)),
  make_board_pack: async (payload) => (await boardPacks()).makePack(packOf(payload)),
  recover_board_packs: () => BoardPack.recover(),
  sweep_board_packs: () => BoardPack.sweep(),
  discard_board_pack: async (payload) => (await boardPacks()).discardPack(packOf(payload)),
  erase_person: ({ erasureId }) => runErasure(String(erasureId)),
  keep_erasures_in_time: () => keepErasuresInTime(),
  announce_policy: () => announcePolicy(),
  watch_conditions: () => watchConditions(),
  remind_deciders: () => remindDeciders(),
  remind_of_deferred: () => remindOfDeferred(),
}

/** Every job, for the processes that run them. */
export const jobs = Object.fromEntries(
  Object.entries(jobKinds).map(([name, kind]) => [name, { ...kind, run: work[name as JobName] }])
) as Record<JobName, Job>

/** Gives a job the organisation and the record that its payload names under `key`. */
function about(key: string, act: (organisationId: string, id: string) => unknown): Work {
  return ({ organisationId, [key]: id }) => act(String(organisationId), String(id))
}

/** The code that writes PDFs and slides is heavy: only a worker that makes a pack loads it. */
function boardPacks() {
  return import('#exports/board_pack/make')
}

function packOf({ organisationId, packId }: Payload) {
  return { organisationId: String(organisationId), packId: String(packId) }
}
