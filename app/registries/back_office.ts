/** How recently a platform admin must have signed in for what cannot be undone or touches many. */
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
        text: 'Who uses the product, how much of it, and within which limits.',
      },
      {
        key: 'people',
        href: '/admin/people',
        label: 'People',
        icon: 'person',
        text: 'Whether somebody has an account, where they belong, and signing them out.',
      },
      {
        key: 'feedback',
        href: '/admin/feedback',
        label: 'Feedback',
        icon: 'log',
        text: 'What people tell us of the product, and what we answered.',
      },
    ],
  },
  {
    label: 'Running it',
    sections: [
      {
        key: 'alerts',
        href: '/admin/alerts',
        label: 'Alerts',
        icon: 'bell',
        text: 'What everyone or one organisation is told of maintenance and incidents.',
      },
      {
        key: 'jobs',
        href: '/admin/jobs',
        label: 'Jobs',
        icon: 'task',
        text: 'What the queue could not do, and what waits in it.',
      },
      {
        key: 'mails',
        href: '/admin/mails',
        label: 'Mail',
        icon: 'mail',
        text: 'What became of every organisation’s mails, addresses that refuse ours, and how each kind looks.',
      },
      {
        key: 'assistant',
        href: '/admin/assistant',
        label: 'Assistant',
        icon: 'assistant',
        text: 'How much of it each organisation used, and what that cost.',
      },
      {
        key: 'health',
        href: '/admin/health',
        label: 'Settings and health',
        icon: 'health',
        text: 'What is set up, which versions run, and when each part was last seen at work.',
      },
    ],
  },
  {
    label: 'Accounting for it',
    sections: [
      {
        key: 'audit',
        href: '/admin/audit',
        label: 'Platform audit trail',
        icon: 'audit',
        text: 'What platform admins did here, and every sign-in without its person.',
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
        text: 'Requests about personal data, by the day they are due.',
      },
      {
        key: 'policies',
        href: '/admin/policies',
        label: 'Policy versions',
        icon: 'report',
        text: 'Every version of the privacy policy, and how many people were told of it.',
      },
      {
        key: 'processors',
        href: '/admin/processors',
        label: 'Processors',
        icon: 'dependency',
        text: 'Who processes personal data for us, and until when we have their agreement.',
      },
    ],
  },
]
