import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { program } from '../program.mjs'

export const name = 'testssl'
export const title = 'TLS'
/** It checks the production build. */
export const production = true
export const install = 'apt-get install testssl.sh'

/** Findings that are about a self-signed certificate for a name without a domain rather than about TLS. */
const OF_THE_CERTIFICATE = /^(cert_|DNS_CAArecord|OCSP|overall_grade|grade_cap_reason|.*cert)/
const OLD = ['TLS1', 'TLS1_1']
const SEVERE = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']

/** Tries every protocol and cipher on the TLS in front of the production build. */
export async function scan({ supervisor, folder, tls, seconds }) {
  const found = program(['testssl', 'testssl.sh'])
  if (!found) return null
  const file = join(folder, 'testssl.json')
  rmSync(file, { force: true })
  const args = ['--quiet', '--warnings', 'batch', '--protocols', '--std', '--fs', '--vulnerable']
  const limits = ['timeout', String(seconds), found]
  await supervisor.run('nice', [...limits, ...args, '--jsonfile', file, tls.host], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const entries = JSON.parse(readFileSync(file, 'utf8'))
  const told = entries.filter(
    ({ id, severity }) => OLD.includes(id) || (severity !== 'INFO' && !OF_THE_CERTIFICATE.test(id))
  )
  const findings = told.filter(({ severity }) => SEVERE.includes(severity))
  return {
    version: 'testssl.sh of Debian',
    command: `testssl ${args.join(' ')} localhost:<port>`,
    verdict: `${findings.length} findings in ${told.length} checks.`,
    findings: findings.length,
    head: ['check', 'severity', 'finding'],
    rows: told.map(({ id, severity, finding }) => [id, severity, finding.slice(0, 120)]),
  }
}
