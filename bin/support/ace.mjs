import { root } from './paths.mjs'

/** Runs an ace command to its end, quietly: what it printed comes back with its exit code. */
export function ace(supervisor, args, env) {
  return supervisor.run(process.execPath, ['ace.js', ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}
