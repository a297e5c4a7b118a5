import { cookies, type CookieEntry } from '#registries/cookies'
import { processors, type Processor } from '#registries/processors'

type CookieGroup = { title: string; text: string; cookies: CookieEntry[] }

type Section = {
  id: string
  title: string
  paragraphs: string[]
  points?: { term: string; text: string }[]
  processors?: Processor[]
  cookieGroups?: CookieGroup[]
}

export const cookieGroups: CookieGroup[] = [
  {
    title: 'Essential',
    text: 'Orchestrate cannot work without these, so they need no consent.',
    cookies: cookies.filter(({ category }) => category === 'essential'),
  },
  {
    title: 'Analytics',
    text: 'Set by Microsoft Clarity, and only after you accept them. Rejecting removes those on this site.',
    cookies: cookies.filter(({ category }) => category === 'analytics'),
  },
]

/** The privacy policy. What the software can prove comes from the registries it enforces. */
export const policy: { lead: string; updatedOn: string; sections: Section[] } = {
  lead: 'What Orchestrate knows about you, why, for how long, and what you can do about it.',
  updatedOn: '2026-11-23',
  sections: [
    {
      id: 'controller',
      title: 'Who is responsible',
      paragraphs: [
        'APTIM-Solutions Ltd decides why and how your personal data is processed in Orchestrate: it is the controller under the UK GDPR and the Data Protection Act 2018, and under the EU GDPR for people in the European Economic Area.',
        'Write to privacy@aptim-solutions.com about anything on this page.',
      ],
    },
    {
      id: 'data',
      title: 'What we hold',
      paragraphs: [],
      points: [
        {
          term: 'Account',
          text: 'Your name, your email address and the organisations you belong to.',
        },
        {
          term: 'Sign-in',
          text: 'Auth0 checks who you are. We never see or keep a password.',
        },
        {
          term: 'Audit trail',
          text: 'What you do in a project is recorded: who, what and when.',
        },
        {
          term: 'Analytics',
          text: 'How pages are used, recorded by Microsoft Clarity with all text masked. Clarity gives your browser a pseudonymous number. None of it happens unless you accept it.',
        },
        {
          term: 'AI features',
          text: 'When you use one, the project context it needs goes to Anthropic. We keep the prompt and the number of tokens, to account for use and cost.',
        },
        {
          term: 'Errors',
          text: 'When something fails, Sentry receives technical data: browser, operating system, page address, stack trace and a session number.',
        },
        {
          term: 'Feedback',
          text: 'Your message, the page you wrote it on and your user id.',
        },
        {
          term: 'External people',
          text: 'Administrators may name people without an account, with an optional email address, to assign work to them.',
        },
      ],
    },
    {
      id: 'purposes',
      title: 'Why, and on what basis',
      paragraphs: [],
      points: [
        {
          term: 'Contract',
          text: 'Running the service for you: accounts, organisations, projects, and the messages that belong to them.',
        },
        {
          term: 'Legitimate interests',
          text: 'Keeping the service secure, finding errors and improving it.',
        },
        {
          term: 'Legal obligations',
          text: 'Audit trails and the retention that the law requires.',
        },
        { term: 'Consent', text: 'Analytics. You can withdraw it at any time.' },
      ],
    },
    {
      id: 'sharing',
      title: 'Who else sees it',
      paragraphs: [
        'Only the companies below, each bound by a data processing agreement. We never sell personal data.',
        'Our infrastructure stands in the EU. Where a company processes data outside the UK and the EEA, Standard Contractual Clauses or a recognised framework protect it.',
      ],
      processors,
    },
    {
      id: 'retention',
      title: 'How long we keep it',
      paragraphs: [
        'As long as your account is active or the service needs it. The audit trail lives as long as its project. After you ask us to delete your account, your personal data is anonymised within 30 days; project records stay, without your name.',
      ],
    },
    {
      id: 'security',
      title: 'How it is protected',
      paragraphs: [
        'Data is encrypted in transit (TLS 1.2 or newer) and at rest. Organisations are kept apart in the application and again in the database. What people can do depends on their role in the platform, the organisation and the project. Security and dependencies are reviewed regularly.',
      ],
    },
    {
      id: 'rights',
      title: 'Your rights',
      paragraphs: [
        'You can see, correct, delete or take away your data, restrict or object to its use, and withdraw consent. Write to privacy@aptim-solutions.com: we answer within 30 days.',
        'You can also complain to us at the same address, or to the Information Commissioner’s Office at ico.org.uk.',
      ],
    },
    {
      id: 'cookies',
      title: 'Cookies and browser storage',
      paragraphs: ['We set no advertising cookies and share nothing with advertisers.'],
      cookieGroups,
    },
    {
      id: 'changes',
      title: 'Changes to this page',
      paragraphs: [
        'When something important changes, we say so in the product and update the date above.',
      ],
    },
  ],
}
