import { glob, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'

const SOURCES = [
  '*.{ts,js}',
  '{app,bin,commands,config,database,resources/js,start,tests}/**/*.{ts,mjs,js}',
]

/** What frameworks read by its name, and what stands in for a module of Node.js where there is none. */
const READ_BY_NAME = [
  /^adonisrc\.ts$/,
  /^config\/.*: (http|\w+List)$/,
  /^tests\/bootstrap\.ts: (plugins|reporters|configureSuite)$/,
  /^app\/audit\/offline\/crypto\.ts: /,
]

const EXPORTED =
  /^export (?:declare )?(?:abstract |async )?(?:type|interface|class|const|let|function\*?|enum) (\w+)/gm
const IMPORTED = /^(?:import|export) (?:type )?(?:\w+, )?\{([^}]*)\} from '([^']+)'/gm
const WHOLE = /^(?:import|export) (?:type )?\* (?:as \w+ )?from '([^']+)'|\bimport\('([^']+)'\)/gm
const MODULE = /\b(?:from|import) ?\(?'([^']+)'/g

/** Where each file is there for others: routes that nobody imports answer nothing. */
const FOR_OTHERS = /^(app|start|tests\/support)\//

test.group('Exports', () => {
  test('are each imported by another file', async ({ assert }) => {
    const sources = await allSources()
    assert.isAbove(sources.size, 2000)
    const used = usedIn(sources)
    const unused = [...sources].flatMap(([file, source]) =>
      used.has(file)
        ? []
        : [...source.matchAll(EXPORTED)]
            .filter(([, name]) => !used.has(`${file}: ${name}`))
            .map(([, name]) => `${file}: ${name}`)
    )
    assert.deepEqual(
      unused.filter((place) => !READ_BY_NAME.some((form) => form.test(place))),
      []
    )
  })
})

test.group('Files', () => {
  test('are each imported by another', async ({ assert }) => {
    const sources = await allSources()
    const imported = new Set(
      [...sources].flatMap(([file, source]) =>
        [...source.matchAll(MODULE)].map(([, module]) => fileOf(module, file, sources))
      )
    )
    const left = [...sources.keys()].filter((file) => FOR_OTHERS.test(file) && !imported.has(file))
    assert.deepEqual(left, [])
  })
})

async function allSources() {
  const sources = new Map<string, string>()
  const cwd = app.makePath()
  for await (const file of glob(SOURCES, { cwd })) {
    sources.set(file, await readFile(join(cwd, file), 'utf8'))
  }
  return sources
}

/** What is imported, by file and name; the file alone where all of it is, as where it is imported at run time. */
function usedIn(sources: Map<string, string>) {
  const used = new Set<string>()
  for (const [file, source] of sources) {
    for (const [, names, module] of source.matchAll(IMPORTED)) {
      const target = fileOf(module, file, sources)
      for (const name of names.split(',')) {
        used.add(`${target}: ${name.trim().replace(/^type |(?<=\w) as \w+$/g, '')}`)
      }
    }
    for (const [, fixed, dynamic] of source.matchAll(WHOLE)) {
      used.add(String(fileOf(fixed ?? dynamic, file, sources)))
    }
  }
  return used
}

/** The file that a module's name means; undefined for packages. */
function fileOf(module: string, from: string, sources: Map<string, string>) {
  const path = module.startsWith('.')
    ? join(dirname(from), module)
    : module.replace(/^#(commands|config|database|start|tests)\//, '$1/').replace(/^#/, 'app/')
  return [path, `${path}.ts`, path.replace(/\.js$/, '.ts')].find((each) => sources.has(each))
}
