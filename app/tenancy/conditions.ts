/** SQL with `?` placeholders, and their values. */
export type Condition = [text: string, values: unknown[]]

/** The conditions of a WHERE clause, collected one by one. */
export class Conditions {
  readonly values: unknown[] = []
  #texts: string[] = []

  /** Adds another condition. */
  add(text: string, ...values: unknown[]) {
    this.#texts.push(text)
    this.values.push(...values)
    return this
  }

  /** Adds a condition that was built elsewhere; null adds none. */
  meet(condition: Condition | null) {
    return condition ? this.add(condition[0], ...condition[1]) : this
  }

  /** These and another one, which is not added to these; null for these alone. */
  also(condition: Condition | null) {
    return new Conditions().add(this.text, ...this.values).meet(condition)
  }

  get text() {
    return this.#texts.join('\n and ')
  }
}
