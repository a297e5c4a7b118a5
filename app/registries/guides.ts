/** One page of the guides: its address under /help, its title, and what its readers can do with it. */
type Guide = { slug: string; title: string; summary: string }

/** Pages for the same readers. */
type GuideGroup = { key: string; title: string; summary: string; guides: Guide[] }

/** Every guide, in the order of the contents. A new one is a new line here and a file in resources/help. */
export const guideGroups: GuideGroup[] = [
  {
    key: 'user',
    title: 'User guide',
    summary: 'Running and governing projects, role by role.',
    guides: [
      {
        slug: 'first-steps',
        title: 'First steps',
        summary: 'Sign in, find your way and set up an organisation.',
      },
      {
        slug: 'project-manager',
        title: 'Project manager',
        summary: 'Keep the RAID log, assign tasks, report, and bring a gate to its decision.',
      },
      {
        slug: 'pmo',
        title: 'PMO',
        summary: 'Set the rules, name who decides, and watch the portfolio.',
      },
      {
        slug: 'deciding',
        title: 'Sponsor and gate decider',
        summary: 'Read the pack, vote, decide, and follow up.',
      },
      {
        slug: 'team-member',
        title: 'Team member',
        summary: 'Do your tasks, raise entries, and choose what you are told.',
      },
      {
        slug: 'external-person',
        title: 'External person',
        summary: 'Answer a task from an email, without an account.',
      },
      {
        slug: 'auditor',
        title: 'Auditor',
        summary: 'Read the audit trail, check it yourself, and give delivery confidence.',
      },
      {
        slug: 'concepts',
        title: 'Terms and rules',
        summary: 'What gates, criteria, scores, ratings, conditions and seals mean here.',
      },
      {
        slug: 'connections',
        title: 'Tokens, webhooks and files',
        summary: 'Connect programs and calendars, and bring data in and out.',
      },
    ],
  },
  {
    key: 'operator',
    title: 'Operator guide',
    summary: 'Installing, running and securing Orchestrate.',
    guides: [
      {
        slug: 'operator-install',
        title: 'Install and deploy',
        summary:
          'Databases, roles, keys, settings, the first platform admin, scaling and upgrades.',
      },
      {
        slug: 'operator-safety',
        title: 'Back-ups, seals and keys',
        summary: 'Back up and restore, verify the audit trail, and change keys.',
      },
      {
        slug: 'operator-running',
        title: 'Monitoring and troubleshooting',
        summary: 'Metrics, the back office, incidents, limits, and fixes by symptom.',
      },
    ],
  },
  {
    key: 'privacy',
    title: 'Privacy officer guide',
    summary: 'Answering people about their data, and proving what was promised.',
    guides: [
      {
        slug: 'privacy-requests',
        title: 'Handling requests',
        summary: 'From receipt to fulfilment: identity, due dates, copies, corrections, erasure.',
      },
      {
        slug: 'privacy-records',
        title: 'Registers, retention and breaches',
        summary: 'Policy versions, processors, retention, a breach step by step, and proof.',
      },
    ],
  },
]

/** Every guide with its group. */
export const guides = guideGroups.flatMap((group) =>
  group.guides.map((guide) => ({ ...guide, group }))
)

/** The section of a guide to which a “?” beside a heading links, and its name after the words “Learn about”. */
export const guideTopics = {
  gates: { href: '/help/concepts#gates', label: 'gates' },
  decision_rules: { href: '/help/concepts#decision-rules', label: 'decision rules' },
  criteria: { href: '/help/concepts#criteria', label: 'criteria that must or should be met' },
  readiness: { href: '/help/concepts#readiness', label: 'what blocks a submission' },
  conditions: { href: '/help/concepts#conditions', label: 'conditions of approvals' },
  packs: { href: '/help/concepts#packs', label: 'packs and their seals' },
  scoring: { href: '/help/concepts#scoring', label: 'scores and bands' },
  sensitivity: { href: '/help/concepts#sensitivity', label: 'who can see an entry' },
  rag: { href: '/help/concepts#rag', label: 'ratings, declared and computed' },
  confidence: { href: '/help/concepts#confidence', label: 'delivery confidence' },
  seals: { href: '/help/concepts#seals', label: 'seals of the audit trail' },
  break_glass: { href: '/help/concepts#break-glass', label: 'access by the platform' },
  retention: { href: '/help/concepts#retention', label: 'retention' },
  tokens: { href: '/help/connections#tokens', label: 'tokens' },
  webhooks: { href: '/help/connections#webhooks', label: 'webhooks' },
}
