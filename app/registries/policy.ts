import { activities, bases, type Activity } from '#registries/activities'
import { cookies, type CookieEntry } from '#registries/cookies'
import { processors, type Processor } from '#registries/processors'
import { retentionRules } from '#registries/retention'

type Point = { term: string; text: string }
type Link = { href: string; label: string }

type ToldActivity = Pick<Activity, 'name' | 'purpose' | 'subjects' | 'data'> & {
  basis: string
}
type ToldProcessor = {
  name: string
  company: string
  purpose: string
  data: string[]
  region: string
  transfer: string | null
  when: string
}
type ToldCookie = Pick<CookieEntry, 'name' | 'provider' | 'purpose' | 'duration'>
type CookieGroup = { title: string; text: string; cookies: ToldCookie[] }

type Section = {
  id: string
  title: string
  paragraphs: string[]
  points?: Point[]
  activities?: ToldActivity[]
  processors?: ToldProcessor[]
  cookieGroups?: CookieGroup[]
  links?: Link[]
}

/** A policy as published. `{controller}`, `{address}`, `{email}` and `{host}` are placeholders for settings. */
export type PolicyDocument = { lead: string; sections: Section[] }

/** On its own pages, which neither the guard of our answers nor our registry reaches. */
export const AUTH0_COOKIES =
  'You sign in on a page of Auth0, which keeps cookies of its own there: among them auth0 for your sign-in, auth0-mf for a second factor, and did, which tells your device apart to ward off attacks. A copy for older browsers has a name that ends in _compat.'

/** In place of who hosts the product, which differs from one installation to the next. */
const HOST = { name: '{host}', company: '{host}' }

export const cookieGroups: CookieGroup[] = [
  {
    title: 'Essential',
    text: 'Orchestrate cannot work without these, so they need no consent.',
    cookies: toldCookies('essential'),
  },
  {
    title: 'Analytics',
    text: 'Set by Microsoft Clarity, and only after you accept them. Rejecting removes those on this site.',
    cookies: toldCookies('analytics'),
  },
]

