import { FAILED_BEFORE } from '#tenancy/batch'

/**
 * Statements of a transaction whose answers are not awaited, so that they leave together with the next query, at the
 * latest with the commit. If one of them fails PostgreSQL rolls the whole transaction back.
 */
export class Unawaited {
  #answered: Promise<unknown> = Promise.resolve()
  #failure: unknown = null

  add(outcome: Promise<unknown>) {
    const heard = outcome.catch((error) => this.#keep(error))
    this.#answered = this.#answered.then(() => heard)
  }

  /** Throws the first failure, once all are answered. */
  async hear() {
    await this.#answered
    if (this.#failure) throw this.#failure
  }

  /** A statement that failed only because another did says nothing. */
  #keep(error: { code?: string }) {
    if (error.code !== FAILED_BEFORE) this.#failure ??= error
  }
}

/** Runs a transaction to its end, and also throws when only an unawaited statement failed. */
export async function hearing<T>(transact: (unawaited: Unawaited) => Promise<T>): Promise<T> {
  const unawaited = new Unawaited()
  try {
    return await transact(unawaited)
  } finally {
    await unawaited.hear()
  }
}
