/** One kind of notice: what it is called, when it comes, and by which ways unless its reader chose others. */
type Kind = {
  label: string
  /** What happens before it comes, as a clause after “when”. */
  when: string
  /** What its mail’s link says. */
  action: string
  inApp: boolean
  mail: boolean
  /** Why its mails cannot be stopped; absent where they can. */
  mandatory?: string
}

type Ways = Partial<Pick<Kind, 'inApp' | 'mail' | 'mandatory'>>

const kind = (label: string, when: string, action: string, ways: Ways = {}): Kind => ({
  label,
  when,
  action,
  inApp: true,
  mail: true,
  ...ways,
})

/** Every kind of notice that the product gives, and no other. */
const notificationKinds = {
  assignment: kind(
    'Assignments',
    'you become the owner of a RAID entry, are asked to take a decision, a task is assigned to you, or an external person answers one that you gave them',
    'See what it is about'
  ),
  mention: kind(
    'Mentions',
    'somebody writes @ and your name in a comment',
    'Read it where it was written'
  ),
  review_due: kind(
    'Reviews due',
    'the review date of a RAID entry that you own is reached',
    'Review it'
  ),
  dependency: kind(
    'Dependencies between projects',
    'another project depends on one of yours or yours on it, and it asks, answers or changes something',
    'See the dependency'
  ),
  project_request: kind(
    'Project requests',
    'somebody asks for a project, if you begin them or would sponsor it, and when one that you asked for is answered',
    'See the request'
  ),
  escalation: kind(
    'Escalations',
    'a RAID entry is escalated to you or to the level that you answer for, that is taken back, or one that you escalated is answered',
    'See the entry'
  ),
  overdue_digest: kind(
    'Overdue work',
    'something of yours becomes overdue, and each week that it is: all of it at once, at seven in the morning',
    'See my work'
  ),
  vote_needed: kind(
    'Votes',
    'a gate is submitted that you are to decide, or your consent as its chair is asked for',
    'See the gate',
    {
      mandatory: 'A gate cannot be decided without those who were named to decide it.',
    }
  ),
  gate_submitted: kind(
    'Gates submitted',
    'a gate of your project is submitted or taken back',
    'See the gate'
  ),
  gate_reminder: kind(
    'Gate reminders',
    'a gate comes near, waits for your vote, is overdue, can be decided no more, or is asked to do without a criterion',
    'See the gate'
  ),
  gate_decided: kind('Gate decisions', 'a gate of your project is decided', 'See the decision'),
  condition_due: kind(
    'Conditions',
    'a condition that you own comes due or is answered, or one waits for you to verify it or to hand it over',
    'See the condition'
  ),
  approval_lapsed: kind(
    'Lapsed approvals',
    'an approval no longer holds because a condition of it was not met in time',
    'See the gate',
    {
      mandatory: 'Work that goes on without its approval must be known to those who answer for it.',
    }
  ),
  confidence_red: kind(
    'Delivery confidence',
    'the delivery confidence of a project that you sponsor or manage turns red',
    'See what it rests on'
  ),
  report_published: kind(
    'Reports published',
    'a status report is published that you subscribed to',
    'Read the report'
  ),
  report_due: kind(
    'Reports due',
    'a status report of yours comes due, or is sent back to you',
    'Write the report'
  ),
  report_submitted: kind(
    'Reports to publish',
    'a status report waits for you to publish it',
    'Read and publish it'
  ),
  import_ended: kind(
    'Imports',
    'a large import that you asked for, or its undoing, has ended or could not be done',
    'See what came of it'
  ),
  token_ends: kind(
    'Tokens',
    'a token of yours, or of a service if you manage those, stops working within a week',
    'See the tokens'
  ),
  invitation: kind('Invitations accepted', 'somebody whom you invited joins', 'See the members'),
  feedback_reply: kind(
    'Answers to feedback',
    'somebody answers the feedback that you gave',
    'Read the answer'
  ),
  assistant_budget: kind(
    'Budget of the assistant',
    'four fifths of your budget for the assistant are used, or of the organisation’s if you look after it, and when it is spent',
    'See what was used'
  ),
  privacy_request: kind(
    'Privacy requests',
    'a request about personal data is made, comes due or is answered',
    'See the request',
    { mandatory: 'The law sets a date by which these are answered.' }
  ),
  system_alert: kind(
    'Alerts',
    'something about the organisation’s data or its safety needs your attention',
    'See what happened',
    { mandatory: 'They tell you of things that must not go unseen.' }
  ),
} satisfies Record<string, Kind>

export type NotificationKind = keyof typeof notificationKinds

export const kindNames = Object.keys(notificationKinds) as NotificationKind[]

/** Whether there is such a kind of notice. */
export function isKind(name: unknown): name is NotificationKind {
  return typeof name === 'string' && Object.hasOwn(notificationKinds, name)
}

/** The kind’s entry, whose optional parts the closed list’s own type hides. */
export function kindOf(name: NotificationKind): Kind {
  return notificationKinds[name]
}
