import { root } from './paths.mjs'

/** What `npm test` demands of the code beside its behaviour. Types need the generated files. */
export const CHECKS = [
  { name: 'lint', commands: [['node_modules/eslint/bin/eslint.js', '.', '--max-warnings=0']] },
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
