import { createHash } from 'node:crypto'

/** How long something is kept: in words for the policy, and what ends it. */
export type RetentionRule = {
  /** What is kept, in the words of the policy. */
  label: string
  text: string
  /** What ends it: the passing of time, or the end of something else. */
  ends: 'time' | 'account' | 'project' | 'organisation' | 'database' | 'command'
  /** With `time`, or where an operator's command takes care of it: the maximum number of days. */
  days?: number
  /** With `time`: the recurring jobs that take care of it. */
  jobs?: string[]
}

/** Every rule by which data is removed. Each table of the inventory names one. */
export const retentionRules = {
  account: {
    label: 'Your account, and feedback you sent',
    text: 'as long as the account; blanked within 30 days of a request to delete it',
    ends: 'account',
  },
  project: {
    label: 'Project records',
    text: 'as long as the project is kept',
    ends: 'project',
  },
  trail: {
    label: 'The audit trail',
    text: 'as long as the project or the organisation that it tells of, and of accounts and sign-ins as long as the service; your name and address go from it with your account',
    ends: 'project',
  },
  organisation: {
    label: 'What belongs to an organisation',
    text: 'as long as the organisation is a customer',
    ends: 'organisation',
  },
  membership: {
    label: 'Memberships',
    text: 'as long as the organisation is a customer; the person behind it is blanked with the account',
    ends: 'organisation',
  },
  external: {
    label: 'External people',
    text: 'as long as the organisation is a customer; the person is blanked within 30 days of a request',
    ends: 'organisation',
  },
  invitation: {
    label: 'Invitations',
    text: 'the address for seven days after an invitation was answered, taken back or lapsed; then only that there was one',
    ends: 'time',
    days: 7,
    jobs: ['retain'],
  },
  session: {
    label: 'Sessions',
    text: '24 hours from last use, 30 days at most',
    ends: 'time',
    days: 30,
    jobs: ['sweep_sessions', 'retain'],
  },
  mail: {
    label: 'Mails',
    text: 'address and content for 30 days; then only that a mail of this kind was sent',
    ends: 'time',
    days: 30,
    jobs: ['retain'],
  },
  notification: {
    label: 'Notices in the product',
    text: '180 days',
    ends: 'time',
    days: 180,
    jobs: ['retain'],
  },
  assistant: {
    label: 'Questions to the assistant',
    text: 'question, records sent and answer for 90 days; then only that it was asked, its tokens and cost',
    ends: 'time',
    days: 90,
    jobs: ['retain'],
  },
  request: {
    label: 'Requests about your data',
    text: 'what they say and how to reach you for three years after they are closed, and no longer than your account; then only that there was one',
    ends: 'time',
    days: 1095,
    jobs: ['retain'],
  },
  export: {
    label: 'Copies of your data',
    text: '24 hours from when they are ready, and an hour after you downloaded one; then only that there was one',
    ends: 'time',
    days: 1,
    jobs: ['sweep_privacy_exports', 'retain'],
  },
  pack: {
    label: 'Board packs',
    text: 'the files for 7 days; then only when you asked for one, and which projects it showed',
    ends: 'time',
    days: 7,
    jobs: ['sweep_board_packs', 'retain'],
  },
  consent: {
    label: 'Choices about cookies',
    text: 'a year as a choice, and a year more as its proof',
    ends: 'time',
    days: 730,
    jobs: ['retain'],
  },
  webhook: {
    label: 'What webhooks were told',
    text: '30 days; which event, when, and what the receiver answered',
    ends: 'time',
    days: 30,
    jobs: ['retain'],
  },
  reply: {
    label: 'Answers of the API',
    text: '24 hours, so that a request sent twice is done once',
    ends: 'time',
    days: 1,
    jobs: ['sweep_replies', 'retain'],
  },
  form: {
    label: 'Forms that were sent',
    text: '24 hours, so that one sent twice takes effect once; a hash of what it said, and where it led',
    ends: 'time',
    days: 1,
    jobs: ['sweep_sent_forms', 'retain'],
  },
  limit: {
    label: 'Counts of requests',
    text: 'a few hours, a day at most; a keyed hash, from which neither person nor address is read',
    ends: 'time',
    days: 1,
    jobs: ['sweep_limits', 'retain'],
  },
  suppression: {
    label: 'Addresses that refuse our mails',
    text: 'as long as the product sends mails; a keyed hash, from which no address is read',
    ends: 'database',
  },
  backup: {
    label: 'Back-ups',
    text: '30 days; accounts and external people that were erased since are erased again before one is used',
    ends: 'command',
    days: 30,
  },
  machinery: {
    label: 'The database’s own records',
    text: 'as long as the database',
    ends: 'database',
  },
} satisfies Record<string, RetentionRule>

export type RetentionName = keyof typeof retentionRules

/** The rules with a time limit. Each has an entry among the enforcers and a test of its own. */
export type TimedRule = {
  [Name in RetentionName]: (typeof retentionRules)[Name]['ends'] extends 'time' ? Name : never
}[RetentionName]

export const timedRules = (Object.keys(retentionRules) as RetentionName[]).filter(
  (name): name is TimedRule => retentionRules[name].ends === 'time'
)

/** Identifies the wording of a rule, so that a report says which one it followed. */
export function ruleVersion(name: RetentionName) {
  const { label, text, ends }: RetentionRule = retentionRules[name]
  const told = JSON.stringify([name, label, text, ends, daysOf(name)])
  return createHash('sha256').update(told).digest('hex').slice(0, 12)
}

/** The maximum number of days after which a timed rule ends what it is about. */
export function daysOf(name: RetentionName) {
  const { days = 0 }: RetentionRule = retentionRules[name]
  return days
}
