import { root } from './paths.mjs'

/** The format is a check of its own, and would be half of what this one costs. */
const LINTING = ['--max-warnings=0', '--rule', 'prettier/prettier: off']

/** What `npm test` demands of the code beside its behaviour. Types need the generated files. */
export const CHECKS = [
  { name: 'lint', commands: [['node_modules/eslint/bin/eslint.js', '.', ...LINTING]] },
  {
    name: 'secrets',
    commands: [['node_modules/secretlint/bin/secretlint.js', '--maskSecrets', '**/*']],
  },
  { name: 'format', commands: [['node_modules/prettier/bin/prettier.cjs', '--check', '.']] },
  {
    name: 'types',
    commands: [
      ['ace.js', 'codegen'],
      ['node_modules/typescript/bin/tsc', '--noEmit'],
    ],
  },
]

/** Runs a check's commands up to the first that fails. */
export async function runCheck(supervisor, { commands }, env) {
  let result
  for (const command of commands) {
    const options = { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] }
    result = await supervisor.run(process.execPath, command, options)
    if (result.code !== 0) break
  }
  return result
}
