/** Why an answer did not come, or not to its end. */
export const failures = {
  overloaded: 'Claude has too much to do at the moment. Ask again in a few minutes.',
  limited: 'Claude takes no more questions from us for the moment. Ask again in a few minutes.',
  timeout: 'Claude took too long to answer. Ask again, perhaps for less.',
  broken: 'The connection to Claude broke off. Ask again.',
  refused: 'Claude did not take the question. Whoever runs this platform can find out why.',
  unreachable: 'Claude cannot be reached at the moment. Everything else works.',
  declined: 'Claude declined to answer this.',
  nonsense: 'Claude’s answer could not be used. Ask again.',
  lost: 'The answer was lost when the server restarted. Ask again.',
} as const

export type FailureKind = keyof typeof failures

/** A call that did not bring a whole answer. What had come until then stands in the reply. */
export class AssistantFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    cause?: unknown
  ) {
    super(`The assistant gave no whole answer: ${kind}`, { cause })
  }
}

/** The reader is gone, and nobody waits for the answer any more. */
export class ReaderLeft extends Error {}
