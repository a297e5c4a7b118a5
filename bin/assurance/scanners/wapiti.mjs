import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crawl } from '../crawl.mjs'
import { program } from '../program.mjs'

export const name = 'wapiti'
export const title = 'Injected scripts, commands, files, headers and redirects'
export const install = 'apt-get install wapiti'

const PERSON = /PMO/
/** Those that need no address outside this machine. */
const MODULES =
  'sql,xss,permanentxss,exec,file,crlf,redirect,csrf,cookieflags,csp,http_headers,methods,htaccess'
/** What ends the session, or the membership that the scan goes by. */
const LEFT_OUT = ['session', 'departure', 'profile/sessions', 'profile/privacy', 'organisation']
const BOUNDS = [
  '--max-links-per-page',
  '60',
  '--max-files-per-dir',
  '40',
  '-d',
  '5',
  '-S',
  'normal',
]

/** Crawls and attacks by itself: once as the PMO, once signed out. */
export async function scan(scene) {
  const found = program(['wapiti'])
  if (!found) return null
  const { supervisor, target } = scene
  const visitors = [{ as: 'PMO', person: PERSON }, { as: 'signed out' }]
  const rows = []
  for (const { as, person } of visitors) {
    const { cookies } = await crawl({
      supervisor,
      origin: target.development.origin,
      person,
      most: 1,
    })
    const report = await attack(found, { as, cookies }, scene)
    rows.push(...told(as, report))
  }
  const findings = rows.filter(([, , , isFinding]) => isFinding).length
  return {
    version: 'wapiti of Debian',
    command: `wapiti -u <address> -c <cookies> -m ${MODULES} ${BOUNDS.join(' ')}`,
    verdict: `${findings} findings.`,
    findings,
    head: ['as', 'category', 'what'],
    rows: rows.map((row) => row.slice(0, 3)),
  }
}

async function attack(found, { as, cookies }, { supervisor, folder, target, seconds }) {
  const { origin } = target.development
  const place = join(folder, `wapiti-${as.replace(' ', '-')}`)
  rmSync(place, { recursive: true, force: true })
  writeFileSync(`${place}.cookies.json`, JSON.stringify(jar(cookies, new URL(origin).hostname)))
  const time = String(Math.ceil(seconds / 4))
  const args = [
    ...['-u', `${origin}/`, '-c', `${place}.cookies.json`, '-m', MODULES, ...BOUNDS],
    ...['--max-scan-time', time, '--max-attack-time', String(Math.ceil(seconds / 10))],
    ...['--endpoint', origin, '--no-bugreport', '--flush-session', '--store-session', place],
    ...[
      '-f',
      'json',
      '-o',
      `${place}.json`,
      ...LEFT_OUT.flatMap((path) => ['-x', `${origin}/${path}*`]),
    ],
  ]
  const command = ['-n', '15', 'timeout', String(seconds), found, ...args]
  await supervisor.run('nice', command, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  return JSON.parse(readFileSync(`${place}.json`, 'utf8'))
}

/** Cookies as wapiti keeps them. */
function jar(cookies, host) {
  const attributes = { expires: null, secure: false, port: null, version: 0 }
  const entries = cookies.map(({ name, value }) => [name, { ...attributes, value }])
  return { [host]: { '/': Object.fromEntries(entries) } }
}

/** Vulnerabilities and anomalies are findings; what else it tells is for information. */
function told(as, { vulnerabilities, anomalies, additionals = {}, infos }) {
  const rows = (kinds, isFinding) =>
    Object.entries(kinds).flatMap(([category, all]) =>
      distinct(all).map((what) => [as, category, what, isFinding])
    )
  const crawled = [
    as,
    'crawled',
    `${infos.crawled_pages ?? infos.crawled_pages_nbr ?? '?'} pages`,
    false,
  ]
  return [
    crawled,
    ...rows(vulnerabilities, true),
    ...rows(anomalies, true),
    ...rows(additionals, false),
  ]
}

function distinct(all) {
  const texts = all.map(
    ({ method, path, info }) =>
      `${method} ${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')}: ${info}`
  )
  return [...new Set(texts)]
}
