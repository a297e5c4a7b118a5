import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { CHECKS } from './checks.mjs'
import { root } from './paths.mjs'

/**
 * Short files that take long, and how many times longer than their size suggests: most request every route in many
 * ways.
 */
const WALKS = {
  'tests/browser/pages.spec.ts': 25,
  'tests/functional/tenancy/routes.spec.ts': 80,
  'tests/functional/permissions.spec.ts': 35,
  'tests/functional/markup.spec.ts': 35,
  'tests/functional/mass_assignment.spec.ts': 20,
  'tests/functional/assistant/silence.spec.ts': 20,
  'tests/functional/hostile_addresses.spec.ts': 8,
}

/** They visit every organisation of their database, some by an erasure: a database of their own has few. */
const APART = {
  'routes that erase': /(audit\/coverage|once\/routes)\.spec\.ts$/,
  'rounds': /(encryption\/sealed_columns|privacy\/retention(_rounds)?)\.spec\.ts$/,
}

/** An erasure visits every organisation of its database, so it is faster where fewer tests made theirs before it. */
const ERASURES = 9

/**
 * What `npm test` runs, each job in its own process and database. The longest come first, so that the lanes end
 * together.
 */
export function testJobs() {
  return [
    ...shares('browser', 4),
    ...shares('erasure', ERASURES),
    ...shares('functional', 6),
    ...Object.entries(APART).map(([name, files]) =>
      job(
        name,
        'functional',
        filesOf('functional').filter(({ path }) => files.test(path))
      )
    ),
    { name: 'commands', args: ['commands'] },
    ...CHECKS.map((check) => ({ name: check.name, check })),
    { name: 'unit', args: ['unit'] },
  ]
}

/** The files of a suite in parts of about the same weight, heaviest first. */
function shares(suite, count) {
  const parts = Array.from({ length: count }, () => ({ weight: 0, files: [] }))
  for (const file of filesOf(suite).filter((each) => !isApart(each))) {
    const lightest = parts.reduce((least, part) => (part.weight < least.weight ? part : least))
    lightest.weight += file.weight
    lightest.files.push(file)
  }
  return parts
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ files }, index) => job(`${suite} ${index + 1} of ${count}`, suite, files))
}

function job(name, suite, files) {
  return { name, args: [suite, ...files.map(({ path }) => `--files=${path}`)] }
}

function isApart({ path }) {
  return Object.values(APART).some((files) => files.test(path))
}

function filesOf(suite) {
  return readdirSync(join(root, 'tests', suite), { recursive: true })
    .filter((name) => name.endsWith('.spec.ts'))
    .map((name) => describe(join('tests', suite, name)))
    .toSorted((one, other) => other.weight - one.weight || (one.path < other.path ? -1 : 1))
}

/** A file's length is a good enough estimate of how much it tests. */
function describe(path) {
  const { size } = statSync(join(root, path))
  return { path, weight: size * (WALKS[path] ?? 1) }
}
