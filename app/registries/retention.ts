/** How long something is kept: in words for the policy, and by what it ends. */
export type RetentionRule = {
  text: string
  /** What ends it: the passing of time, or the end of something else. */
  ends: 'time' | 'account' | 'project' | 'organisation' | 'database'
  /** With `time`: after how many days at most. */
  days?: number
  /** With `time`: the recurring jobs that see to it. */
  jobs?: string[]
}

/** Every rule by which data leaves again. Each table of the inventory names one. */
export const retentionRules = {
  account: {
    text: 'as long as the account; blanked within 30 days of a request to delete it',
    ends: 'account',
  },
  project: { text: 'as long as the project is kept', ends: 'project' },
  organisation: { text: 'as long as the organisation is a customer', ends: 'organisation' },
  membership: {
    text: 'as long as the organisation is a customer; the person behind it is blanked with the account',
    ends: 'organisation',
  },
  external: {
    text: 'as long as the organisation is a customer; the person is blanked within 30 days of a request',
    ends: 'organisation',
  },
  session: {
    text: '24 hours from last use, 30 days at most',
    ends: 'time',
    days: 30,
    jobs: ['sweep_sessions'],
  },
  mail: {
    text: 'address and content for 30 days; then only that a mail of this kind was sent',
    ends: 'time',
    days: 30,
    jobs: ['blank_old_mails', 'blank_old_platform_mails'],
  },
  notification: {
    text: '180 days',
    ends: 'time',
    days: 180,
    jobs: ['delete_old_notifications'],
  },
  suppression: {
    text: 'as long as the product sends mails; a keyed hash, from which no address is read',
    ends: 'database',
  },
  machinery: { text: 'as long as the database', ends: 'database' },
} satisfies Record<string, RetentionRule>

export type RetentionName = keyof typeof retentionRules
