import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'

/**
 * TypeScript's compiler in native code, where there is one for this machine: the same findings for less than half the
 * computing. Several threads would each work out the types that they share, while the lanes keep every processor busy.
 * What reads TypeScript as a library still needs the one in JavaScript.
 */
const NATIVE = join(
  root,
  `node_modules/@typescript/typescript-${process.platform}-${process.arch}/lib/tsc`
)
const TYPESCRIPT = existsSync(NATIVE)
  ? [NATIVE, '--singleThreaded']
  : [process.execPath, 'node_modules/typescript/bin/tsc']

const node = (...command) => [process.execPath, ...command]

/** TypeScript's compiler ends before collecting garbage gains anything. */
const ENVIRONMENT = { GOGC: 'off' }

/** What `npm test` demands of the code beside its behaviour. Types need the generated files. */
export const CHECKS = [
  { name: 'lint', commands: [node('node_modules/oxlint/bin/oxlint')] },
  {
    name: 'secrets',
    commands: [node('node_modules/secretlint/bin/secretlint.js', '--maskSecrets', '**/*')],
  },
  { name: 'format', commands: [node('node_modules/oxfmt/bin/oxfmt', '--check')] },
  {
    name: 'types',
    commands: [node('ace.js', 'codegen'), [...TYPESCRIPT, '--noEmit']],
  },
]

/** Runs a check's commands up to the first that fails. */
export async function runCheck(supervisor, { commands }, env) {
  let result
  for (const [program, ...args] of commands) {
    const options = {
      cwd: root,
      env: { ...env, ...ENVIRONMENT },
      stdio: ['ignore', 'pipe', 'pipe'],
    }
    result = await supervisor.run(program, args, options)
    if (result.code !== 0) break
  }
  return result
}
