import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'

const IMPORT = /^import \{([^}]*)\} from '(\.[^']*\.mjs)'/gm
const EXPORT = /^export (?:async )?(?:function\*?|const|class) (\w+)/gm
const LIST = /^export \{([^}]*)\}/gm

test.group('The scripts under bin', () => {
  test('find in each other what they import, those too that no test runs', ({ assert }) => {
    const files = readdirSync(app.makePath('bin'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.mjs'))
      .map((file) => app.makePath('bin', file))
    const missing = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(IMPORT)].flatMap(([, names, from]) => {
        const offered = exportsOf(join(dirname(file), from))
        return namesIn(names)
          .filter((name) => !offered.has(name))
          .map((name) => `${name} of ${from}, in ${file}`)
      })
    )
    assert.deepEqual(missing, [])
    assert.isAbove(files.length, 80)
  })
})

function exportsOf(file: string): Set<string> {
  const text = readFileSync(file, 'utf8')
  const own = [...text.matchAll(EXPORT)].map(([, name]) => name)
  const listed = [...text.matchAll(LIST)].flatMap(([, names]) => namesIn(names))
  return new Set([...own, ...listed])
}

/** Of `a, b as c`, what they are called where they come from. */
function namesIn(list: string) {
  return list
    .split(',')
    .map((name) => name.trim().split(' as ')[0])
    .filter(Boolean)
}
