import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { test } from '@japa/runner'
import type { TestContext } from '@japa/runner/core'
import { temporaryFolder } from '#tests/support/temporary_folder'

const SCRIPT = new URL('../../../bin/support/resolutions.mjs', import.meta.url).href
const HOME = pathToFileURL(join(import.meta.dirname, '../../..')).href
const KNEX = `${HOME}/node_modules/knex/knex.mjs`

const OURS = { parentURL: `${HOME}/app/models/task.ts`, conditions: ['node', 'import'] }
const THEIRS = {
  parentURL: `${HOME}/node_modules/pg/lib/index.js`,
  conditions: ['node', 'require'],
}

test.group('What imports mean', () => {
  test('is resolved once for as long as the same packages are installed', async (context) => {
    const { begin } = await caching(context)
    const first = begin()
    const found = first.find('knex', OURS, KNEX)
    first.find('./client.js', THEIRS, `${HOME}/node_modules/pg/lib/client.js`)
    first.end()
    const second = begin()
    context.assert.deepInclude(second.find('knex', OURS, KNEX), found)
    second.find('./client.js', THEIRS, KNEX)
    context.assert.deepEqual([first.asked(), second.asked()], [2, 0])
  })

  test('is resolved anew after an installation', async (context) => {
    const { begin, install } = await caching(context)
    const first = begin()
    first.find('knex', OURS, KNEX)
    first.end()
    install()
    const second = begin()
    second.find('knex', OURS, KNEX)
    context.assert.equal(second.asked(), 1)
  })

  test('is resolved for each folder, and for imports and requires', async (context) => {
    const { begin } = await caching(context)
    const one = begin()
    one.find('knex', OURS, KNEX)
    one.find('knex', { ...OURS, parentURL: `${HOME}/app/pages/task.ts` }, KNEX)
    one.find('knex', { ...OURS, conditions: ['node', 'require'] }, KNEX)
    context.assert.equal(one.asked(), 3)
  })

  test('is resolved each time for our own files and those elsewhere', async (context) => {
    const { begin } = await caching(context)
    const one = begin()
    for (const round of [1, 2]) {
      one.find('./gate.js', OURS, `${HOME}/app/models/gate.ts`)
      one.find('#models/gate', OURS, `${HOME}/app/models/gate.ts`)
      one.find('knex', { ...OURS, parentURL: 'file:///elsewhere/a.js' }, KNEX)
      one.find('elsewhere', OURS, 'file:///elsewhere/a.js')
      context.assert.equal(one.asked(), 4 * round)
    }
  })
})

/** Starts that keep what they learn in a folder of the test's own. */
async function caching(context: TestContext) {
  const { Resolutions } = await import(SCRIPT)
  const folder = await temporaryFolder(context)
  const [file, installed] = [join(folder, 'kept.json'), join(folder, 'lock.json')]
  writeFileSync(installed, '{}')
  const begin = () => {
    const resolutions = new Resolutions({ file, installed })
    let asked = 0
    const find = (specifier: string, importer: object, url: string) =>
      resolutions.find(specifier, importer, () => {
        asked++
        return { url, format: 'module' }
      })
    return { find, asked: () => asked, end: () => resolutions.keep() }
  }
  return { begin, install: () => utimesSync(installed, 1, 1) }
}
