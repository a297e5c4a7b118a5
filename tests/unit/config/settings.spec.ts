import { generateKeyPairSync } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { Env } from '@adonisjs/core/env'
import {
  dataKey,
  longSecret,
  previousAppKeys,
  previousDataKeys,
  publicKeys,
  signingKey,
} from '#config/key_rules'
import {
  collectorHeaders,
  databaseUrl,
  filesFolder,
  notesFile,
  publicAddress,
  sender,
  wholeNumber,
} from '#config/setting_rules'

const LONG = 'x'.repeat(32)

test.group('Settings in production', (group) => {
  group.each.setup(() => {
    const before = process.env.NODE_ENV
    process.env.NODE_ENV = 'production'
    return () => {
      process.env.NODE_ENV = before
    }
  })

  test('let no variable switch off that certificates are verified', ({ assert, cleanup }) => {
    const rule = databaseUrl(Env.schema.string(), 'orch_app')
    const url = 'postgres://orch_app:x@db.example/orchestrate?sslmode=verify-full'
    assert.equal(rule('DATABASE_URL', url), url)
    cleanup(() => void delete process.env.NODE_TLS_REJECT_UNAUTHORIZED)
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    assert.throws(() => rule('DATABASE_URL', url), /unset NODE_TLS_REJECT_UNAUTHORIZED/)
  })

  test('say where files are kept', ({ assert, cleanup }) => {
    const before = process.env.FILES_S3_BUCKET
    cleanup(() => {
      if (before === undefined) delete process.env.FILES_S3_BUCKET
      else process.env.FILES_S3_BUCKET = before
    })
    delete process.env.FILES_S3_BUCKET
    assert.throws(() => filesFolder()('FILES_PATH', undefined), /FILES_PATH or FILES_S3_BUCKET/)
    assert.equal(filesFolder()('FILES_PATH', '/files'), '/files')
    process.env.FILES_S3_BUCKET = 'evidence'
    assert.isUndefined(filesFolder()('FILES_PATH', undefined))
  })

  test('say where erasures are noted', ({ assert, cleanup }) => {
    const before = process.env.FILES_S3_BUCKET
    cleanup(() => {
      if (before === undefined) delete process.env.FILES_S3_BUCKET
      else process.env.FILES_S3_BUCKET = before
    })
    delete process.env.FILES_S3_BUCKET
    const missing = /ERASURE_TOMBSTONES or FILES_S3_BUCKET/
    assert.throws(() => notesFile()('ERASURE_TOMBSTONES', undefined), missing)
    assert.equal(notesFile()('ERASURE_TOMBSTONES', '/notes'), '/notes')
    process.env.FILES_S3_BUCKET = 'evidence'
    assert.isUndefined(notesFile()('ERASURE_TOMBSTONES', undefined))
  })

  for (const url of [
    'postgres://orch_app:x@db.example/orchestrate',
    'postgres://orch_app:x@db.example/orchestrate?sslmode=require',
    'postgres://orch_app:x@db.example/orchestrate?sslmode=verify-full&sslmode=disable',
    'postgres://orch_app:x@127.0.0.1/orchestrate?host=db.example',
    'postgres://orch_app:x@127.0.0.1.example/orchestrate',
    'postgres:///orchestrate?host=db.example',
  ]) {
    test(`refuse ${url}`, ({ assert }) => {
      const rule = databaseUrl(Env.schema.string())
      assert.throws(() => rule('DATABASE_URL', url), /DATABASE_URL needs sslmode=verify-full/)
    })
  }

  for (const url of [
    'postgres://orch_app:x@db.example/orchestrate?sslmode=verify-full',
    'postgres://orch_app:x@127.0.0.1:5432/orchestrate',
    'postgres://orch_app:x@localhost/orchestrate',
    'postgres://orch_app:x@[::1]/orchestrate',
  ]) {
    test(`take ${url}`, ({ assert }) => {
      assert.equal(databaseUrl(Env.schema.string())('DATABASE_URL', url), url)
    })
  }

  for (const name of ['postgres', 'orch_owner', 'orch_app2', '']) {
    test(`refuse the role “${name}” for the database, which may do more`, ({ assert }) => {
      const rule = databaseUrl(Env.schema.string(), 'orch_app')
      const url = `postgres://${name}:x@localhost/orchestrate`
      assert.throws(() => rule('DATABASE_URL', url), /DATABASE_URL connects as orch_app/)
      const hidden = `postgres://orch_app:x@localhost/orchestrate?user=${name || 'postgres'}`
      assert.throws(() => rule('DATABASE_URL', hidden), /DATABASE_URL connects as orch_app/)
    })
  }

  for (const name of ['orch_app', 'orch_app.project', 'orch_app%40server']) {
    test(`accept the role ${name} for the database`, ({ assert }) => {
      const url = `postgres://${name}:x@localhost/orchestrate`
      assert.equal(databaseUrl(Env.schema.string(), 'orch_app')('DATABASE_URL', url), url)
    })
  }

  test('refuse an address without TLS, save on this machine', ({ assert }) => {
    assert.throws(() => publicAddress()('APP_URL', 'http://orchestrate.example'), /https/)
    assert.equal(publicAddress()('APP_URL', 'http://127.0.0.1:80'), 'http://127.0.0.1:80')
  })

  test('refuse a short key and a missing signing key', ({ assert }) => {
    assert.throws(() => longSecret()('APP_KEY', 'x'.repeat(31)), /at least 32/)
    assert.equal(longSecret()('APP_KEY', LONG).release(), LONG)
    assert.throws(() => signingKey()('AUDIT_SIGNING_KEY', ''), /AUDIT_SIGNING_KEY/)
  })
})

