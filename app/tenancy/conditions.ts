/** What a WHERE clause asks for: texts with `?` placeholders and the values that stand for them. */
export class Conditions {
  readonly values: unknown[] = []
  #texts: string[] = []

  /** Adds what must be true as well. */
  add(text: string, ...values: unknown[]) {
    this.#texts.push(text)
    this.values.push(...values)
    return this
  }

  get text() {
    return this.#texts.join('\n and ')
  }
}
