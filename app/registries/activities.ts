/** The lawful bases that the product relies on, in the words of the policy. */
export const bases = {
  contract: 'Contract',
  legitimate_interests: 'Legitimate interests',
  legal_obligation: 'Legal obligation',
  consent: 'Consent',
} as const

export type Basis = keyof typeof bases

/** How closely a column relates to a person. */
export type DataClass = 'none' | 'pseudonym' | 'identity' | 'contact' | 'content' | 'technical'

/** One entry of the record of processing activities (Article 30). */
export type Activity = {
  name: string
  purpose: string
  basis: Basis
  subjects: string
  /** What is processed, in the words of the policy. */
  data: string
  /** The classes of column that its tables may have. */
  classes: DataClass[]
  /** Processors by name. */
  recipients: string[]
}

/** Everything we do with personal data, and why we may. The policy's purposes come from here. */
export const activities = {
  accounts: {
    name: 'Accounts and sign-in',
    purpose: 'To know who you are, let you in, and show your colleagues who you are.',
    basis: 'contract',
    subjects: 'account holders, members of organisations and people invited to one',
    data: 'name, email address, time zone and theme, memberships, sessions with the kind of browser',
    classes: ['none', 'pseudonym', 'identity', 'contact', 'technical'],
    recipients: ['Auth0', 'Fly.io'],
  },
  governance: {
    name: 'Project governance',
    purpose: 'To run projects: who is responsible, what was decided and why.',
    basis: 'contract',
    subjects: 'people who work on a project or are named in it',
    data: 'roles, and what people write in projects, logs, comments and files',
    classes: ['none', 'pseudonym', 'identity', 'contact', 'content', 'technical'],
    recipients: ['Tigris', 'Fly.io'],
  },
  audit: {
    name: 'Audit trail',
    purpose: 'To show who changed what, and that nobody changed it afterwards.',
    basis: 'legal_obligation',
    subjects: 'people whose actions are recorded',
    data: 'what was done, when, under which pseudonym, and the values before and after',
    classes: ['none', 'pseudonym', 'content', 'technical'],
    recipients: ['Fly.io'],
  },
  messages: {
    name: 'Mails and notices',
    purpose: 'To send invitations, notices and alerts, once, and to know what became of them.',
    basis: 'contract',
    subjects: 'people who are sent a mail',
    data: 'name, email address, the message, whether it arrived',
    classes: ['none', 'pseudonym', 'identity', 'contact', 'content', 'technical'],
    recipients: ['Resend', 'Fly.io'],
  },
  feedback: {
    name: 'Feedback',
    purpose: 'To read what you tell us about the product, and to answer.',
    basis: 'legitimate_interests',
    subjects: 'people who send feedback',
    data: 'the message, the page it was written on, the account',
    classes: ['none', 'pseudonym', 'content', 'technical'],
    recipients: ['Resend', 'Fly.io'],
  },
  externals: {
    name: 'External people',
    purpose: 'To assign work to people without an account, and to tell them of it.',
    basis: 'legitimate_interests',
    subjects: 'people whom an administrator names without their having an account',
    data: 'name, email address where one is given, assigned work',
    classes: ['none', 'pseudonym', 'identity', 'contact', 'content', 'technical'],
    recipients: ['Resend', 'Fly.io'],
  },
  assistant: {
    name: 'AI features',
    purpose: 'To answer what you ask the assistant, and to account for use and cost.',
    basis: 'contract',
    subjects: 'people who ask the assistant, and people named in what it is sent',
    data: 'the question, the project records it needs, the answer, the number of tokens',
    classes: ['none', 'pseudonym', 'content', 'technical'],
    recipients: ['Anthropic', 'Fly.io'],
  },
  analytics: {
    name: 'Analytics',
    purpose: 'To see how pages are used, so that we can improve them.',
    basis: 'consent',
    subjects: 'visitors who accepted analytics cookies',
    data: 'pseudonymous identifiers, clicks and scrolling, with the text of pages masked',
    classes: ['none', 'pseudonym', 'technical'],
    recipients: ['Microsoft Clarity'],
  },
  errors: {
    name: 'Error monitoring',
    purpose: 'To learn that something failed or was slow, and to repair it.',
    basis: 'legitimate_interests',
    subjects: 'people whose request failed',
    data: 'browser, operating system, page address without its query, session number, stack trace',
    classes: ['none', 'technical'],
    recipients: ['Sentry'],
  },
  rights: {
    name: 'Your rights and choices',
    purpose: 'To answer what you ask about your data, and to prove what you chose and were told.',
    basis: 'legal_obligation',
    subjects:
      'people who ask about their data, make a choice about cookies, or are told of a change',
    data: 'the request and its answer, contact details given with it, choices, notices',
    classes: ['none', 'pseudonym', 'identity', 'contact', 'content', 'technical'],
    recipients: ['Resend', 'Tigris', 'Fly.io'],
  },
  security: {
    name: 'Security and operation',
    purpose: 'To keep the service secure, in order, and able to be restored.',
    basis: 'legitimate_interests',
    subjects: 'everyone who uses the product',
    data: 'technical records, and hashes from which no address is read',
    classes: ['none', 'pseudonym', 'technical'],
    recipients: ['Fly.io'],
  },
} satisfies Record<string, Activity>

export type ActivityName = keyof typeof activities

/** The activity of each job. `privacy:verify` reports a job that is missing here. */
export const jobActivities: Record<string, ActivityName> = {
  make_privacy_export: 'rights',
  recover_privacy_exports: 'rights',
  sweep_privacy_exports: 'rights',
  discard_privacy_export: 'rights',
  sweep_sessions: 'accounts',
  sweep_limits: 'security',
  sweep_replies: 'governance',
  sweep_sent_forms: 'governance',
  discard_stale_imports: 'governance',
  work_on_import: 'governance',
  import_project: 'governance',
  remove_sample: 'governance',
  watch_conditions: 'governance',
  remind_deciders: 'governance',
  remind_of_deferred: 'governance',
  rate_issues: 'governance',
  draft_from_expired: 'governance',
  make_board_pack: 'governance',
  recover_board_packs: 'governance',
  sweep_board_packs: 'governance',
  discard_board_pack: 'governance',
  store_evidence: 'governance',
  discard_evidence: 'governance',
  store_attachment: 'governance',
  discard_attachment: 'governance',
  deliver_mail: 'messages',
  deliver_webhook: 'governance',
  recover_mails: 'messages',
  end_lost_interactions: 'assistant',
  morning_round: 'messages',
  announce_policy: 'rights',
  alarm_desk: 'rights',
  retain: 'rights',
  alarm_retention: 'rights',
  erase_person: 'rights',
  keep_erasures_in_time: 'rights',
  erase_organisation: 'rights',
  mail_alert: 'messages',
  verify_trail: 'audit',
  verify_trails: 'audit',
  alarm_late_seals: 'audit',
}
