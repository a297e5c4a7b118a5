import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../support/failure.mjs'
import { ENVIRONMENT } from './environment.mjs'

const LOCALES = ['C.UTF-8', 'en_US.UTF-8', 'C']

/**
 * Creates the database files, protected by the given password, unless they already exist. They get their final name
 * only when complete, so that an interruption leaves nothing to repair. Returns whether they are new.
 */
export async function initialise({ supervisor, binaries, account, folder, password, durable }) {
  if (existsSync(join(folder, 'data/PG_VERSION'))) return false

  sweep(folder)
  const draft = makeDraft(folder, account)
  const secret = writeSecret(draft, password, account)
  await initdb({ supervisor, binaries, account, draft, secret, durable })
  rmSync(secret)
  renameSync(join(draft, 'data'), join(folder, 'data'))
  sweep(folder)
  return true
}

function sweep(folder) {
  readdirSync(folder)
    .filter((name) => name.startsWith('draft-'))
    .forEach((name) => rmSync(join(folder, name), { recursive: true, force: true }))
}

function makeDraft(folder, account) {
  const draft = join(folder, `draft-${process.pid}`)
  mkdirSync(draft, { mode: 0o700 })
  own(draft, account)
  return draft
}

function writeSecret(draft, password, account) {
  const secret = join(draft, 'password')
  writeFileSync(secret, password, { mode: 0o600 })
  own(secret, account)
  return secret
}

async function initdb({ supervisor, binaries, account, draft, secret, durable }) {
  const data = join(draft, 'data')
  const fixed = [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    '--pwfile',
    secret,
    '-E',
    'UTF8',
  ]
  let output
  for (const locale of LOCALES) {
    const args = [...fixed, '--locale', locale, ...(durable ? [] : ['--no-sync'])]
    const result = await supervisor.run(join(binaries, 'bin/initdb'), args, {
      ...account,
      cwd: draft,
      env: ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    if (result.code === 0) return
    output = result.output
    rmSync(data, { recursive: true, force: true })
    if (!/locale/.test(output)) break
  }
  throw new Failure(`PostgreSQL could not create its files in ${draft}:\n${output}`)
}

function own(path, { uid, gid }) {
  if (uid !== undefined) chownSync(path, uid, gid)
  chmodSync(path, path.endsWith('password') ? 0o600 : 0o700)
}