/** The privacy policy. What the software can prove comes from the registries it enforces. */
export const policy: PolicyDocument = {
  lead: 'What Orchestrate knows about you, why, for how long, and what you can do about it.',
  sections: [
    {
      id: 'controller',
      title: 'Who is responsible',
      paragraphs: [
        '{controller} decides why and how your personal data is processed in Orchestrate: it is the controller under the UK GDPR and the Data Protection Act 2018, and under the EU GDPR for people in the European Economic Area.',
        'Write to {email} about anything on this page.{address}',
      ],
    },
    {
      id: 'data',
      title: 'What we hold',
      paragraphs: [],
      points: [
        {
          term: 'Account',
          text: 'Your name, your email address and the organisations you belong to; the time zone and theme that you chose, and when you last signed in.',
        },
        {
          term: 'Sign-in',
          text: 'Auth0 checks who you are. We never see or keep a password. Of each session we keep when it was used and the kind of browser, so that you can tell yours apart and end them.',
        },
        {
          term: 'Audit trail',
          text: 'What you do in a project or an organisation is recorded, and when you signed in and out: who, what and when.',
        },
        {
          term: 'Analytics',
          text: 'How pages are used, recorded by Microsoft Clarity with all text masked, and not on pages whose address holds what you search for. Clarity gives your browser a pseudonymous number. None of it happens unless you accept it.',
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
      paragraphs: [
        'This is everything we do with personal data, and the legal basis of each. What rests on consent you can withdraw at any time; to what rests on legitimate interests you can object.',
      ],
      activities: Object.values(activities).map(toldActivity),
    },
    {
      id: 'sharing',
      title: 'Who else sees it',
      paragraphs: [
        'Only the companies below, each bound by a data processing agreement that rules out training models on your data. We never sell personal data.',
        'Within the product, members of your organisation see what their role lets them see. Our own staff can find an account, the organisations it belongs to, their owners, and mails that failed; what an organisation keeps they read only for a stated reason, for an hour at most, and its owners are told. Programs that your organisation connects are told that something happened, without names or texts, and read no more than the member or the service for whom they ask.',
        'Our infrastructure stands in the EU. Where a company processes data outside the UK and the EEA, Standard Contractual Clauses or a recognised framework protect it.',
      ],
      processors: processors.map(toldProcessor),
    },
    {
      id: 'retention',
      title: 'How long we keep it',
      paragraphs: [
        'After you ask us to delete your account, your personal data is anonymised within 30 days; project records stay, without your name.',
        'What has had its time goes within the hour where we count in hours, and in the following night where we count in days.',
      ],
      points: Object.values(retentionRules).map(({ label, text }) => ({
        term: label,
        text: `${text[0].toUpperCase()}${text.slice(1)}.`,
      })),
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
        'You can see, correct, delete or take away your data, restrict or object to its use, and withdraw consent. We answer within 30 days or one calendar month, whichever ends first.',
        'You can also complain to us. We acknowledge a complaint within 30 days and tell you what came of it. And you can complain to the Information Commissioner’s Office at ico.org.uk, or to the authority of the country you live in, at any time.',
      ],
      links: [
        { href: '/privacy/requests/create', label: 'Ask about your data, or complain to us' },
      ],
    },
    {
      id: 'cookies',
      title: 'Cookies and browser storage',
      paragraphs: [
        'We set no advertising cookies and share nothing with advertisers. Of what Microsoft may set after you accept analytics, see MUID below.',
        AUTH0_COOKIES,
      ],
      cookieGroups,
    },
    {
      id: 'corrections',
      title: 'Where we said it differently before',
      paragraphs: [
        'Our policy of 3 April 2026 was not exact in these points. The product keeps to the stricter reading of each.',
      ],
      points: [
        {
          term: 'Clarity is pseudonymous, not anonymous',
          text: 'It recognises a browser by a number. We called that anonymised; it is personal data, which is why it needs your consent.',
        },
        {
          term: 'MUID serves advertising too',
          text: 'We said that no advertising or third-party tracking cookies are used. We set none. But Microsoft says that its identifier MUID serves advertising as well as analytics, and Clarity may set it on Microsoft’s own domains after you accept. We tell Clarity to keep no advertising storage, and our pages may not contact Bing.',
        },
        {
          term: 'Sentry stores nothing in your browser',
          text: 'We said that it keeps identifiers of session replays in local storage. We do not record sessions for Sentry, so there is nothing to keep.',
        },
        {
          term: 'Clarity also uses session storage',
          text: 'Our table was to list all cookies and storage. It left out _cltk, by which Clarity tells the tabs of a browser apart.',
        },
        {
          term: 'Auth0 keeps cookies on its sign-in page',
          text: 'Our table listed the cookies of this site and of Clarity only.',
        },
        {
          term: 'Tigris keeps files for us',
          text: 'Files came after that policy, so its list of companies had nobody who keeps them.',
        },
        {
          term: 'Consent is one of our legal bases',
          text: 'It was missing from the list, although analytics has always rested on it.',
        },
        {
          term: 'You can complain to us',
          text: 'The law gives you a right to that beside the complaint to the authority. The earlier policy did not say so.',
        },
        {
          term: 'A month can be shorter than 30 days',
          text: 'We promised an answer within 30 days; the law says one calendar month. Whichever ends first counts.',
        },
      ],
    },
    {
      id: 'changes',
      title: 'Changes to this page',
      paragraphs: [
        'When something important changes, we show it to everyone in the product and write to account holders. Earlier versions stay readable.',
      ],
      links: [{ href: '/privacy/versions', label: 'All versions of this policy' }],
    },
  ],
}

type Named = { name: string; address: string; email: string; host: string }

/** The document with its placeholders filled from the settings. */
export function addressed<T>(document: T, { name, address, email, host }: Named): T {
  const names: Record<string, string> = {
    '{controller}': name,
    '{email}': email,
    '{host}': host,
    '{address}': address ? ` Our address: ${address}.` : '',
  }
  return rewritten(document, (text) =>
    text.replaceAll(/\{\w+\}/g, (name_) => names[name_] ?? name_)
  )
}

function rewritten(value: any, change: (text: string) => string): any {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((entry) => rewritten(entry, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, rewritten(entry, change)])
  )
}

function toldActivity({ name, purpose, subjects, data, basis }: Activity): ToldActivity {
  return { name, purpose, subjects, data, basis: bases[basis] }
}

function toldProcessor(entry: Processor): ToldProcessor {
  const { purpose, data, region, transfer, when } = entry
  const { name, company } = entry.replacedBy ? HOST : entry
  return { name, company, purpose, data, region, transfer, when }
}

function toldCookies(category: CookieEntry['category']): ToldCookie[] {
  return cookies
    .filter((entry) => entry.category === category)
    .map(({ name, provider, purpose, duration }) => ({ name, provider, purpose, duration }))
}
