import { Exception } from '@adonisjs/core/exceptions'

/** Why a sign-in failed, and what the person is told. */
const reasons = {
  interrupted: {
    status: 400,
    title: 'Your sign-in was interrupted',
    text: 'It was started in another browser, or has already been used. Sign in again to continue.',
  },
  denied: {
    status: 403,
    title: 'Sign-in cancelled',
    text: 'The identity provider did not confirm who you are. Sign in again to continue.',
  },
  unverified: {
    status: 403,
    title: 'Confirm your email address',
    text: 'Open the email from the identity provider and follow its link, then sign in again.',
  },
  taken: {
    status: 403,
    title: 'This email address belongs to another account',
    text: 'Sign in the same way as when you first used this address. If that does not work, ask us for help.',
  },
  erased: {
    status: 403,
    title: 'This account is being deleted',
    text: 'This cannot be undone. Once it has finished, you can sign in again with a new, empty account.',
  },
  untrusted: {
    status: 502,
    title: 'We could not verify your sign-in',
    text: 'The identity provider’s answer did not pass our checks, so you were not signed in. Try again.',
  },
  unavailable: {
    status: 503,
    title: 'You cannot sign in at the moment',
    text: 'The identity provider is not responding. Try again in a few minutes. Anyone already signed in can keep working.',
  },
}

type Reason = keyof typeof reasons

/** A sign-in that must not go through. `cause` is for the log, never for the page. */
export class SignInRefused extends Exception {
  static code = 'E_SIGN_IN_REFUSED'
  readonly title: string
  readonly text: string

  constructor(
    readonly reason: Reason,
    cause?: unknown
  ) {
    const { title, text, status } = reasons[reason]
    super(title, { status, cause })
    this.title = title
    this.text = text
  }
}
