export type CookieEntry = {
  name: string
  provider: string
  category: 'essential' | 'analytics'
  purpose: string
  duration: string
  storage: 'cookie' | 'localStorage' | 'sessionStorage'
  /** Set by our own responses; the others are set by the named provider's script in the browser. */
  ours: boolean
  /** Lives on our own domain, so that withdrawing consent can expire it. */
  firstParty: boolean
}

/** Every cookie and storage entry of the product. The policy's table and the response guard both read it. */
export const cookies: CookieEntry[] = [
  {
    name: 'appSession',
    provider: 'Orchestrate, for sign-in through Auth0 (Okta)',
    category: 'essential',
    purpose:
      'Keeps you signed in. Holds an encrypted random number and no personal data in readable form.',
    duration: '24 hours from last use, 30 days at most',
    storage: 'cookie',
    ours: true,
    firstParty: true,
  },
  {
    name: 'orch_org',
    provider: 'Orchestrate',
    category: 'essential',
    purpose: 'Remembers which of your organisations you are working in.',
    duration: 'Until the browser closes',
    storage: 'cookie',
    ours: true,
    firstParty: true,
  },
  {
    name: 'orch_consent',
    provider: 'Orchestrate',
    category: 'essential',
    purpose: 'Remembers whether you accepted or rejected analytics cookies.',
    duration: '1 year',
    storage: 'cookie',
    ours: true,
    firstParty: true,
  },
  {
    name: '_clck',
    provider: 'Microsoft Clarity',
    category: 'analytics',
    purpose: 'Keeps the Clarity user id, so that visits by one browser are counted together.',
    duration: '1 year',
    storage: 'cookie',
    ours: false,
    firstParty: true,
  },
  {
    name: '_clsk',
    provider: 'Microsoft Clarity',
    category: 'analytics',
    purpose: 'Joins the pages of one visit into one recording.',
    duration: '1 day',
    storage: 'cookie',
    ours: false,
    firstParty: true,
  },
  {
    name: 'CLID',
    provider: 'Microsoft Clarity',
    category: 'analytics',
    purpose: 'Marks when Clarity first saw this browser on any site that uses it.',
    duration: '1 year',
    storage: 'cookie',
    ours: false,
    firstParty: false,
  },
  {
    name: 'ANONCHK',
    provider: 'Microsoft Clarity',
    category: 'analytics',
    purpose:
      'Tells whether the identifier MUID may be passed on to Microsoft advertising services.',
    duration: '10 minutes',
    storage: 'cookie',
    ours: false,
    firstParty: false,
  },
  {
    name: 'MR, MUID, SM',
    provider: 'Microsoft Clarity',
    category: 'analytics',
    purpose: 'Microsoft identifiers that Clarity reads to recognise a browser.',
    duration: 'Up to 1 year',
    storage: 'cookie',
    ours: false,
    firstParty: false,
  },
]

/** Names that our own responses may set. */
export const ownCookies = new Set(cookies.filter((entry) => entry.ours).map((entry) => entry.name))

/** First-party analytics cookies, expired by us when consent is withdrawn. */
export const withdrawableCookies = cookies
  .filter((entry) => entry.category === 'analytics' && entry.firstParty)
  .map((entry) => entry.name)
