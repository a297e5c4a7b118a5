/** One area of the back office: its place in the navigation and on the overview. */
export type Section = { key: string; href: string; label: string; icon: string; text: string }

/** Every section, in the order of the navigation. A new one is a new line. */
export const backOffice: Section[] = [
  {
    key: 'feedback',
    href: '/admin/feedback',
    label: 'Feedback',
    icon: 'log',
    text: 'What people tell us of the product, and what we answered.',
  },
  {
    key: 'mails',
    href: '/admin/mails',
    label: 'Mail',
    icon: 'export',
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
    key: 'audit',
    href: '/admin/audit',
    label: 'Platform audit trail',
    icon: 'audit',
    text: 'What platform admins did here, and every sign-in without its person.',
  },
  {
    key: 'privacy',
    href: '/admin/privacy',
    label: 'Privacy desk',
    icon: 'lock',
    text: 'Requests about personal data, by the day they are due.',
  },
]
