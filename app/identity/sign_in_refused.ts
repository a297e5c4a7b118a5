import { Exception } from '@adonisjs/core/exceptions'

/** Why a sign-in came to nothing, and what the person is told. */
const reasons = {
  interrupted: {
    status: 400,
    title: 'This sign-in was interrupted',
    text: 'It was not started in this browser, or it has been completed before. Please start again.',
  },
  denied: {
    status: 403,
    title: 'The sign-in was cancelled',
    text: 'The identity provider did not confirm who you are. You can try again.',
  },
  unverified: {
    status: 403,
    title: 'Your email address is not confirmed',
    text: 'Open the message that the identity provider sent to you, follow its link, and sign in again.',
  },
  taken: {
    status: 403,
    title: 'This email address belongs to another account',
    text: 'Sign in the way you did when you first used this address, or ask us for help.',
  },
  erased: {
    status: 403,
    title: 'This account is being deleted',
    text: 'Its deletion was asked for and cannot be undone. Once it is finished you can sign in anew, with an empty account.',
  },
  untrusted: {
    status: 502,
    title: 'The sign-in could not be verified',
    text: 'The answer of the identity provider did not pass our checks, so nobody was signed in.',
  },
  unavailable: {
    status: 503,
    title: 'Signing in is not possible at the moment',
    text: 'The identity provider does not answer. Whoever is signed in can go on working. Please try again in a few minutes.',
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
