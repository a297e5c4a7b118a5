/**
 * An error that a person can act on: printed as its message alone, without a stack trace.
 */
export class Failure extends Error {
  hint = true
}

/**
 * Prints a failure the way its reader needs it: a sentence, or a stack trace for a defect.
 */
export function report(error) {
  console.error(error?.hint ? `\n${error.message}\n` : error)
}
