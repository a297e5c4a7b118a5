/**
 * `npm run assurance`: attacks a throwaway instance on this machine with public scanners, and writes what they
 * found to docs/assurance. sqlmap and wapiti come signed in and signed out, over a development instance without
 * rate limits; the observatory and testssl look at the production build behind TLS of its own. A scanner that is
 * not installed is named and left out. `-- --only=sqlmap` runs one, `-- --minutes=5` gives each less time.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openTarget } from './assurance/target.mjs'
import { openTls } from './assurance/tls.mjs'
import { writeReport } from './assurance/report.mjs'
import * as observatory from './assurance/scanners/observatory.mjs'
import * as sqlmap from './assurance/scanners/sqlmap.mjs'
import * as testssl from './assurance/scanners/testssl.mjs'
import * as wapiti from './assurance/scanners/wapiti.mjs'
import { Failure } from './support/failure.mjs'
import { acquire } from './support/lock.mjs'
import { stateFolder } from './support/state.mjs'
import { Supervisor } from './support/supervisor.mjs'

const SCANNERS = [observatory, testssl, sqlmap, wapiti]
const { values: options } = parseArgs({
  options: { only: { type: 'string', default: '' }, minutes: { type: 'string', default: '15' } },
})

const supervisor = new Supervisor()
await supervisor.main(async () => {
  const folder = stateFolder('assurance')
  const { holder } = acquire(join(folder, 'assurance.lock'))
  if (holder) throw new Failure(`npm run assurance already runs here (process ${holder.pid}).`)

  const wanted = SCANNERS.filter(({ name }) => name.includes(options.only))
  console.log('Preparing what is attacked ...')
  const tls = await openTls({ folder })
  const isBuilt = wanted.some(({ production }) => production)
  const target = await openTarget({ supervisor, folder, tls, isBuilt })
  const scene = { supervisor, folder, target, tls, seconds: Number(options.minutes) * 60 }
  let findings = 0
  for (const scanner of wanted) findings += await run(scanner, scene)
  // Where a scanner met a 500, this says why.
  writeFileSync(join(folder, 'development.log'), target.development.output.join(''))
  rmSync(join(folder, 'postgres'), { recursive: true, force: true })
  return findings > 0 ? 1 : 0
})

async function run(scanner, scene) {
  console.log(`${scanner.name} ...`)
  const result = await scanner.scan(scene)
  if (!result) {
    console.log(`  is not installed: ${scanner.install}`)
    return 0
  }
  writeReport(scanner, result)
  console.log(`  ${result.verdict}`)
  return result.findings
}
