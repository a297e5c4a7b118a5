/** One page of the guides: its address under /help, whom it is for, and what it tells. */
type Guide = { slug: string; title: string; summary: string }

/** Pages for the same readers. */
type GuideGroup = { key: string; title: string; summary: string; guides: Guide[] }

/** Every guide, in the order of the contents. A new one is a new line here and a file in resources/help. */
export const guideGroups: GuideGroup[] = [
  {
    key: 'user',
    title: 'User guide',
    summary: 'Running and governing projects, by what you are in them.',
    guides: [
      {
        slug: 'first-steps',
        title: 'First steps',
        summary: 'Signing in, finding your way, and setting an organisation up.',
      },
      {
        slug: 'project-manager',
        title: 'Project manager',
        summary:
          'The RAID log, tasks, health, status reports, and bringing a gate to its decision.',
      },
      {
        slug: 'pmo',
        title: 'PMO',
        summary:
          'Lifecycles, who decides gates, scoring, the portfolio, who has reported, and conditions.',
      },
      {
        slug: 'deciding',
        title: 'Sponsor and gate decider',
        summary: 'Reading a pack, voting, deciding, and what happens afterwards.',
      },
      {
        slug: 'team-member',
        title: 'Team member',
        summary: 'Your work, tasks, raising entries, and what you are told of.',
      },
      {
        slug: 'external-person',
        title: 'External person',
        summary: 'Answering a task from a mail, without an account.',
      },
      {
        slug: 'auditor',
        title: 'Auditor',
        summary: 'Reading the audit trail, checking it alone, and giving delivery confidence.',
      },
      {
        slug: 'concepts',
        title: 'Words and rules',
        summary: 'What gates, criteria, scores, ratings, conditions, seals and the rest mean here.',
      },
      {
        slug: 'connections',
        title: 'Tokens, webhooks and files',
        summary: 'The API, webhooks, calendars, imports and exports.',
      },
    ],
  },
  {
    key: 'operator',
    title: 'Operator’s guide',
    summary: 'Running Orchestrate: for whoever keeps it up.',
    guides: [
      {
        slug: 'operator-install',
        title: 'Install and deploy',
        summary: 'Databases, roles, keys, settings, the first admin, scaling out, upgrades.',
      },
      {
        slug: 'operator-safety',
        title: 'Back-ups, seals and keys',
        summary: 'Back-up and restore drill, verifying the audit trail, changing keys.',
      },
      {
        slug: 'operator-running',
        title: 'Watching and mending',
        summary: 'Monitoring, the back office, incidents, limits, and troubleshooting by symptom.',
      },
    ],
  },
  {
    key: 'privacy',
    title: 'Privacy officer’s guide',
    summary: 'Answering people about their data, and proving what is promised.',
    guides: [
      {
        slug: 'privacy-requests',
        title: 'Requests at the desk',
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

/** What pages explain beside a heading: where its guide stands, after the words “Learn about”. */
export const guideTopics = {
  gates: { href: '/help/concepts#gates', label: 'gates' },
  decision_rules: { href: '/help/concepts#decision-rules', label: 'rules of decision' },
  criteria: { href: '/help/concepts#criteria', label: 'criteria that must or should be met' },
  readiness: { href: '/help/concepts#readiness', label: 'what blocks a submission' },
  conditions: { href: '/help/concepts#conditions', label: 'conditions of approvals' },
  packs: { href: '/help/concepts#packs', label: 'packs and their seals' },
  scoring: { href: '/help/concepts#scoring', label: 'scores and bands' },
  sensitivity: { href: '/help/concepts#sensitivity', label: 'who may see an entry' },
  rag: { href: '/help/concepts#rag', label: 'ratings, declared and computed' },
  confidence: { href: '/help/concepts#confidence', label: 'delivery confidence' },
  seals: { href: '/help/concepts#seals', label: 'seals of the audit trail' },
  break_glass: { href: '/help/concepts#break-glass', label: 'access by the platform' },
  retention: { href: '/help/concepts#retention', label: 'retention' },
  tokens: { href: '/help/connections#tokens', label: 'tokens' },
  webhooks: { href: '/help/connections#webhooks', label: 'webhooks' },
}
