import Membership from '#models/membership'

export type Member = { id: string; name: string }

/** Finds the member that a name in a file means: the whole name in any order, or the email address. */
export class Members {
  readonly #byLabel = new Map<string, Member | null>()

  constructor(people: (Member & { email: string })[]) {
    for (const person of people) {
      for (const label of new Set([fold(person.name), fold(person.email)])) {
        this.#byLabel.set(label, this.#byLabel.has(label) ? null : person)
      }
    }
  }

  static async active() {
    return new Members(await Membership.contacts())
  }

  /** Null where nobody is meant, or more than one could be. */
  find(label: string): Member | null {
    return this.#byLabel.get(fold(label)) ?? null
  }
}

/** `Doe,  JANE` and `Jane Doe` name the same person. */
function fold(label: string) {
  const words = label
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s,;]+/)
  return words.filter(Boolean).sort().join(' ')
}
