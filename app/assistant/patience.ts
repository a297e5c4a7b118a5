/** How long to wait for an answer: for its first word, between two words, and in all. */
export class Patience {
  readonly signal: AbortSignal
  #own = new AbortController()
  #timer: NodeJS.Timeout
  #whole: NodeJS.Timeout

  constructor(
    private timeouts: { first: number; between: number; whole: number },
    reader?: AbortSignal
  ) {
    this.signal = reader ? AbortSignal.any([this.#own.signal, reader]) : this.#own.signal
    this.#timer = setTimeout(() => this.#own.abort(), timeouts.first)
    this.#whole = setTimeout(() => this.#own.abort(), timeouts.whole)
  }

  get isOver() {
    return this.#own.signal.aborted
  }

  renew() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#own.abort(), this.timeouts.between)
  }

  end() {
    clearTimeout(this.#timer)
    clearTimeout(this.#whole)
  }
}
