import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'

type Package = { version: string; license?: string; integrity?: string; dev?: boolean }

/** Licences under which a part may be shipped inside the product, unchanged, without giving its source. */
const ALLOWED = [
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-0-Clause',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
  'Python-2.0',
  'PSF-2.0',
  'Zlib',
  'OFL-1.1',
  '(MIT OR Apache-2.0)',
  'Apache-2.0 AND MIT',
  '(MIT OR GPL-3.0-or-later)',
  '(MIT AND Zlib)',
  // Files of its own stay under their licence; the product's do not come under it.
  'MPL-2.0',
]

/** Packages whose entry says otherwise, and why they may stay. */
const EXCEPTIONS: Record<string, string> = {
  '@adonisjs/limiter': 'names no licence in its manifest; LICENSE.md beside it is MIT',
  'png-js': 'names no licence in its manifest; LICENSE beside it is MIT',
  'sentry': 'FSL-1.1-Apache-2.0 forbids offering a rival of Sentry, which we do not; a build tool',
}

async function lockFile(): Promise<[string, Package][]> {
  const lock = JSON.parse(await readFile(app.makePath('package-lock.json'), 'utf8'))
  return Object.entries(lock.packages as Record<string, Package>).filter(([path]) => path !== '')
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 13)

test.group('Packages', () => {
  test('are pinned to a version, and their content to a hash', async ({ assert }) => {
    const manifest = JSON.parse(await readFile(app.makePath('package.json'), 'utf8'))
    const wanted = Object.entries({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
    })
    assert.deepEqual(
      wanted.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version))),
      []
    )
    const packages = await lockFile()
    assert.isAbove(packages.length, 300)
    assert.deepEqual(
      packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')),
      []
    )
  })

  test('of the product come under licences that let us ship them', async ({ assert }) => {
    const shipped = (await lockFile()).filter(([, { dev }]) => !dev)
    const others = shipped.filter(
      ([path, { license }]) => !ALLOWED.includes(license ?? '') && !(nameOf(path) in EXCEPTIONS)
    )
    assert.deepEqual(
      others.map(([path, { license }]) => `${nameOf(path)}: ${license}`),
      []
    )
    const names = shipped.map(([path]) => nameOf(path))
    assert.includeMembers(names, Object.keys(EXCEPTIONS), 'an exception that nothing needs')
  })
})
