import { memory } from '../bench/processes.mjs'

const EVERY = 5000

/** Records how much memory each process uses. */
export class MemoryLog {
  #samples = new Map()
  #timer

  constructor(site) {
    this.#timer = setInterval(() => this.#look(site), EVERY)
  }

  stop() {
    clearInterval(this.#timer)
  }

  /** By process, restarts separately: in megabytes early, in the middle and late, and the maximum. */
  summary() {
    return [...this.#samples].map(([name, values]) => ({
      name,
      samples: values.length,
      early: mean(values.slice(...part(values, 0.1, 0.35))),
      middle: mean(values.slice(...part(values, 0.4, 0.65))),
      late: mean(values.slice(...part(values, 0.75, 1))),
      most: Math.max(...values),
    }))
  }

  #look(site) {
    for (const { name, entry } of site.processes) {
      const { pid } = entry.child
      const key = `${name} (${pid})`
      const held = heldBy(pid)
      if (held === null) continue
      this.#samples.set(key, [...(this.#samples.get(key) ?? []), held])
    }
  }
}

function heldBy(pid) {
  try {
    return memory(pid)
  } catch {
    return null
  }
}

function part({ length }, from, to) {
  const start = Math.floor(length * from)
  return [start, Math.max(start + 1, Math.ceil(length * to))]
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
