import { spawn } from 'node:child_process'
import { report } from './failure.mjs'
import { Guard } from './guard.mjs'
import { eventually, signal } from './processes.mjs'

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']
const PATIENCE = 8_000
const PARENT_CHECK = 500

/**
 * Starts the processes of one command and stops them all, newest first, however the command ends: its own exit, a
 * failure, Ctrl-C, a signal, a closed terminal, or the death of npm above it.
 */
export class Supervisor {
  #running = []
  #guard = new Guard()
  #stopping = null

  /** Runs the command to its end; the process exits with the code that it returns. */
  async main(command, { interrupted = 0 } = {}) {
    this.#listen(interrupted)
    try {
      await this.stop((await command()) ?? 0)
    } catch (error) {
      if (!this.#stopping) report(error)
      await this.stop(1)
    }
  }

  /** Starts a process in its own group, so that signals reach it through us, in order. */
  launch(command, args, { soft = 'SIGTERM', hard = 'SIGKILL', own = true, ...options } = {}) {
    const child = spawn(command, args, {
      detached: own,
      stdio: ['ignore', 'inherit', 'inherit'],
      ...options,
    })
    const entry = { child, soft, hard, pid: own && soft === 'SIGTERM' ? -child.pid : child.pid }
    entry.output = collect(child)
    entry.ended = this.#end(entry)
    if (child.pid) this.#track([...this.#running, entry])
    return entry
  }

  /** Runs a process to its end and returns its code and, if piped, its output. */
  async run(command, args, options) {
    const entry = this.launch(command, args, options)
    const { code } = await entry.ended
    return { code, output: entry.output.join('') }
  }

  /** Stops everything and then this process. */
  stop(code) {
    this.#stopping ??= this.#stop(code)
    return this.#stopping
  }

  /** Stops one process: asks, waits, insists. */
  async end(entry) {
    if (!this.#running.includes(entry)) return
    entry.expected = true
    signal(entry.pid, entry.soft)
    const gone = await Promise.race([entry.ended, expire(PATIENCE)])
    if (!gone) signal(entry.pid, entry.hard)
    await entry.ended
    await this.#endGroup(entry)
  }

  /** Stops all processes, newest first, without exiting. */
  async endAll() {
    while (this.#running.length) await this.end(this.#running.at(-1))
  }

  async #stop(code) {
    await this.endAll()
    this.#guard.dismiss()
    process.exit(code)
  }

  /** A process may leave children behind when it ends; its group still has them. */
  async #endGroup({ pid }) {
    if (pid > 0) return
    const gone = await eventually(() => !signal(pid, 0), 2_000)
    if (!gone) signal(pid, 'SIGKILL')
  }

  #end(entry) {
    return new Promise((resolve) => {
      const settle = (code, killer) => {
        this.#track(this.#running.filter((other) => other !== entry))
        resolve({ code: code ?? 1, killer, expected: Boolean(entry.expected || this.#stopping) })
      }
      entry.child.on('error', (error) => {
        entry.output.push(error.message)
        settle(1)
      })
      entry.child.on('close', settle)
    })
  }

  #track(running) {
    this.#running = running
    this.#guard.watch(running.map(({ pid, soft }) => ({ pid, signal: soft })))
  }

  #listen(interrupted) {
    STOP_SIGNALS.forEach((name) => process.on(name, () => this.stop(interrupted)))
    // A closed terminal cannot be written to, and that must not keep us from stopping.
    process.stdout.on('error', () => {})
    process.stderr.on('error', () => {})
    if (process.env.npm_lifecycle_event) this.#watchParent(interrupted)
  }

  #watchParent(interrupted) {
    const parent = process.ppid
    setInterval(() => process.ppid !== parent && this.stop(interrupted), PARENT_CHECK).unref()
  }
}

function collect(child) {
  const output = []
  child.stdout?.on('data', (chunk) => output.push(chunk))
  child.stderr?.on('data', (chunk) => output.push(chunk))
  return output
}

function expire(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, false).unref())
}
