/** One kind of notice: its name, when it is sent, and by which ways unless its reader chose others. */
type Kind = {
  label: string
  /** What happens before it is sent, as a clause after “when”. */
  when: string
  /** The text of its mail’s link. */
  action: string
  inApp: boolean
  mail: boolean
  /** Why its mails cannot be stopped; absent when they can. */
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

/** Every kind of notice in the product, and no other. */
const notificationKinds = {
  assignment: kind(
    'Assignments',
    'you become the owner of a RAID entry, are asked to take a decision or are assigned a task, or an external person answers one you gave them',
    'See the details'
  ),
  mention: kind('Mentions', 'someone mentions you in a comment', 'Read the comment'),
  project_role: kind(
    'Roles in projects',
    'someone makes you manager or sponsor of a project, or adds you to it',
    'See the project'
  ),
  review_due: kind(
    'Reviews due',
    'a RAID entry you own reaches its review date',
    'Review the entry'
  ),
  dependency: kind(
    'Dependencies between projects',
    'another project depends on one of yours, or yours on it, and it asks, answers or changes something',
    'See the dependency'
  ),
  project_request: kind(
    'Project requests',
    'someone asks for a project you could create or sponsor, or answers one you asked for',
    'See the request'
  ),
  escalation: kind(
    'Escalations',
    'a RAID entry is escalated to you or your level, an escalation is taken back, or one you made is answered',
    'See the entry'
  ),
  overdue_digest: kind(
    'Overdue work',
    'your work becomes overdue, and each week while it is, in one list at 7am',
    'See my work'
  ),
  vote_needed: kind(
    'Votes',
    'a gate you decide is submitted, your consent as its chair is needed, or someone names you as deputy or ends that',
    'Read and answer',
    {
      mandatory: 'A gate cannot be decided without its named deciders.',
    }
  ),
  gate_submitted: kind(
    'Gates submitted',
    'a gate in your project is submitted or taken back',
    'See the gate'
  ),
  gate_reminder: kind(
    'Gate reminders',
    'a gate is near, needs your vote, is overdue or can no longer be decided, or someone asks to set a criterion aside',
    'See the gate'
  ),
  gate_decided: kind('Gate decisions', 'a gate in your project is decided', 'See the decision'),
  condition_due: kind(
    'Conditions',
    'a condition you own is due or is answered, or one needs you to verify it or hand it over',
    'See the condition'
  ),
  approval_lapsed: kind(
    'Lapsed approvals',
    'an approval lapses because one of its conditions was not met in time',
    'See the gate',
    {
      mandatory: 'The people accountable must know when work goes on without approval.',
    }
  ),
  confidence_red: kind(
    'Delivery confidence',
    'the delivery confidence of a project you sponsor or manage turns red',
    'See why'
  ),
  report_published: kind(
    'Reports published',
    'a status report you subscribe to is published',
    'Read the report'
  ),
  report_due: kind(
    'Reports due',
    'a status report is due from you, or is sent back to you',
    'Write the report'
  ),
  report_submitted: kind(
    'Reports to publish',
    'a status report is ready for you to publish',
    'Review and publish the report'
  ),
  import_ended: kind(
    'Imports',
    'a large import you started, or its undoing, finishes, fails or is cancelled by someone else',
    'See the result'
  ),
  token_ends: kind(
    'Tokens',
    'your token, or a service token you manage, expires within a week',
    'See the tokens'
  ),
  invitation: kind('Invitations accepted', 'someone you invited joins', 'See the members'),
  assistant_budget: kind(
    'Assistant budget',
    '80% of your assistant budget, or of the organisation’s if you manage it, is used, and when it is spent',
    'See the usage'
  ),
  system_alert: kind(
    'Alerts',
    'something about the organisation’s data or security needs your attention',
    'See what happened',
    { mandatory: 'These must not be missed.' }
  ),
} satisfies Record<string, Kind>

export type NotificationKind = keyof typeof notificationKinds

export const kindNames = Object.keys(notificationKinds) as NotificationKind[]

/** Whether there is such a kind of notice. */
export function isKind(name: unknown): name is NotificationKind {
  return typeof name === 'string' && Object.hasOwn(notificationKinds, name)
}

/** The kind’s entry, with the optional parts that the closed list’s own type hides. */
export function kindOf(name: NotificationKind): Kind {
  return notificationKinds[name]
}
