/** How long the answers took, by kind of request, and the requests without one. */
export class Tally {
  #times = new Map()
  #wrong = new Map()

  add(kind, { status, error }, time, expected) {
    if (status === expected) {
      const times = this.#times.get(kind) ?? []
      times.push(time)
      this.#times.set(kind, times)
    } else {
      const name = `${kind}: ${status || error}`
      this.#wrong.set(name, (this.#wrong.get(name) ?? 0) + 1)
    }
  }

  summary() {
    const all = [...this.#times.values()].flat()
    const kinds = [...this.#times].map(([kind, times]) => ({ kind, ...spread(times) }))
    const failed = [...this.#wrong.values()].reduce((sum, count) => sum + count, 0)
    const wrong = Object.fromEntries(this.#wrong)
    return {
      answered: all.length,
      failed,
      wrong,
      sample: Object.keys(wrong)[0],
      all: spread(all),
      kinds,
    }
  }
}

function spread(times) {
  const sorted = Float64Array.from(times).sort()
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  return { count: times.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), most: at(1) }
}
