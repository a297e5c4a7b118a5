import { join } from 'node:path'
import { apiTargets } from '../api_targets.mjs'
import { crawl } from '../crawl.mjs'
import { program } from '../program.mjs'

export const name = 'sqlmap'
export const title = 'SQL injection'
export const install = 'apt-get install sqlmap'

const PERSON = /PMO/
/** The payloads for PostgreSQL, of every technique; the CSRF token is not worth guessing. */
const OPTIONS = [
  '--batch',
  '--dbms=postgresql',
  '--level=1',
  '--risk=1',
  '--skip=_csrf',
  '--ignore-redirects',
]
const QUIET = ['--disable-coloring', '--flush-session', '--timeout=20', '--retries=1']
const MOST_SECONDS = 180

/** Attacks every query, form and API address that a crawl of the product finds. */
export async function scan(scene) {
  const found = program(['sqlmap'])
  if (!found) return null
  const { supervisor, seconds, target } = scene
  const { origin } = target.development
  const inside = await crawl({ supervisor, origin, person: PERSON })
  const outside = await crawl({ supervisor, origin })
  const wanted = shuffled([
    ...inside.targets.map((one) => ({ ...one, as: 'PMO', headers: [`Cookie: ${inside.cookie}`] })),
    ...outside.targets.map((one) => ({
      ...one,
      as: 'signed out',
      headers: [`Cookie: ${outside.cookie}`],
    })),
    ...(await apiTargets(origin, inside.token)).map((one) => ({ ...one, as: 'program' })),
  ])
  const until = Date.now() + seconds * 1000
  const attacked = []
  for (const one of wanted) {
    if (Date.now() > until) break
    attacked.push({ ...one, ...(await attack(found, one, scene)) })
  }
  return told({ wanted, attacked, pages: inside.pages + outside.pages })
}

async function attack(found, { method, path, body, headers }, { supervisor, folder, target }) {
  const address = target.development.origin + path
  const form = body ? [`--data=${body}`, `--method=${method}`] : []
  const given = headers.map((header) => `--header=${header}`)
  const written = `--output-dir=${join(folder, 'sqlmap')}`
  const args = ['-u', address, ...form, ...given, ...OPTIONS, ...QUIET, written]
  const command = ['-n', '5', 'timeout', String(MOST_SECONDS), found, ...args]
  const { code, output } = await supervisor.run('nice', command, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return {
    isCut: code === 124,
    requests: Number(/(\d+) HTTP\(s\) requests/.exec(output)?.[1] ?? 0),
    injected: [...output.matchAll(/^Parameter: (.+)$/gm)].map(([, one]) => one),
    errors: Number(/500 \(Internal Server Error\) - (\d+) times/.exec(output)?.[1] ?? 0),
    parameters: new Set(
      [...output.matchAll(/testing for SQL injection on .+? parameter '(.+?)'/g)].map(
        ([, one]) => one
      )
    ).size,
  }
}

function told({ wanted, attacked, pages }) {
  const injected = attacked.filter((one) => one.injected.length > 0)
  const failed = attacked.filter(({ errors }) => errors > 0)
  const cut = attacked.filter(({ isCut }) => isCut).length
  return {
    version: 'sqlmap of Debian',
    command: `sqlmap -u <address> [--data=<form>] ${OPTIONS.join(' ')}`,
    verdict: `${injected.length} injections and ${failed.length} answers of 500 at ${attacked.length} targets.`,
    findings: injected.length + failed.length,
    notes: [
      `${pages} pages showed ${wanted.length} targets, of which time allowed ${attacked.length}; ${cut} were cut off after ${MOST_SECONDS} seconds.`,
    ],
    head: ['as', 'target', 'parameters', 'injected', 'answers of 500'],
    rows: attacked
      .map((one) => [
        one.as,
        place(one),
        one.parameters,
        one.injected.join(', ') || 'none',
        one.errors,
      ])
      .sort((one, other) => one.join().localeCompare(other.join())),
  }
}

function place({ method, path }) {
  return `${method} ${path.split('?')[0].replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')}`
}

/** Each run starts elsewhere, so that the next one reaches what this one has no time for. */
function shuffled(list) {
  return list
    .map((one) => [Math.random(), one])
    .sort(([one], [other]) => one - other)
    .map(([, one]) => one)
}
