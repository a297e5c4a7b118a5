import { freePort } from '../support/ports.mjs'
import { eventually } from '../support/processes.mjs'
import { BUILD } from '../bench/site.mjs'
import { Failure } from '../support/failure.mjs'

const PATIENCE = 60_000

/** A web process or a worker of the built application, which is killed and restarted. */
export class KilledProcess {
  /** How often it ended without being told to, with its last words. */
  deaths = []
  /** Its log, each time it ran. */
  #logs = []
  #entry
  #up
  #killed = false

  constructor(supervisor, kind, env) {
    Object.assign(this, { supervisor, kind, env })
  }

  async start() {
    this.port ??= this.kind === 'web' ? await freePort() : null
    this.#killed = false
    const args = this.port ? ['bin/server.js'] : ['ace.js', 'worker']
    const entry = this.supervisor.launch(process.execPath, args, {
      cwd: BUILD,
      env: { ...this.env, ...(this.port && { PORT: String(this.port) }) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#entry = entry
    this.#logs.push(entry.output)
    this.#up = this.#isUp(entry)
    entry.ended.then(({ code, killer, expected }) => {
      if (expected || this.#killed || this.#entry !== entry) return
      this.deaths.push({ code, killer, output: entry.output.join('').slice(-3000) })
      void this.start()
    })
    return this.#up
  }

  /** False from when it is killed until it answers again. */
  isUp = false

  get up() {
    return this.#up
  }

  /** What it logged about a request; empty when another process handled it. */
  logOf(requestId) {
    return this.#logs
      .flatMap((output) => output.join('').split('\n'))
      .find((line) => line.includes(requestId) && line.includes('"err"'))
  }

  /** Kills it without warning and begins to restart it. */
  async kill() {
    this.#killed = true
    this.isUp = false
    const entry = this.#entry
    process.kill(entry.child.pid, 'SIGKILL')
    await entry.ended
    void this.start()
  }

  async #isUp(entry) {
    let ended = false
    entry.ended.then(() => (ended = true))
    const answers = () =>
      ended || (this.port ? isLive(this.port) : /Worker started/.test(entry.output.join('')))
    const up = await eventually(answers, PATIENCE, 50)
    this.isUp = up && !ended
    if (!up) throw new Failure(`A ${this.kind} process did not start:\n${entry.output.join('')}`)
  }
}

function isLive(port) {
  return fetch(`http://127.0.0.1:${port}/health/live`).then(
    ({ ok }) => ok,
    () => false
  )
}
