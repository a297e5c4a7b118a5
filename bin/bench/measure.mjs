import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { databaseTime, processorTime } from './processes.mjs'
import { Failure } from '../support/failure.mjs'

/** Puts load on servers and reports what it cost them. */
export class Meter {
  #load
  #postmaster

  constructor(supervisor, postmaster) {
    this.#load = startHelper(supervisor, 'load.mjs')
    this.#postmaster = postmaster
  }

  /** One run: `requests` holds the request of each connection. */
  async run({ pid, port, requests, seconds, most, status = 200, name }) {
    const before = [processorTime(pid), databaseTime(this.#postmaster)]
    this.#load.send({ port, requests, seconds, most, status })
    const [tally] = await once(this.#load, 'message')
    if (tally.error) throw new Failure(`${name}: ${tally.error}`)
    if (tally.wrong > 0) throw new Failure(`${name}: ${tally.wrong} answers were ${tally.sample}`)
    return {
      times: tally.times,
      elapsed: tally.elapsed,
      bytes: tally.bytes,
      cpu: processorTime(pid) - before[0],
      databaseCpu: databaseTime(this.#postmaster) - before[1],
    }
  }
}

/** Starts a script of the benchmark that communicates by messages. */
export function startHelper(supervisor, script) {
  const { child } = supervisor.launch(
    process.execPath,
    [fileURLToPath(new URL(script, import.meta.url))],
    {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, NODE_ENV: 'production' },
    }
  )
  return child
}

/** The result of several runs of the same request; the rate is the median of the runs' rates. */
export function summarise(runs) {
  const times = runs.flatMap((run) => run.times).sort((a, b) => a - b)
  const sum = (name) => runs.reduce((total, run) => total + run[name], 0)
  return {
    requests: times.length,
    rate: median(runs.map((run) => run.times.length / run.elapsed)),
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    bytes: Math.round(sum('bytes') / times.length),
    cpu: sum('cpu') / times.length,
    databaseCpu: sum('databaseCpu') / times.length,
  }
}

export function median(values) {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5
  )
}

function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}
