import { scrubbedText } from '#monitoring/scrubbing'

const DEPTH = 3

/** What a log says about an error. */
type LoggedError = {
  type: string
  message: string
  stack: string
  /** Which database rule was broken, or what the system answered; never the values. */
  code?: string
  table?: string
  constraint?: string
  column?: string
  cause?: LoggedError
}

/**
 * An error as the log keeps it: an allowlist, because what libraries attach to their errors (PostgreSQL's `detail`, a
 * mail's recipients, the body of a request) contains personal data.
 */
export function loggedError(
  error: unknown,
  known: Iterable<string> = [],
  depth = DEPTH
): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: '[no error]', stack: '' }
  const { code, table, constraint, column } = error as Error & Record<string, unknown>
  const facts = Object.entries({ code, table, constraint, column })
  return {
    type: error.name,
    message: scrubbedText(error.message, known),
    stack: framesOf(error),
    ...Object.fromEntries(facts.filter(([, value]) => typeof value === 'string')),
    ...(error.cause && depth > 0 ? { cause: loggedError(error.cause, known, depth - 1) } : {}),
  }
}

/** The logged form as an error again: a copy that others may keep. */
export function errorOf({ type, message, stack, cause, ...rules }: LoggedError): Error {
  const copy = new Error(message, cause && { cause: errorOf(cause) })
  copy.name = type
  copy.stack = `${type}\n${stack}`
  return Object.assign(copy, rules)
}

/** The frames of a stack, which begins with the message as it was. */
function framesOf({ stack = '' }: Error) {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
}
