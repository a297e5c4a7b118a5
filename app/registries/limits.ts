/** How often one person, one address if no one is signed in, or one token may do something. */
type Limit = {
  requests: number
  /** The window, in the limiter's words. It begins with the first request. */
  every: string
  by: 'person' | 'address' | 'token'
  /** What it prevents. */
  reason: string
}

/** Every limit that a route may declare with `.limited()`. */
export const limits = {
  sign_in: {
    requests: 30,
    every: '5 minutes',
    by: 'address',
    reason: 'trying identities one after the other',
  },
  join: {
    requests: 30,
    every: '10 minutes',
    by: 'address',
    reason: 'guessing the secret of an invitation',
  },
  invitation: {
    requests: 100,
    every: '1 hour',
    by: 'person',
    reason: 'sending mail to strangers through an organisation',
  },
  founding: {
    requests: 10,
    every: '1 hour',
    by: 'person',
    reason: 'filling the platform with organisations',
  },
  export: {
    requests: 60,
    every: '10 minutes',
    by: 'person',
    reason: 'keeping the database busy, and carrying everything off at once',
  },
  document: {
    requests: 60,
    every: '10 minutes',
    by: 'person',
    reason: 'keeping the server busy with files that are hard to read',
  },
  webhook_test: {
    requests: 30,
    every: '10 minutes',
    by: 'person',
    reason: 'having the platform knock at somebody’s door again and again',
  },
  feedback: {
    requests: 20,
    every: '1 hour',
    by: 'person',
    reason: 'filling the inbox of the platform',
  },
  public_form: {
    requests: 20,
    every: '1 hour',
    by: 'address',
    reason: 'filling the privacy desk, and guessing codes',
  },
  policy_report: {
    requests: 60,
    every: '10 minutes',
    by: 'address',
    reason: 'filling the log through the reports of a browser',
  },
  trouble: {
    requests: 30,
    every: '10 minutes',
    by: 'address',
    reason: 'filling the log through a page that fails again and again',
  },
  dismissal: {
    requests: 60,
    every: '10 minutes',
    by: 'person',
    reason: 'keeping the table of sessions busy',
  },
  secret_link: {
    requests: 120,
    every: '10 minutes',
    by: 'address',
    reason: 'guessing the secret of a link, and filling a task with words',
  },
  handing_in: {
    requests: 30,
    every: '10 minutes',
    by: 'address',
    reason: 'filling an organisation’s store of files through the link of a task',
  },
  api: {
    requests: 300,
    every: '1 minute',
    by: 'token',
    reason: 'one program crowding out the others',
  },
} satisfies Record<string, Limit>

export type LimitName = keyof typeof limits
