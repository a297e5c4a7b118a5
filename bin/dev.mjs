/** `npm run dev`: like `npm start`, but code and styles reload as they are edited. */
import { prepareInstance } from './support/instance.mjs'
import { root } from './support/paths.mjs'
import { Supervisor } from './support/supervisor.mjs'

const supervisor = new Supervisor()

await supervisor.main(async () => {
  const env = await prepareInstance(supervisor, { assets: false })
  const { code } = await supervisor.launch(process.execPath, ['ace.js', 'serve', '--hmr'], {
    cwd: root,
    env: { ...env, LIVE_RELOAD: 'true' },
  }).ended
  return code
})
