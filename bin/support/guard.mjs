import { spawn } from 'node:child_process'

const SCRIPT = `
trap '' INT TERM HUP
while read -r line; do targets=$line; done
send() { kill -s "$1" -- "\${2#*:}" 2>/dev/null; }
alive() { for target in $targets; do send 0 "$target" && return 0; done; return 1; }
for target in $targets; do send "\${target%%:*}" "$target"; done
for pause in 1 1 1 1 1 2 2 2 2 2 5 5 5 5 5 5; do alive || exit 0; sleep 0.$pause; done
for target in $targets; do
  case $target in TERM:*) send KILL "$target";; esac
done
`

/**
 * A small shell that outlives this process only to stop what it started: after a kill -9 of the supervisor its standard
 * input closes, and nothing else would stop the database and the app.
 */
export class Guard {
  #shell = null

  /** Tells the guard what to stop, as `{ pid, signal }`; a negative pid is a process group. */
  watch(targets) {
    this.#shell ??= this.#start()
    this.#shell.stdin.write(
      targets.map(({ signal, pid }) => `${signal.slice(3)}:${pid}`).join(' ') + '\n'
    )
  }

  /** Stops the guard itself, once nothing is left to stop. */
  dismiss() {
    this.#shell?.kill('SIGKILL')
  }

  #start() {
    const shell = spawn('/bin/sh', ['-c', SCRIPT], {
      cwd: '/',
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    shell.stdin.on('error', () => {})
    shell.unref()
    shell.stdin.unref?.()
    return shell
  }
}
