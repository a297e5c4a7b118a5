/** Why an answer did not come, or stopped before its end. */
export const failures = {
  overloaded: 'Claude is busy at the moment. Ask again in a few minutes.',
  limited:
    'Claude is not accepting more questions from us at the moment. Ask again in a few minutes.',
  timeout: 'Claude took too long to answer. Ask again, or ask for less.',
  broken: 'The connection to Claude was lost. Ask again.',
  refused:
    'Claude did not accept the question. Ask the people who run this platform to find out why.',
  unreachable: 'Claude cannot be reached at the moment. Everything else works as usual.',
  declined: 'Claude declined to answer this.',
  nonsense: 'Claude’s answer could not be used. Ask again.',
  lost: 'The answer was lost when the server restarted. Ask again.',
} as const

export type FailureKind = keyof typeof failures

/** A call that brought no whole answer. The reply holds what came before it failed. */
export class AssistantFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    cause?: unknown
  ) {
    super(`The assistant gave no whole answer: ${kind}`, { cause })
  }
}

/** The reader has left, so no one is waiting for the answer. */
export class ReaderLeft extends Error {}
