import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crawl } from '../crawl.mjs'
import { openFence } from '../fence.mjs'
import { program } from '../program.mjs'
import { Failure } from '../../support/failure.mjs'

export const name = 'wapiti'
export const title = 'Injected scripts, commands, files, headers and redirects'
export const install = 'apt-get install wapiti'

const PERSON = /PMO/
/** Those that need no address outside this machine. */
const MODULES =
  'sql,xss,permanentxss,exec,file,crlf,redirect,csrf,cookieflags,csp,http_headers,methods,htaccess'
/** Where its own crawl begins besides the first page. */
const STARTS = [
  '/work',
  '/projects',
  '/portfolio',
  '/raid',
  '/tasks',
  '/search?q=a',
  '/gates',
  '/privacy',
  '/sign-in',
]
/** Addresses that end the session, or the membership that the scan relies on. */
const LEFT_OUT = /^\/(session|organisation(\?|$)|departure|profile\/(sessions|privacy))/
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

/** What it reports about a page over plain HTTP, by outdated rules, or about what keeps it from ending its session. */
const EXPLAINED = [
  [
    /^POST \/(session|organisation): CSRF/,
    'left out so that the scan stays signed in; refused with and without the token',
  ],
  [/X-XSS-Protection/, 'browsers no longer read it; the content security policy does its work'],
  [
    /Strict-Transport-Security|Secure flag/,
    'the scanned process is reached without TLS; behind TLS both are set, see observatory.md',
  ],
]

/** Crawls and attacks on its own: once as the PMO, once signed out. */
export async function scan(scene) {
  const found = program(['wapiti'])
  if (!found) return null
  const { supervisor, target } = scene
  const { origin } = target.development
  const attacks = []
  for (const { as, person } of [{ as: 'PMO', person: PERSON }, { as: 'signed out' }]) {
    const { cookies } = await crawl({ supervisor, origin, person, most: 1 })
    attacks.push({ as, ...(await attack(found, { as, cookies }, scene)) })
  }
  return resultOf(attacks)
}

/** The findings, from what wapiti wrote and printed. */
function resultOf(attacks) {
  const rows = attacks.flatMap(({ as, report }) => told(as, report))
  const findings = rows.filter(([, , , isFinding]) => isFinding).length
  return {
    version: 'wapiti of Debian',
    command: `wapiti -u <address> -c <cookies> -m ${MODULES} ${BOUNDS.join(' ')}`,
    verdict: `${findings} findings; ${rows.length - findings} explained.`,
    findings,
    notes: attacks.map(({ as, output }) => `As ${as}: ${reachOf(output)}.`),
    head: ['as', 'category', 'what', 'why it is none'],
    rows: rows.map(([as, category, what, , why]) => [as, category, what, why ?? '']),
  }
}

function reachOf(output) {
  const [, count = 'no'] = /found (\d+) URLs and forms/.exec(output) ?? []
  const cut = [...output.matchAll(/Max attack time was reached for module (\w+)/g)]
  const modules = cut.map(([, module]) => module).join(', ')
  return `${count} addresses and forms${modules && `; time cut off ${modules}`}`
}

async function attack(found, { as, cookies }, { supervisor, folder, target, seconds }) {
  const origin = await openFence(target.development.port, LEFT_OUT)
  const place = join(folder, `wapiti-${as.replace(' ', '-')}`)
  rmSync(place, { recursive: true, force: true })
  writeFileSync(`${place}.cookies.json`, JSON.stringify(jar(cookies, new URL(origin).hostname)))
  const crawling = Math.ceil(seconds / 4)
  // Most modules are done in seconds; those that inject into every field take all the time they are given.
  const each = Math.ceil(seconds / 3)
  const args = [
    '-u',
    `${origin}/`,
    '-c',
    `${place}.cookies.json`,
    '-m',
    MODULES,
    ...BOUNDS,
    '--max-scan-time',
    String(crawling),
    '--max-attack-time',
    String(each),
    '--endpoint',
    origin,
    '--no-bugreport',
    '--flush-session',
    '--store-session',
    place,
    '-f',
    'json',
    '-o',
    `${place}.json`,
    ...STARTS.flatMap((path) => ['-s', origin + path]),
  ]
  const command = ['-n', '5', 'timeout', String(seconds * 2), found, ...args]
  const options = { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }
  const { output } = await supervisor.run('nice', command, options)
  writeFileSync(`${place}.log`, output)
  if (!existsSync(`${place}.json`))
    throw new Failure(`wapiti did not finish:\n${output.slice(-2000)}`)
  return { output, report: JSON.parse(readFileSync(`${place}.json`, 'utf8')) }
}

/** Cookies as wapiti keeps them. */
function jar(cookies, host) {
  const attributes = { expires: null, secure: false, port: null, version: 0 }
  const entries = cookies.map(({ name: cookie, value }) => [cookie, { ...attributes, value }])
  return { [host]: { '/': Object.fromEntries(entries) } }
}

/** Vulnerabilities and anomalies are findings, unless they are explained. */
function told(as, { vulnerabilities, anomalies }) {
  return Object.entries({ ...vulnerabilities, ...anomalies }).flatMap(([category, all]) =>
    distinct(all).map((what) => {
      const [, why] = EXPLAINED.find(([pattern]) => pattern.test(what)) ?? []
      return [as, category, what, !why, why]
    })
  )
}

function distinct(all) {
  const texts = all.map(
    ({ method, path, info }) =>
      `${method} ${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')}: ${info}`
  )
  return [...new Set(texts)]
}
