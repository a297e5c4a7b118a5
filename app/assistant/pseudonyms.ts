import { createHmac } from 'node:crypto'
import { NameIndex, SOMEBODY, type Known } from '#assistant/name_index'
import { visible } from '#assistant/visible'
import type { PersonBehind } from '#models/ai_interaction'

/** A person whom a text may name. */
export type Somebody = {
  id: string
  kind: 'member' | 'external'
  name: string | null
  email: string | null
}

export type Cast = {
  people: Somebody[]
  /** People whose data is only kept: no word for them could be turned back into a name. */
  restricted: ReadonlySet<string>
  /** Names of people about whom we know nothing else. */
  labels: string[]
}

/** Replaces a person about whom nothing may be said. */
export const WITHHELD_PERSON = '[withheld]'

/** What Claude is told about the words that replace people, whatever it is asked. */
export const ON_PEOPLE =
  'People are called by words such as Person-K7QF2. Use these words as they are; never guess who is meant.'

/** Such as Person-K7QF2. */
export const PERSON_WORD = /Person-[A-Z2-7]{5}/g

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
/** Also matches words that no address follows, so that the pattern is not tried again at each of their letters. */
const WORD_OR_EMAIL = /[\p{L}\p{N}._%+-]+(@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)?/gu
const MENTION = /@\{member:([0-9a-f-]{36})\}/g

/**
 * Replaces people with words: the same word for the same person in every question about one project, and a different
 * one in other projects. Remembers who was named, so that the answer can be read.
 */
export class Pseudonyms {
  readonly named = new Map<string, PersonBehind>()
  #wordById = new Map<string, string>()
  #behind = new Map<string, PersonBehind>()
  #names: NameIndex
  #emails: Map<string, string>
  #withheld = 0

  constructor(
    { people, restricted, labels }: Cast,
    private key: string
  ) {
    for (const { id, kind } of people) {
      const word = restricted.has(id) ? WITHHELD_PERSON : this.#wordFor(id)
      this.#wordById.set(id, word)
      if (word !== WITHHELD_PERSON) {
        this.#behind.set(word, kind === 'member' ? { member: id } : { external: id })
      }
    }
    const known: Known[] = people.flatMap(({ id, name }) =>
      name ? [{ name, word: this.#wordById.get(id)! }] : []
    )
    this.#names = new NameIndex([...known, ...labels.map((name) => ({ name, word: SOMEBODY }))])
    this.#emails = new Map(
      people.flatMap(({ id, email }) =>
        email ? [[email.toLowerCase(), this.#wordById.get(id)!]] : []
      )
    )
  }

  /** How many times a restricted person was left out. */
  get withheld() {
    return this.#withheld
  }

  /** The word for a person by id; null for none. */
  person(id: string | null | undefined) {
    if (!id) return null
    return this.#use(this.#wordById.get(id) ?? SOMEBODY)
  }

  /**
   * The text with no one named in it. Addresses go first, because they contain names. A word that someone typed as if
   * it meant a person means no one.
   */
  text(value: string) {
    const typed = visible(value).replaceAll(PERSON_WORD, SOMEBODY)
    const mentioned = typed.replaceAll(MENTION, (_, id) => this.person(id)!)
    const written = mentioned.replaceAll(WORD_OR_EMAIL, (word, isEmail) =>
      isEmail ? this.#use(this.#emails.get(word.toLowerCase()) ?? '[email]') : word
    )
    return this.#names.replace(written, (word) => this.#use(word))
  }

  #use(word: string) {
    const behind = this.#behind.get(word)
    if (behind) this.named.set(word, behind)
    if (word === WITHHELD_PERSON) this.#withheld++
    return word
  }

  #wordFor(id: string) {
    const digest = createHmac('sha256', this.key).update(id).digest()
    const letters = [...digest.subarray(0, 5)].map((byte) => ALPHABET[byte % ALPHABET.length])
    return `Person-${letters.join('')}`
  }
}
