import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { allImports, importsUnder, type Import } from '#tests/support/code_imports'

/** Layers that each layer may use. `types` may be named, but leave nothing behind when compiled. */
const rules: Record<string, { values: string[]; types?: string[] }> = {
  tenancy: { values: [] },
  encryption: { values: ['config'] },
  backups: { values: ['encryption', 'models', 'start'] },
  audit: { values: ['tenancy', 'start', 'models'], types: ['identity'] },
  policies: { values: [], types: ['identity', 'models', 'tenancy'] },
  models: {
    values: ['tenancy', 'audit', 'encryption', 'imports', 'jobs', 'mails'],
    types: ['identity', 'policies'],
  },
  registries: { values: ['models', 'policies'] },
  assistant: {
    values: ['models', 'registries', 'tenancy', 'config', 'serving'],
    types: ['identity'],
  },
  privacy: {
    values: [
      'models',
      'mails',
      'registries',
      'jobs',
      'tenancy',
      'config',
      'start',
      'identity',
      'audit',
      'encryption',
      'exports',
      'imports',
    ],
  },
  webhooks: { values: ['models', 'privacy', 'tenancy', 'jobs', 'identity'] },
  validators: {
    values: ['models', 'registries', 'audit', 'webhooks'],
    types: ['pages', 'tenancy'],
  },
  imports: { values: [] },
  mails: {
    values: ['models', 'tenancy', 'registries', 'jobs', 'config', 'audit', 'encryption'],
  },
  jobs: {
    values: [
      'webhooks',
      'models',
      'tenancy',
      'audit',
      'identity',
      'imports',
      'mails',
      'start',
      'privacy',
      'monitoring',
      'transfer',
      'exports',
    ],
  },
  identity: {
    values: [
      'models',
      'policies',
      'registries',
      'tenancy',
      'audit',
      'config',
      'start',
      'database',
      'encryption',
    ],
    types: ['middleware'],
  },
  pages: {
    values: [
      'models',
      'policies',
      'registries',
      'tenancy',
      'audit',
      'imports',
      'assistant',
      'config',
      'privacy',
      'monitoring',
    ],
    types: ['identity', 'middleware'],
  },
  exports: {
    values: [
      'pages',
      'models',
      'policies',
      'registries',
      'tenancy',
      'audit',
      'identity',
      'encryption',
      'mails',
      'config',
      'imports',
    ],
  },
  transfer: {
    values: ['models', 'policies', 'exports', 'imports', 'audit', 'tenancy'],
    types: ['identity'],
  },
  middleware: {
    values: [
      'identity',
      'models',
      'policies',
      'registries',
      'tenancy',
      'config',
      'start',
      'privacy',
      'monitoring',
    ],
  },
  serving: { values: ['config'] },
  monitoring: { values: ['identity', 'start', 'config', 'tenancy', 'audit'] },
  exceptions: { values: ['identity', 'tenancy', 'models', 'monitoring', 'registries', 'config'] },
  controllers: {
    values: [
      'assistant',
      'validators',
      'policies',
      'models',
      'pages',
      'exports',
      'imports',
      'mails',
      'jobs',
      'identity',
      'middleware',
      'registries',
      'audit',
      'tenancy',
      'config',
      'monitoring',
      'privacy',
      'transfer',
      'serving',
    ],
  },
}

/** Only what answers requests may know of them. */
const http = ['controllers', 'middleware', 'exceptions', 'exports', 'identity', 'monitoring']
const HTTP_MODULE = /^@adonisjs\/core\/(types\/)?http$/

