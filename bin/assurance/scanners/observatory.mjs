import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../../support/failure.mjs'

export const name = 'observatory'
export const title = 'HTTP Observatory'
/** It checks the production build. */
export const production = true
export const install = 'npm must reach its registry'

const VERSION = '1.4.8'
const PACKAGE = '@mdn/mdn-http-observatory'

/** Grades the headers that a signed-out visitor gets. A+ is required. */
export async function scan({ supervisor, folder, tls }) {
  const script = await installed(supervisor, folder)
  if (!script) return null
  const { output } = await supervisor.run(process.execPath, [script, tls.host], {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: tls.certificate },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { scan: graded, tests, error } = JSON.parse(output.slice(output.indexOf('{')))
  if (error) throw new Failure(`The observatory could not scan: ${error}`)
  const failed = Object.values(tests).filter(({ pass }) => !pass).length
  return {
    version: `${PACKAGE} ${VERSION}`,
    command: `mdn-http-observatory-scan localhost:<port>`,
    verdict: `Grade ${graded.grade}, score ${graded.score}, ${failed} of ${Object.keys(tests).length} tests failed.`,
    findings: graded.grade === 'A+' ? failed : failed + 1,
    head: ['test', 'result', 'score'],
    rows: Object.entries(tests).map(([test, { result, scoreModifier }]) => [
      test,
      result,
      scoreModifier,
    ]),
  }
}

/** Beside the database of the instance rather than in the product, which does not use it. */
async function installed(supervisor, folder) {
  const place = join(folder, `observatory-${VERSION}`)
  const script = join(place, 'node_modules', PACKAGE, 'src/scan.js')
  if (existsSync(script)) return script
  mkdirSync(place, { recursive: true })
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
  const args = ['install', '--prefix', place, ...quiet, `${PACKAGE}@${VERSION}`]
  const { code } = await supervisor.run('npm', args, { stdio: ['ignore', 'pipe', 'pipe'] })
  if (code !== 0) return null
  // Its own script would fetch the list of preloaded domains, which this machine is not on.
  writeFileSync(join(place, 'node_modules', PACKAGE, 'conf/hsts-preload.json'), '{}')
  return script
}