test.group('Keys of encryption', (group) => {
  const kept = { ...process.env }
  group.each.setup(() => {
    process.env.NODE_ENV = 'production'
    return () => void Object.assign(process.env, kept)
  })

  test('have 32 bytes, and are none of those that serve something else', ({ assert }) => {
    const [one, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)].map((b) => b.toString('base64'))
    assert.equal(dataKey()('DATA_KEY', one).release(), one)
    assert.throws(() => dataKey()('DATA_KEY', 'c2hvcnQ='), /DATA_KEY: A data key has 32 bytes/)
    process.env.APP_KEY = one
    assert.throws(() => dataKey()('DATA_KEY', one), /another key than APP_KEY/)
    assert.equal(previousAppKeys()('APP_KEYS_PREVIOUS', other)!.release(), other)
    assert.throws(() => previousAppKeys()('APP_KEYS_PREVIOUS', `${other},${one}`), /once more/)
    assert.throws(() => previousAppKeys()('APP_KEYS_PREVIOUS', `${other} short`), /32 characters/)
    process.env.DATA_KEY = one
    assert.equal(previousDataKeys()('DATA_KEYS_PREVIOUS', other)!.release(), other)
    assert.throws(() => previousDataKeys()('DATA_KEYS_PREVIOUS', `${other},${one}`), /once more/)
    assert.throws(() => previousDataKeys()('DATA_KEYS_PREVIOUS', 'c2hvcnQ='), /32 bytes/)
  })
})

test.group('Settings', () => {
  test('elsewhere none of that is required', ({ assert }) => {
    assert.isUndefined(signingKey()('AUDIT_SIGNING_KEY', undefined))
    assert.doesNotThrow(() => databaseUrl(Env.schema.string())('DATABASE_URL', 'postgres://db/x'))
  })

  test('a connection is an address of PostgreSQL', ({ assert }) => {
    for (const url of ['db.example', 'mysql://db/x']) {
      const rule = databaseUrl(Env.schema.string())
      assert.throws(() => rule('DATABASE_URL', url), /DATABASE_URL looks like postgres:/)
    }
  })

  test('the public address has no path, for pages add theirs', ({ assert }) => {
    const rule = publicAddress()
    assert.equal(rule('APP_URL', 'https://orchestrate.example/'), 'https://orchestrate.example')
    for (const rest of ['/base', '/base/', '/?a=b', '/#here']) {
      assert.throws(() => rule('APP_URL', `https://orchestrate.example${rest}`), /without a path/)
    }
  })

  test('keys of the audit trail can be read', ({ assert }) => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const own = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
    const theirs = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
    assert.equal(signingKey()('AUDIT_SIGNING_KEY', own), own)
    assert.equal(publicKeys()('AUDIT_VERIFY_KEYS', `${theirs}, ${theirs}`), `${theirs}, ${theirs}`)
    assert.throws(() => signingKey()('AUDIT_SIGNING_KEY', 'garbage'), /AUDIT_SIGNING_KEY is an/)
    assert.throws(() => signingKey()('AUDIT_SIGNING_KEY', theirs), /AUDIT_SIGNING_KEY is an/)
    assert.throws(() => publicKeys()('AUDIT_VERIFY_KEYS', `${theirs},garbage`), /_KEYS has Ed/)
  })

  test('there is one connection at least, and mails come from an address', ({ assert }) => {
    assert.equal(wholeNumber()('DATABASE_POOL_MAX', '4'), 4)
    for (const value of ['0', '-3', '2.5']) {
      assert.throws(() => wholeNumber()('DATABASE_POOL_MAX', value), /whole number from 1/)
    }
    for (const value of ['a@b.example', 'Orchestrate <a@b.example>']) {
      assert.equal(sender()('MAIL_FROM', value), value)
    }
    for (const value of ['Orchestrate', 'Orchestrate a@b.example', '<a b@c.example>']) {
      assert.throws(() => sender()('MAIL_FROM', value), /MAIL_FROM looks like/)
    }
  })

  test('headers of a collector can be read', ({ assert }) => {
    const rule = collectorHeaders()
    assert.equal(rule('HEADERS', 'token=50%25')!.release(), 'token=50%25')
    assert.isUndefined(rule('HEADERS', undefined))
    assert.throws(() => rule('HEADERS', 'token=50%'), 'HEADERS writes a % as %25')
  })

  test('a key that cannot be read is reported once', ({ assert, cleanup }) => {
    const before = process.env.DATA_KEY
    cleanup(() => void (process.env.DATA_KEY = before))
    process.env.DATA_KEY = 'short'
    assert.doesNotThrow(() => previousDataKeys()('DATA_KEYS_PREVIOUS', ''))
  })

  test('.env.example explains every setting', async ({ assert }) => {
    const read = (path: string) => readFile(app.makePath(path), 'utf8')
    const [example, schema] = [await read('.env.example'), await read('start/env.ts')]
    const explained = [...example.matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name)
    const settings = [...schema.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => name)
    assert.includeMembers(explained, settings.slice(1))
    assert.equal(settings[0], 'NODE_ENV', 'the launcher sets it')
  })
})
