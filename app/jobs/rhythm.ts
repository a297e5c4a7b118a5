/** Repeats something with a pause in between; one round ends before the next begins. */
export class Rhythm {
  #timer: NodeJS.Timeout | undefined
  #round: Promise<void> | undefined
  #stopped = false

  constructor(
    private round: () => Promise<void>,
    private pause: number
  ) {}

  start() {
    this.#round = this.round().then(() => {
      if (!this.#stopped) this.#timer = setTimeout(() => this.start(), this.pause)
    })
  }

  /** Ends after the round under way. */
  async stop() {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#round
  }
}
