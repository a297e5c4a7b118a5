import { setTimeout as wait } from 'node:timers/promises'

/** Random numbers that a seed repeats (mulberry32). */
export function random(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    of: (choices) => choices[Math.floor(next() * choices.length)],
    /** One of the keys, as often as its share says. */
    weighted(shares) {
      let left = next() * Object.values(shares).reduce((sum, share) => sum + share, 0)
      return Object.keys(shares).find((key) => (left -= shares[key]) < 0)
    },
    pause: (least, most) => wait(least + next() * (most - least)),
  }
}