test.group('Architecture', () => {
  test('each layer uses only the layers beneath it', async ({ assert }) => {
    const imports = await allImports()
    assert.isAbove(imports.length, 200)
    const wrong = imports.filter(({ layer, target, typeOnly }) => {
      if (!target || target === layer) return false
      const rule = rules[layer]
      if (!rule) throw new Error(`Say in this test what app/${layer} may use`)
      return !rule.values.includes(target) && !(typeOnly && rule.types?.includes(target))
    })
    assert.deepEqual(
      wrong.map(({ file, module }) => `${file} uses ${module}`),
      []
    )
  })

  test('no files import each other in a ring', async ({ assert }) => {
    const rings = ringsOf(filesByImporter(await allImports()))
    assert.deepEqual(rings.filter(isWithinSeveralModels), [])
  })

  test('what writes the audit trail does not know the models that it writes about', async ({
    assert,
  }) => {
    const wrong = (await allImports()).filter(
      ({ file, target, typeOnly }) =>
        /^app\/audit\/(events|changes|facts)\.ts$/.test(file) && target === 'models' && !typeOnly
    )
    assert.deepEqual(wrong, [])
  })

  test('only HTTP code knows requests', async ({ assert }) => {
    const wrong = (await allImports()).filter(
      ({ layer, module }) => HTTP_MODULE.test(module) && !http.includes(layer)
    )
    assert.deepEqual(
      wrong.map(({ file }) => file),
      []
    )
  })

  test('rules name layers that exist', async ({ assert }) => {
    const present = await readdir(app.makePath('app'))
    assert.deepEqual(
      Object.keys(rules).filter((layer) => !present.includes(layer)),
      []
    )
  })

  test('commands and jobs call models, never controllers or pages', async ({ assert }) => {
    const wrong = (await importsUnder('commands')).filter(({ target }) =>
      ['controllers', 'pages', 'middleware', 'validators'].includes(target ?? '')
    )
    assert.deepEqual(
      wrong.map(({ file, module }) => `${file} uses ${module}`),
      []
    )
  })

  test('only the sender of webhooks and the check of our own pages leave by the door', async ({
    assert,
  }) => {
    const through = (await allImports()).filter(({ module }) => module === '#privacy/door')
    assert.sameMembers(
      through.map(({ file }) => file),
      ['app/privacy/crawl.ts', 'app/privacy/egress_guard.ts', 'app/webhooks/sending.ts']
    )
  })

  test('views import nothing', async ({ assert }) => {
    const folder = app.makePath('resources/views')
    for (const file of await readdir(folder, { recursive: true })) {
      if (!file.endsWith('.edge')) continue
      const source = await readFile(join(folder, file), 'utf8')
      assert.notMatch(source, /\bimport\s*\(|\bawait import\b|\brequire\s*\(/, file)
    }
  })

  test('nothing in the image needs what .dockerignore leaves out of it', async ({ assert }) => {
    const ignored = (await readFile(app.makePath('.dockerignore'), 'utf8')).split('\n')
    const folders = ['app', 'bin', 'commands', 'config', 'database', 'start']
    const found = (await Promise.all(folders.map(importsUnder))).flat()
    const needy = found.filter(({ module }) => /^#tests\/|\/tests\//.test(module))
    assert.deepEqual(
      needy.filter(({ file }) => !ignored.includes(file)).map(({ file }) => file),
      []
    )
    assert.isNotEmpty(needy, 'bin/test.ts, at least')
  })
})

/** What each file loads with itself. */
function filesByImporter(imports: Import[]) {
  const loaded = imports.filter(({ typeOnly, isLate }) => !typeOnly && !isLate)
  const byFile = Map.groupBy(loaded, ({ file }) => file)
  return new Map([...byFile].map(([file, each]) => [file, each.map(fileOf)]))
}

function fileOf({ module }: Import) {
  return `${module.replace(/^#/, 'app/')}.ts`
}

/** Files that load each other, in the rings in which they do. */
function ringsOf(loads: Map<string, string[]>) {
  const reached = new Map([...loads.keys()].map((file) => [file, reachedFrom(file, loads)]))
  const inRing = [...reached].filter(([file, all]) => all.has(file))
  const rings = inRing.map(([file, all]) =>
    [...all].filter((other) => reached.get(other)?.has(file)).sort()
  )
  return [...new Map(rings.map((ring) => [ring.join(), ring])).values()]
}

function reachedFrom(start: string, loads: Map<string, string[]>) {
  const reached = new Set<string>()
  const waiting = [start]
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    for (const next of loads.get(file) ?? []) {
      if (!reached.has(next)) waiting.push(next)
      reached.add(next)
    }
  }
  return reached
}

/** A model and the files of its own folder may ask each other. */
function isWithinSeveralModels(ring: string[]) {
  return new Set(ring.map((file) => file.match(/^app\/models\/(\w+)/)?.[1] ?? file)).size > 1
}
