import ExternalResource from '#models/external_resource'
import Membership from '#models/membership'

export type Member = { id: string; name: string }

/**
 * Finds the member, or the person outside, meant by a name in a file: the whole name in any order, or the email
 * address.
 */
export class Members {
  readonly #byLabel = new Map<string, Member | null>()

  constructor(people: (Member & { email: string | null })[]) {
    for (const person of people) {
      for (const label of new Set([fold(person.name), fold(person.email ?? person.name)])) {
        this.#byLabel.set(label, this.#byLabel.has(label) ? null : person)
      }
    }
  }

  static async active() {
    return new Members(await Membership.contacts())
  }

  /** People outside who can be assigned work. When the import writes, they are locked until then. */
  static async outside({ held }: { held: boolean }) {
    return new Members(await ExternalResource.contacts({ held }))
  }

  /** True of a name that one or more people have. */
  knows(label: string) {
    return this.#byLabel.has(fold(label))
  }

  /** Null when it matches no one, or more than one. */
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
