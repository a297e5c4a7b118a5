/**
 * `npm start`: the whole product on this machine, with a demo organisation to look at.
 */
import { prepareInstance } from './support/instance.mjs'
import { root } from './support/paths.mjs'
import { Supervisor } from './support/supervisor.mjs'

const supervisor = new Supervisor()

await supervisor.main(async () => {
  const env = await prepareInstance(supervisor, { assets: true })
  const server = ['--import=./bin/support/typescript.mjs', 'bin/server.ts']
  const { code, killer, expected } = await supervisor.launch(process.execPath, server, {
    cwd: root,
    env,
  }).ended
  if (!expected) console.error(`\nThe web server has ended (${killer ?? `code ${code}`}).`)
  return code
})
