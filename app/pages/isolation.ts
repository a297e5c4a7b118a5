import type { Edge } from 'edge.js'

/** `out += "…";` and the beginning of a printed value, as Edge writes them. */
const TEXT = /^\w+ \+= "((?:[^"\\]|\\.)*)";$/
const VALUE = /^(\w+ \+= `\$\{template\.)escape\(/

/** Plain text, and content that is read as written. */
const PLAIN = /(?:\.text|(?:^|\/)exports\/.*)$/

/** Elements that hold only text, including those of drawings: an element inside would not be shown. */
const TEXT_ALONE = ['textarea', 'title', 'option', 'script', 'style', 'text', 'tspan', 'desc']

/**
 * Isolates what templates print between tags from its surroundings (`bdi`) if it is written from right to left:
 * otherwise a Hebrew title would pull along the number or comma that follows it. Values of attributes stay as they are.
 * Installed at boot.
 */
export function installIsolation(edge: Edge) {
  edge.processor.process('compiled', ({ compiled, path }) =>
    PLAIN.test(`${path}`.replace(/\.edge$/, '')) ? compiled : isolating(compiled)
  )
}

function isolating(compiled: string) {
  const place = new Place()
  return compiled
    .split('\n')
    .map((line) => {
      const [, text] = TEXT.exec(line) ?? []
      if (text !== undefined) place.read(JSON.parse(`"${text}"`))
      return place.isBetweenTags ? line.replace(VALUE, '$1isolate(') : line
    })
    .join('\n')
}

/** The position in a template's HTML, as its pieces are read one after another. */
class Place {
  #isInTag = false
  #quote: string | null = null
  #last = ''

  get isBetweenTags() {
    return !this.#isInTag && !TEXT_ALONE.includes(this.#last)
  }

  read(html: string) {
    for (let at = 0; at < html.length; at++) {
      const letter = html[at]
      if (this.#isInTag) this.#readWithin(letter)
      else if (letter === '<') this.#open(html.slice(at + 1))
    }
  }

  #open(rest: string) {
    this.#isInTag = true
    const [, closes, name] = /^(\/?)([a-z0-9-]*)/i.exec(rest)!
    // After part of a drawing's text the text continues.
    this.#last = closes && name !== 'tspan' ? '' : name
  }

  #readWithin(letter: string) {
    if (this.#quote) this.#quote = letter === this.#quote ? null : this.#quote
    else if (letter === '"' || letter === "'") this.#quote = letter
    else if (letter === '>') this.#isInTag = false
  }
}
