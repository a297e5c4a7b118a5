/** SQL with `?` placeholders, and the values that stand for them. */
export type Condition = [text: string, values: unknown[]]

/** What a WHERE clause asks for, put together part by part. */
export class Conditions {
  readonly values: unknown[] = []
  #texts: string[] = []

  /** Adds what must be true as well. */
  add(text: string, ...values: unknown[]) {
    this.#texts.push(text)
    this.values.push(...values)
    return this
  }

  /** Adds a condition that was made elsewhere; null asks for nothing. */
  meet(condition: Condition | null) {
    return condition ? this.add(condition[0], ...condition[1]) : this
  }

  get text() {
    return this.#texts.join('\n and ')
  }
}
