/** Work that concerns no organisation. */
type GlobalJob = { scope: 'global'; schedule?: string; rests?: never }

/** Work inside one organisation; with a schedule, inside each of them in turn. */
type OrganisationJob = {
  scope: 'organisation'
  schedule?: string
  /** Notifies people or moves their work on: it is skipped while the organisation is suspended. */
  rests?: true
}

/**
 * Work of one organisation that waits for others, such as a mail server: it opens its own transactions there, because
 * none may be held across a network call.
 */
type DetachedJob = { scope: 'detached'; schedule?: never; rests?: never }

export type JobKind = GlobalJob | OrganisationJob | DetachedJob

/** Ids and codes only: the queue is shared by all organisations. */
export type Payload = Record<string, string | number | boolean | null>

/**
 * Every job by name: what it concerns, and when it recurs. A schedule is the five fields of a crontab, in UTC. What
 * each job does is kept separate, so that enqueuing one does not load them all.
 */
export const jobKinds = {
  import_project: { scope: 'detached' },
  remove_sample: { scope: 'detached' },
  make_privacy_export: { scope: 'global' },
  recover_privacy_exports: { scope: 'global', schedule: '* * * * *' },
  sweep_privacy_exports: { scope: 'global', schedule: '*/15 * * * *' },
  discard_privacy_export: { scope: 'global' },
  sweep_sessions: { scope: 'global', schedule: '17 * * * *' },
  sweep_limits: { scope: 'global', schedule: '19 * * * *' },
  sweep_replies: { scope: 'organisation', schedule: '29 * * * *' },
  sweep_sent_forms: { scope: 'global', schedule: '31 * * * *' },
  work_on_import: { scope: 'detached' },
  discard_stale_imports: { scope: 'organisation', schedule: '43 * * * *' },
  rate_issues: { scope: 'organisation' },
  draft_from_expired: { scope: 'organisation', rests: true, schedule: '13 * * * *' },
  deliver_mail: { scope: 'detached' },
  recover_mails: { scope: 'global', schedule: '* * * * *' },
  morning_round: { scope: 'organisation', rests: true, schedule: '*/15 * * * *' },
  end_lost_interactions: { scope: 'organisation', schedule: '*/10 * * * *' },
  retain: { scope: 'global', schedule: '17 3 * * *' },
  alarm_desk: { scope: 'global', schedule: '7 6 * * *' },
  alarm_retention: { scope: 'global', schedule: '8 6 * * *' },
  store_evidence: { scope: 'detached' },
  discard_evidence: { scope: 'detached' },
  store_attachment: { scope: 'detached' },
  discard_attachment: { scope: 'detached' },
  deliver_webhook: { scope: 'detached' },
  verify_trail: { scope: 'detached' },
  verify_trails: { scope: 'global', schedule: '23 2 * * 0' },
  alarm_late_seals: { scope: 'global', schedule: '*/10 * * * *' },
  mail_alert: { scope: 'global' },
  erase_organisation: { scope: 'global' },
  make_board_pack: { scope: 'detached' },
  recover_board_packs: { scope: 'organisation', schedule: '*/5 * * * *' },
  sweep_board_packs: { scope: 'organisation', schedule: '*/30 * * * *' },
  discard_board_pack: { scope: 'detached' },
  erase_person: { scope: 'global' },
  keep_erasures_in_time: { scope: 'global', schedule: '52 5 * * *' },
  announce_policy: { scope: 'global', schedule: '11 6 * * *' },
  watch_conditions: { scope: 'organisation', rests: true, schedule: '7 * * * *' },
  remind_deciders: { scope: 'organisation', rests: true, schedule: '11 * * * *' },
  remind_of_deferred: { scope: 'organisation', rests: true, schedule: '12 * * * *' },
} as const satisfies Record<string, JobKind>

export type JobName = keyof typeof jobKinds
