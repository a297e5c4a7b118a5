const MINUTE = 60
const DAY = 86_400
const YEAR = 365 * DAY

export type CookieEntry = {
  name: string
  provider: string
  category: 'essential' | 'analytics'
  purpose: string
  duration: string
  /** In seconds, at most; null for one that ends with the browser session. */
  maxAge: number | null
  storage: 'cookie' | 'localStorage' | 'sessionStorage'
  /** Set by our own responses; the others are set by the named provider's script in the browser. */
  ours: boolean
  /** On our own domain, so that withdrawing consent can expire it. */
  firstParty: boolean
}

/** Every cookie and storage entry of the product. The policy's table and the response guard both use it. */
export const cookies: CookieEntry[] = [
  {
    name: 'appSession',
    provider: 'Orchestrate, for sign-in through Auth0 (Okta)',
    category: 'essential',
    purpose:
      'Keeps you signed in. Holds an encrypted random number and no personal data in readable form.',
    duration: '24 hours from last use, 30 days at most',
    maxAge: DAY,
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
    maxAge: null,
    storage: 'cookie',
    ours: true,
    firstParty: true,
  },
  {
    name: 'orch_consent',
    provider: 'Orchestrate',
    category: 'essential',
    purpose:
      'Remembers whether you accepted or rejected analytics cookies and, if you accepted, the number of the record that proves it.',
    duration: '1 year',
    maxAge: YEAR,
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
    maxAge: YEAR,
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
    maxAge: DAY,
    storage: 'cookie',
    ours: false,
    firstParty: true,
  },
  {
    name: '_cltk',
    provider: 'Microsoft Clarity',
    category: 'analytics',
    purpose: 'Tells the tabs of a browser apart. Kept in session storage; it is not a cookie.',
    duration: 'Until the tab closes',
    maxAge: null,
    storage: 'sessionStorage',
    ours: false,
    firstParty: true,
  },
  {
    name: 'CLID',
    provider: 'Microsoft Clarity',
    category: 'analytics',
    purpose: 'Marks when Clarity first saw this browser on any site that uses it.',
    duration: '1 year',
    maxAge: YEAR,
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
    maxAge: 10 * MINUTE,
    storage: 'cookie',
    ours: false,
    firstParty: false,
  },
  {
    name: 'MUID',
    provider: 'Microsoft Clarity',
    category: 'analytics',
    purpose:
      'A Microsoft identifier for this browser across Microsoft sites. Microsoft says that it serves advertising, site analytics and operations.',
    duration: '1 year',
    maxAge: YEAR,
    storage: 'cookie',
    ours: false,
    firstParty: false,
  },
  {
    name: 'MR',
    provider: 'Microsoft Clarity',
    category: 'analytics',
    purpose: 'Tells whether MUID is to be renewed.',
    duration: '7 days',
    maxAge: 7 * DAY,
    storage: 'cookie',
    ours: false,
    firstParty: false,
  },
  {
    name: 'SM',
    provider: 'Microsoft Clarity',
    category: 'analytics',
    purpose: 'Keeps MUID the same across Microsoft domains.',
    duration: 'Until the browser closes',
    maxAge: null,
    storage: 'cookie',
    ours: false,
    firstParty: false,
  },
]

/** Names that our own responses may set. */
export const ownCookies = new Set(cookies.filter((entry) => entry.ours).map((entry) => entry.name))

/** First-party analytics cookies, expired by us when consent is withdrawn. */
export const withdrawableCookies = withdrawable('cookie')

/** What analytics keeps in a tab of this site, removed by our own script then. */
export const withdrawableKeys = withdrawable('sessionStorage')

function withdrawable(storage: CookieEntry['storage']) {
  return cookies
    .filter((entry) => entry.category === 'analytics' && entry.firstParty)
    .filter((entry) => entry.storage === storage)
    .map((entry) => entry.name)
}
