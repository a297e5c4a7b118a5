export type Processor = { name: string; purpose: string; receives: string; region: string }

/** Every company that processes personal data for us. The policy's table reads it. */
export const processors: Processor[] = [
  {
    name: 'Auth0 (Okta)',
    purpose: 'Signing in',
    receives: 'Your name, email address and credentials, and when you sign in',
    region: 'EU tenant; support from the USA',
  },
  {
    name: 'Fly.io',
    purpose: 'Hosting of the application and its database',
    receives: 'Everything stored in Orchestrate, encrypted at rest',
    region: 'EU',
  },
  {
    name: 'Anthropic',
    purpose: 'AI features, when somebody invokes one',
    receives: 'The project context that the feature needs; it is not used to train models',
    region: 'USA',
  },
  {
    name: 'Sentry',
    purpose: 'Finding errors and slow pages',
    receives: 'Browser, operating system, page address and stack trace of an error',
    region: 'EU',
  },
  {
    name: 'Resend',
    purpose: 'Sending invitations and notices by email',
    receives: 'The address and the text of each message',
    region: 'USA',
  },
  {
    name: 'Microsoft Clarity',
    purpose: 'Seeing how pages are used, only if you accept it',
    receives: 'Clicks, scrolling and page views, with all text masked',
    region: 'EU and USA',
  },
]
