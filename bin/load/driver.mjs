import { once } from 'node:events'
import { startHelper } from '../bench/measure.mjs'

/** Sends the traffic from a separate process, so that measuring does not wait for what is measured. */
export class Driver {
  #child
  #given

  constructor(supervisor, given) {
    this.#child = startHelper(supervisor, '../load/sender.mjs')
    this.#given = given
  }

  /** So many concurrent requests, each followed by the next. */
  race(order) {
    return this.#run({ race: true, ...order })
  }

  /** So many requests a second, whether or not earlier ones have been answered. */
  hold(order) {
    return this.#run({ race: false, ...order })
  }

  async #run(order) {
    this.#child.send({ ...this.#given, ...order })
    const [result] = await once(this.#child, 'message')
    return result
  }
}
