export type Processor = {
  name: string
  /** The company behind it, where people may know it by another name. */
  company: string
  purpose: string
  /** What it receives, in the words of the policy. */
  data: string[]
  /** Its host names; a leading dot means all subdomains. */
  hosts: string[]
  /** Who contacts it: our servers, the visitor's browser, or both. */
  reachedBy: ('server' | 'browser')[]
  region: string
  /** What protects data that leaves the UK and the EEA; null where none leaves. */
  transfer: string | null
  when: string
  /** Only after the visitor accepted analytics cookies. */
  needsConsent: boolean
  /** The setting without which it is never contacted; null when it cannot be switched off. */
  setting: string | null
  /** The setting that names a host of ours at this processor, such as a domain it serves for us. */
  hostSetting?: string
  /** The setting that names another company in its place. */
  replacedBy?: string
  /** The setting with the dates of its data processing agreement. */
  agreement: string
  /** Whether it may train models on what it receives from us. The agreements exclude it. */
  trains: false
  /** What pages may load from it, by directive of the content security policy. */
  sources?: Sources
  /** Addresses of ours at which it reports back. */
  webhooks?: string[]
}

export type Sources = Partial<Record<'scripts' | 'connections' | 'images', string[]>>

const SAFEGUARD =
  'Standard Contractual Clauses with the UK addendum, or the provider’s place in a recognised data transfer framework'

/** Everyone who processes personal data for us. The privacy policy and the egress allowlist read it. */
export const processors: Processor[] = [
  {
    name: 'Auth0',
    company: 'Okta',
    purpose: 'Signs people in. It keeps the credentials; we never see a password.',
    data: ['name', 'email address', 'sign-in time, address and browser'],
    hosts: ['.auth0.com'],
    reachedBy: ['server', 'browser'],
    region: 'The region of our Auth0 tenant',
    transfer: SAFEGUARD,
    when: 'At sign-in and sign-out.',
    needsConsent: false,
    setting: 'AUTH0_DOMAIN',
    hostSetting: 'AUTH0_DOMAIN',
    agreement: 'DPA_AUTH0',
    trains: false,
  },
  {
    name: 'Anthropic',
    company: 'Anthropic',
    purpose: 'Answers questions put to the project assistant, through its Claude API.',
    data: [
      'the question, or the text given to it',
      'the project records needed to answer it',
      'a number in place of whoever asks',
    ],
    hosts: ['api.anthropic.com'],
    reachedBy: ['server'],
    region: 'United States',
    transfer: SAFEGUARD,
    when: 'Only when a person asks the assistant. What is sent trains no models.',
    needsConsent: false,
    setting: 'ANTHROPIC_API_KEY',
    agreement: 'DPA_ANTHROPIC',
    trains: false,
  },
  {
    name: 'Sentry',
    company: 'Functional Software',
    purpose: 'Tells us that something failed and how slow it was, so that we can repair it.',
    data: [
      'browser and operating system',
      'page address without its query, session number',
      'error and its trace',
    ],
    hosts: ['.sentry.io'],
    reachedBy: ['server'],
    region: 'The region of our Sentry organisation',
    transfer: SAFEGUARD,
    when: 'When an error occurs, and for a sample of requests.',
    needsConsent: false,
    setting: 'SENTRY_DSN',
    agreement: 'DPA_SENTRY',
    trains: false,
  },
  {
    name: 'Resend',
    company: 'Resend',
    purpose: 'Delivers the mails that the product sends: invitations, notices, alerts.',
    data: ['email address', 'name', 'the mail itself'],
    hosts: ['api.resend.com'],
    reachedBy: ['server'],
    region: 'United States',
    transfer: SAFEGUARD,
    when: 'When a mail is sent.',
    needsConsent: false,
    setting: 'RESEND_API_KEY',
    agreement: 'DPA_RESEND',
    trains: false,
    webhooks: ['/webhooks/resend'],
  },
  {
    name: 'Microsoft Clarity',
    company: 'Microsoft',
    purpose: 'Shows us which parts of a page are used: heat maps and recordings of visits.',
    data: [
      'pseudonymous visitor and browser identifiers',
      'network address, browser, screen, language and time zone',
      'clicks, scrolling and pages, with the text of the pages masked',
    ],
    hosts: ['.clarity.ms'],
    reachedBy: ['browser'],
    region: 'United States',
    transfer: SAFEGUARD,
    when: 'Only after analytics cookies were accepted, until they are rejected again.',
    needsConsent: true,
    setting: 'CLARITY_PROJECT_ID',
    agreement: 'DPA_CLARITY',
    trains: false,
    sources: {
      scripts: ['https://www.clarity.ms', 'https://scripts.clarity.ms'],
      connections: ['https://*.clarity.ms'],
      images: ['https://*.clarity.ms'],
    },
  },
  {
    name: 'Fly.io',
    company: 'Fly.io',
    purpose: 'Runs our servers and keeps the database.',
    data: ['everything the product holds, encrypted in transit and at rest'],
    hosts: ['.fly.dev', '.fly.io'],
    reachedBy: ['browser'],
    region: 'European Union',
    transfer: SAFEGUARD,
    when: 'Always: it hosts the product.',
    needsConsent: false,
    setting: null,
    replacedBy: 'HOSTING_PROVIDER',
    agreement: 'DPA_FLY',
    trains: false,
  },
  {
    name: 'Tigris',
    company: 'Tigris Data',
    purpose: 'Keeps files for our servers: what people attach, and copies that wait to be fetched.',
    data: [
      'files attached to projects',
      'board packs and copies of data that wait to be fetched, encrypted by us',
      'that somebody was erased, as hashes',
    ],
    hosts: ['fly.storage.tigris.dev', 't3.storage.dev'],
    reachedBy: ['server'],
    region: 'European Union',
    transfer: SAFEGUARD,
    when: 'When a file is attached, made, opened or deleted.',
    needsConsent: false,
    setting: 'FILES_S3_BUCKET',
    agreement: 'DPA_TIGRIS',
    trains: false,
  },
]
