import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'

const LENT = [
  'APP_KEY',
  'APP_URL',
  'AUDIT_SIGNING_KEY',
  'DATABASE_OWNER_URL',
  'DATABASE_PRIVACY_URL',
  'DATABASE_SEALER_URL',
  'DATABASE_URL',
  'DATA_KEY',
  'HOST',
  'NODE_ENV',
  'PORT',
]

test.group('Settings of commands', (group) => {
  let state: string
  group.each.setup(() => {
    state = mkdtempSync(join(tmpdir(), 'settings-'))
    mkdirSync(join(state, 'development'))
    return () => rmSync(state, { recursive: true, force: true })
  })

  /** As in the terminal of somebody who has set nothing. */
  function verify() {
    const env: NodeJS.ProcessEnv = { ...process.env, ORCHESTRATE_STATE: state }
    for (const name of LENT) delete env[name]
    return spawnSync(process.execPath, ['ace.js', 'audit:verify', '--organisation=Nobody'], {
      env,
      encoding: 'utf8',
    })
  }

  /** What `npm start` leaves there, by a process that lives. */
  async function start() {
    const { acquire } = (await import('../../bin/support/lock.mjs' as string)) as Locks
    const { instanceLock, lendSettings } = (await import(
      '../../bin/support/lent.mjs' as string
    )) as Lenders
    const folder = join(state, 'development')
    lendSettings(folder, Object.fromEntries(LENT.map((name) => [name, process.env[name]])))
    return acquire(instanceLock(folder))
  }

  test('without any, a command uses what npm start is running', async ({ assert }) => {
    const lock = await start()
    const { stdout, stderr, status } = verify()
    lock.release()
    assert.include(stdout + stderr, 'There is no organisation Nobody')
    assert.equal(status, 1)
  })

  test('when that has ended it lists what is missing, and where to set it', async ({ assert }) => {
    const lock = await start()
    lock.release()
    const { stderr, status } = verify()
    assert.include(stderr, 'Missing environment variable "DATABASE_URL"')
    assert.include(stderr, '.env.example explains each')
    assert.notInclude(stderr, 'start/env.ts', 'it shows no code')
    assert.equal(status, 1)
  })

  test('an empty state folder is left as it is', ({ assert }) => {
    writeFileSync(join(state, 'development/settings.json'), '{"DATABASE_URL":"postgres://nobody"}')
    const { stderr, status } = verify()
    assert.include(stderr, 'Missing environment variable "DATABASE_URL"')
    assert.equal(status, 1)
  })
})

function helpOn(command: string) {
  return spawnSync(process.execPath, ['ace.js', command, '--help'], { encoding: 'utf8' })
}

test.group('What a command tells', () => {
  test('help says what {$self} needs, and does not ask for it')
    .with(['audit:export', 'privacy:erase'])
    .run(({ assert }, command) => {
      const { stdout, stderr, status } = helpOn(command)
      assert.include(stdout, `node ace ${command}`)
      assert.equal(stderr, '')
      assert.equal(status, 0)
    })

  test('a path that cannot be used is named, without our code', ({ assert }) => {
    const lacking = ['backup:create', '--output=/dev/null/place/of/backups']
    const { stderr, status } = spawnSync(process.execPath, ['ace.js', ...lacking], {
      encoding: 'utf8',
    })
    assert.match(stderr, /^\n\/dev\/null\/place\S* cannot be used: a part of it is no folder/)
    assert.notInclude(stderr, 'taking.ts')
    assert.equal(status, 1)
  })

  test('help reads on from line to line', ({ assert }) => {
    const { stdout } = helpOn('backup:create')
    const [, help] = stdout.split('Help:\n')
    const lines = help.trimEnd().split('\n').slice(0, -1)
    assert.isNotEmpty(lines)
    for (const line of lines) assert.isAbove(line.length, 60, line)
  })
})

type Locks = { acquire: (file: string) => { release: () => void } }
type Lenders = {
  instanceLock: (folder: string) => string
  lendSettings: (folder: string, settings: Record<string, string | undefined>) => void
}
