import { PERSON_WORD } from '#assistant/pseudonyms'

/** Names by the word that replaces them. */
type NamesByWord = ReadonlyMap<string, string>

const NOBODY = 'somebody'

/** The text with people’s names restored. A word that was never sent means no one. */
export function withPeople(text: string, names: NamesByWord) {
  return text.replaceAll(PERSON_WORD, (word) => names.get(word) ?? NOBODY)
}

/** The end of a text that may be the start of such a word. */
const BEGUN = /P(?:e(?:r(?:s(?:o(?:n(?:-[A-Z2-7]{0,4})?)?)?)?)?)?$/

/** Restores names while the text is still arriving: a word that arrived in part is held back until it is whole. */
export class StreamedNames {
  #held = ''

  constructor(private names: NamesByWord) {}

  push(part: string) {
    const text = this.#held + part
    const cut = text.search(BEGUN)
    this.#held = cut < 0 ? '' : text.slice(cut)
    return withPeople(cut < 0 ? text : text.slice(0, cut), this.names)
  }

  end() {
    const rest = withPeople(this.#held, this.names)
    this.#held = ''
    return rest
  }
}
