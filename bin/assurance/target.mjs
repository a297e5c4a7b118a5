import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build, productionEnvironment, startSite } from '../bench/site.mjs'
import { LOGINS } from '../postgres/roles.mjs'
import { provision } from '../postgres/provision.mjs'
import { startServer } from '../postgres/server.mjs'
import { ace } from '../support/ace.mjs'
import { assetsAreCurrent, buildAssets } from '../support/assets.mjs'
import { Failure } from '../support/failure.mjs'
import { root } from '../support/paths.mjs'
import { freePort } from '../support/ports.mjs'
import { eventually } from '../support/processes.mjs'
import { secrets } from '../support/secrets.mjs'
import { throwawaySettings } from '../support/throwaway.mjs'

const KEPT = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'CHROMIUM_PATH']

/**
 * The target: the demo organisation on a new database, served by a development process without rate limits that offers
 * the demo people, and by the production build behind TLS. Neither knows the key of any service.
 */
export async function openTarget({ supervisor, folder, tls, isBuilt }) {
  if (existsSync(join(root, '.env'))) {
    throw new Failure('Move .env away: the scanners must not reach the services it names.')
  }
  const env = environment(folder)
  const [urls] = await Promise.all([
    openDatabase({ supervisor, folder, env }),
    isBuilt ? build(supervisor, productionEnvironment(secrets(folder))) : null,
  ])
  if (isBuilt) await startProduction({ supervisor, folder, tls, urls })
  if (!assetsAreCurrent()) await buildAssets(supervisor, env)
  return { development: await startDevelopment(supervisor, { ...env, ...urls }) }
}

async function startProduction({ supervisor, folder, tls, urls }) {
  const env = productionEnvironment(secrets(folder))
  const { port } = await startSite(supervisor, env, urls, `https://${tls.host}`)
  tls.leadTo(port)
}

function environment(folder) {
  const kept = KEPT.filter((name) => process.env[name]).map((name) => [name, process.env[name]])
  return {
    ...Object.fromEntries(kept),
    ...secrets(folder),
    ...throwawaySettings(folder),
    WORKER_IN_PROCESS: 'true',
  }
}

async function openDatabase({ supervisor, folder, env }) {
  const place = join(folder, 'postgres')
  rmSync(place, { recursive: true, force: true })
  rmSync(env.ERASURE_TOMBSTONES, { force: true })
  const { url } = await startServer({ supervisor, folder: place, durable: false })
  const passwords = Object.fromEntries(Object.values(LOGINS).map((role) => [role, 'assurance']))
  const urls = await provision({ url, database: 'assurance', passwords })
  await require(supervisor, ['migration:run', '--force', '--connection=owner'], { ...env, ...urls })
  await require(supervisor, ['demo:seed'], { ...env, ...urls })
  return urls
}

async function require(supervisor, args, env) {
  const { code, output } = await ace(supervisor, args, env)
  if (code !== 0) throw new Failure(`node ace.js ${args.join(' ')} failed:\n${output}`)
}

async function startDevelopment(supervisor, env) {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const { output } = supervisor.launch(
    process.execPath,
    ['--import=@poppinss/ts-exec', 'bin/server.ts'],
    {
      cwd: root,
      env: { ...env, PORT: String(port), APP_URL: origin },
      stdio: ['ignore', 'pipe', 'pipe'],
    }
  )
  const answers = () =>
    fetch(`${origin}/health/ready`).then(
      ({ ok }) => ok,
      () => false
    )
  if (await eventually(answers, 60_000, 200)) return { origin, port, output }
  throw new Failure(`The web process did not answer:\n${output.join('')}`)
}
