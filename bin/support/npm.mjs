import { spawn } from 'node:child_process'
import { basename, delimiter, dirname } from 'node:path'
import { Failure } from './failure.mjs'
import { Guard } from './guard.mjs'
import { root } from './paths.mjs'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']
const QUIET = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']

/** Runs npm on the given Node; returns its exit code and its error output. */
export function npm(node, args) {
  const [command, ...first] = program(node)
  const child = spawn(command, [...first, ...args, '--prefer-offline', ...QUIET], {
    cwd: root,
    env: environment(node),
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  // Left alone after a kill -9 of this process, npm would write into the next installation.
  const guard = new Guard()
  if (child.pid) guard.watch([{ pid: child.pid, signal: 'SIGKILL' }])
  return outcome(child).finally(() => guard.dismiss())
}

/** The npm that runs us; what another package manager names here would not understand us. */
function program(node) {
  const running = process.env.npm_execpath
  return running && basename(running) === 'npm-cli.js' ? [node, running] : ['npm']
}

/** The variables that npm sets for its scripts would make a second npm believe that it is one of them. */
function environment(node) {
  const scripted = /^npm_(lifecycle|package|command|node_execpath|execpath)/
  const kept = Object.entries(process.env).filter(([name]) => !scripted.test(name))
  return { ...Object.fromEntries(kept), PATH: dirname(node) + delimiter + process.env.PATH }
}

function outcome(child) {
  let errors = ''
  const stop = (signal) => child.kill(signal)
  SIGNALS.forEach((name) => process.on(name, stop))
  child.stderr.on('data', (chunk) => {
    errors += chunk
    process.stderr.write(chunk)
  })

  return new Promise((resolve, reject) => {
    child.on('error', (error) =>
      reject(new Failure(`npm could not be started (${error.code}); is it installed and on PATH?`))
    )
    child.on('close', (code, signal) => {
      SIGNALS.forEach((name) => process.off(name, stop))
      resolve({ code, errors, signal })
    })
  })
}
