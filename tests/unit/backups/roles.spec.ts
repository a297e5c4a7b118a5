import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { newDatabaseOf } from '#backups/roles'

const ROLES = { DATABASE_URL: 'orch_app', DATABASE_OWNER_URL: 'orch_owner' }
const ADMINISTRATOR = 'postgres://root:secret@db.example:5432/postgres'
const SETTINGS = {
  DATABASE_URL: `postgres://orch_app:${encodeURIComponent('a b')}@db.example:5432/drill?sslmode=verify-full`,
  DATABASE_OWNER_URL: 'postgres://orch_owner:two@db.example:5432/drill',
}

test.group('The database and roles that settings name', () => {
  test('are read with their passwords', ({ assert }) => {
    assert.deepEqual(newDatabaseOf(SETTINGS, ADMINISTRATOR, ROLES), {
      database: 'drill',
      passwords: { orch_app: 'a b', orch_owner: 'two' },
    })
  })

  for (const [what, setting, value, why] of [
    ['is missing', 'DATABASE_OWNER_URL', undefined, /DATABASE_OWNER_URL is not set/],
    [
      'has another role',
      'DATABASE_URL',
      'postgres://root:x@db.example:5432/drill',
      /to be orch_app/,
    ],
    ['has no password', 'DATABASE_URL', 'postgres://orch_app@db.example:5432/drill', /no password/],
    ['names another server', 'DATABASE_URL', 'postgres://orch_app:x@other:5432/drill', /servers/],
    [
      'names another database',
      'DATABASE_OWNER_URL',
      'postgres://orch_owner:x@db.example:5432/live',
      /another database/,
    ],
    ['names no database', 'DATABASE_OWNER_URL', null, /no database/],
  ] as const) {
    test(`are refused where a setting ${what}`, ({ assert }) => {
      const bare = Object.fromEntries(
        Object.entries(SETTINGS).map(([name, url]) => [name, url.replace(/drill.*/, '')])
      )
      const settings = value === null ? bare : { ...SETTINGS, [setting]: value }
      assert.throws(() => newDatabaseOf(settings, ADMINISTRATOR, ROLES), why)
    })
  }
})

test.group('The guide for operators', () => {
  test('names every extension that a server has to offer', async ({ assert }) => {
    const { EXTENSIONS } = (await import('../../../bin/postgres/provision.mjs' as string)) as {
      EXTENSIONS: string[]
    }
    const guide = readFileSync(app.makePath('resources/help/operator-install.md'), 'utf8')
    const [, named] = /with the extensions ([^.]+?), reached/.exec(guide)!
    assert.sameMembers(named.split(/, | and /), EXTENSIONS)
  })
})

test.group('The image', () => {
  test('has every script that makes roles', async ({ assert }) => {
    const kept = readFileSync(app.makePath('adonisrc.ts'), 'utf8')
    for (const script of closureOf('bin/postgres/provision.mjs')) {
      assert.include(kept, `pattern: '${script}'`)
    }
  })
})

/** A script and what it imports from this repository, all the way. */
function closureOf(script: string, known = new Set<string>()) {
  if (known.has(script)) return known
  known.add(script)
  const text = readFileSync(app.makePath(script), 'utf8')
  for (const [, path] of text.matchAll(/from '(\.[^']+)'/g)) {
    closureOf(join(dirname(script), path), known)
  }
  return known
}
