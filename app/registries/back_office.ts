/** How recently a platform admin must have signed in for actions that cannot be undone or affect many people. */
export const DANGEROUS_MINUTES = 15

/** One page of the back office: its place in the navigation and on the overview. */
type Section = { key: string; href: string; label: string; icon: string; text: string }

/** Pages that belong together. */
type Area = { label: string; sections: Section[] }

/** Every section, in the order of the navigation. A new one is a new line. */
export const backOffice: Area[] = [
  {
    label: 'Customers',
    sections: [
      {
        key: 'organisations',
        href: '/admin/organisations',
        label: 'Organisations',
        icon: 'organisation',
        text: 'Which organisations use Orchestrate, how much, and their limits.',
      },
      {
        key: 'people',
        href: '/admin/people',
        label: 'People',
        icon: 'person',
        text: 'Look up an account and its organisations, or sign someone out.',
      },
      {
        key: 'feedback',
        href: '/admin/feedback',
        label: 'Feedback',
        icon: 'log',
        text: 'What people tell us about Orchestrate, and our answers.',
      },
    ],
  },
  {
    label: 'Operations',
    sections: [
      {
        key: 'alerts',
        href: '/admin/alerts',
        label: 'Alerts',
        icon: 'bell',
        text: 'Tell everyone, or one organisation, about maintenance and incidents.',
      },
      {
        key: 'jobs',
        href: '/admin/jobs',
        label: 'Jobs',
        icon: 'task',
        text: 'Background jobs that failed or are waiting.',
      },
      {
        key: 'mails',
        href: '/admin/mails',
        label: 'Emails',
        icon: 'mail',
        text: 'Whether emails were delivered, addresses that refuse them, and a preview of each kind.',
      },
      {
        key: 'assistant',
        href: '/admin/assistant',
        label: 'Assistant',
        icon: 'assistant',
        text: 'How much each organisation used it, and what that cost.',
      },
      {
        key: 'health',
        href: '/admin/health',
        label: 'Settings and health',
        icon: 'health',
        text: 'What is set up, which versions run, and when each part last worked.',
      },
    ],
  },
  {
    label: 'Accountability',
    sections: [
      {
        key: 'audit',
        href: '/admin/audit',
        label: 'Platform audit trail',
        icon: 'audit',
        text: 'What platform admins did here, and every sign-in, without naming the person.',
      },
      {
        key: 'seals',
        href: '/admin/seals',
        label: 'Seals',
        icon: 'check',
        text: 'How far each audit trail is sealed, and whether it verifies.',
      },
      {
        key: 'privacy',
        href: '/admin/privacy',
        label: 'Privacy desk',
        icon: 'lock',
        text: 'Requests about personal data, by due date.',
      },
      {
        key: 'policies',
        href: '/admin/policies',
        label: 'Policy versions',
        icon: 'report',
        text: 'Every version of the privacy policy, and how many people were told.',
      },
      {
        key: 'processors',
        href: '/admin/processors',
        label: 'Processors',
        icon: 'dependency',
        text: 'Companies that process personal data for us, and when their agreements end.',
      },
    ],
  },
]
