import { setTimeout as wait } from 'node:timers/promises'
import { BUILD } from '../bench/site.mjs'
import { Failure } from '../support/failure.mjs'
import { freePort } from '../support/ports.mjs'
import { eventually } from '../support/processes.mjs'

/** Longer than the balancer takes to notice that a process is no longer ready. */
const NOTICE_SECONDS = 3

/** Two web processes and two workers on one database. */
export class Site {
  static async start(supervisor, env) {
    const site = new Site(supervisor, { ...env, STOP_NOTICE_SECONDS: String(NOTICE_SECONDS) })
    site.processes = [
      { name: 'web 1', port: await freePort() },
      { name: 'web 2', port: await freePort() },
      { name: 'worker 1' },
      { name: 'worker 2' },
    ]
    await Promise.all(site.processes.map((one) => site.launch(one)))
    return site
  }

  constructor(supervisor, env) {
    Object.assign(this, { supervisor, env })
  }

  get ports() {
    return this.processes.flatMap(({ port }) => port ?? [])
  }

  async launch(one) {
    const { name, port } = one
    const args = port ? ['bin/server.js'] : ['ace.js', 'worker']
    const address = port && { PORT: String(port), APP_URL: `http://127.0.0.1:${port}` }
    one.entry = this.supervisor.launch(process.execPath, args, {
      cwd: BUILD,
      env: { ...this.env, ...address },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const output = () => one.entry.output.join('')
    const isUp = () => (port ? isReady(port) : /Worker started/.test(output()))
    if (!(await eventually(isUp, 60_000, 100))) throw new Failure(`${name} is not up:\n${output()}`)
  }

  /** As a deployment does it: stops one, waits for that, and starts the next. */
  async restart(one) {
    const asked = performance.now()
    one.entry.expected = true
    process.kill(one.entry.child.pid, 'SIGTERM')
    const { code, killer } = await one.entry.ended
    const seconds = (performance.now() - asked) / 1000
    await this.launch(one)
    await wait(1000)
    return { name: one.name, code: killer ?? code, seconds }
  }
}

function isReady(port) {
  return fetch(`http://127.0.0.1:${port}/health/ready`).then(
    ({ ok }) => ok,
    () => false
  )
}
