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

/** Work that concerns no organisation. */
type GlobalJob = { scope: 'global'; schedule?: string; run(payload: Payload): unknown }

/** Work inside one organisation; with a schedule, inside each of them in turn. */
type OrganisationJob = {
  scope: 'organisation'
  schedule?: string
  /** Tells people or moves their work on: it is left out while the organisation is suspended. */
  rests?: true
  run(payload: Payload): unknown
}

/**
 * Work of one organisation that waits for others, such as a mail server: it opens its own transactions
 * there, because none may be held across a network call.
 */
type DetachedJob = { scope: 'detached'; schedule?: never; run(payload: Payload): unknown }

export type Job = GlobalJob | OrganisationJob | DetachedJob
export type Jobs = Record<string, Job>

/** Ids and codes only: the queue is shared by all organisations. */
export type Payload = Record<string, string | number | boolean | null>

/** Every job by name. A schedule is a crontab's five fields, in UTC. */
export const jobs = {
  import_project: {
    scope: 'detached',
    run: about('importId', runProjectImport),
  },
  remove_sample: {
    scope: 'detached',
    run: ({ organisationId, projectId, by }: Payload) =>
      removeSampleProject(String(organisationId), String(projectId), String(by)),
  },
  make_privacy_export: {
    scope: 'global',
    run: ({ exportId }: Payload) => makeExport(String(exportId)),
  },
  recover_privacy_exports: { scope: 'global', schedule: '* * * * *', run: () => recoverExports() },
  sweep_privacy_exports: { scope: 'global', schedule: '*/15 * * * *', run: () => sweepExports() },
  discard_privacy_export: {
    scope: 'global',
    run: ({ exportId }: Payload) => discardArchive(String(exportId)),
  },
  sweep_sessions: { scope: 'global', schedule: '17 * * * *', run: () => sweepSessions() },
  sweep_limits: { scope: 'global', schedule: '19 * * * *', run: () => sweepLimits(db) },
  sweep_replies: { scope: 'organisation', schedule: '29 * * * *', run: () => forgetReplies() },
  sweep_sent_forms: { scope: 'global', schedule: '31 * * * *', run: () => sweepSentForms() },
  work_on_import: {
    scope: 'detached',
    run: (payload: Payload) => workOnImport(payload),
  },
  discard_stale_imports: {
    scope: 'organisation',
    schedule: '43 * * * *',
    run: () => Import.discardStale(),
  },
  rate_issues: { scope: 'organisation', run: () => rateIssues() },
  draft_from_expired: {
    scope: 'organisation',
    rests: true,
    schedule: '13 * * * *',
    run: () => draftFromExpired(),
  },
  deliver_mail: {
    scope: 'detached',
    run: about('mailId', deliverMail),
  },
  recover_mails: { scope: 'global', schedule: '* * * * *', run: () => recoverMails() },
  morning_round: {
    scope: 'organisation',
    rests: true,
    schedule: '*/15 * * * *',
    run: () => morningRound(),
  },
  end_lost_interactions: {
    scope: 'organisation',
    schedule: '*/10 * * * *',
    run: () => endLostInteractions(),
  },
  retain: { scope: 'global', schedule: '17 3 * * *', run: () => retain() },
  alarm_desk: { scope: 'global', schedule: '7 6 * * *', run: () => alarmDesk() },
  alarm_retention: { scope: 'global', schedule: '8 6 * * *', run: () => alarmRetention() },
  store_evidence: {
    scope: 'detached',
    run: about('evidenceId', (organisationId, id) => storeBytes('evidence', organisationId, id)),
  },
  discard_evidence: {
    scope: 'detached',
    run: about('evidenceId', (organisationId, id) => discardStored('evidence', organisationId, id)),
  },
  store_attachment: {
    scope: 'detached',
    run: about('attachmentId', (organisationId, id) =>
      storeBytes('attachment', organisationId, id)
    ),
  },
  discard_attachment: {
    scope: 'detached',
    run: about('attachmentId', (organisationId, id) =>
      discardStored('attachment', organisationId, id)
    ),
  },
  deliver_webhook: {
    scope: 'detached',
    run: about('deliveryId', deliverWebhook),
  },
  verify_trail: {
    scope: 'detached',
    run: about('verificationId', verifyTrail),
  },
  verify_trails: { scope: 'global', schedule: '23 2 * * 0', run: () => verifyEveryTrail() },
  alarm_late_seals: { scope: 'global', schedule: '*/10 * * * *', run: () => alarmOfLateSeals() },
  mail_alert: { scope: 'global', run: ({ alertId }: Payload) => mailAlert(String(alertId)) },
  erase_organisation: {
    scope: 'global',
    run: ({ target, by }: Payload) => eraseWhenDue(String(target), String(by)),
  },
  make_board_pack: {
    scope: 'detached',
    run: async (payload: Payload) => (await boardPacks()).makePack(packOf(payload)),
  },
  recover_board_packs: {
    scope: 'organisation',
    schedule: '*/5 * * * *',
    run: () => BoardPack.recover(),
  },
  sweep_board_packs: {
    scope: 'organisation',
    schedule: '*/30 * * * *',
    run: () => BoardPack.sweep(),
  },
  discard_board_pack: {
    scope: 'detached',
    run: async (payload: Payload) => (await boardPacks()).discardPack(packOf(payload)),
  },
  erase_person: { scope: 'global', run: ({ erasureId }: Payload) => runErasure(String(erasureId)) },
  keep_erasures_in_time: {
    scope: 'global',
    schedule: '52 5 * * *',
    run: () => keepErasuresInTime(),
  },
  announce_policy: { scope: 'global', schedule: '11 6 * * *', run: () => announcePolicy() },
  watch_conditions: {
    scope: 'organisation',
    rests: true,
    schedule: '7 * * * *',
    run: () => watchConditions(),
  },
  remind_deciders: {
    scope: 'organisation',
    rests: true,
    schedule: '11 * * * *',
    run: () => remindDeciders(),
  },
  remind_of_deferred: {
    scope: 'organisation',
    rests: true,
    schedule: '12 * * * *',
    run: () => remindOfDeferred(),
  },
} satisfies Jobs

/** Hands a job the organisation and the record that its payload names under `key`. */
function about(key: string, work: (organisationId: string, id: string) => unknown) {
  return ({ organisationId, [key]: id }: Payload) => work(String(organisationId), String(id))
}

/** What writes PDFs and slides is heavy: only a worker that makes a pack loads it. */
function boardPacks() {
  return import('#exports/board_pack/make')
}

function packOf({ organisationId, packId }: Payload) {
  return { organisationId: String(organisationId), packId: String(packId) }
}

export type JobName = keyof typeof jobs
