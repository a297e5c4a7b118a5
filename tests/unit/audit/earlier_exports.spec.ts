import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { verifyBundle } from '#audit/bundle'
import { verifyKeys } from '#audit/keys'
import { PackVerifier } from '#audit/pack_verifier'

/** The public key of the installation that exported them, on a release 800 commits older than this test. */
const KEY = verifyKeys('rvCStNfwFOKYcmuBA/BClxLAwb4hQQfl+5IfxoxDO6w=')

const earlier = (name: string) => readFile(app.makePath('tests/fixtures/earlier', name), 'utf8')

/** Whoever keeps one must be able to prove it for as long as the product is there. */
test.group('Exports of an early release', () => {
  test('a trail verifies, signatures included, and one letter less does not', async ({
    assert,
  }) => {
    const text = await earlier('trail.ndjson')
    const { events, problems } = await verifyBundle(text.split('\n'), KEY)
    assert.deepEqual(problems, [])
    assert.equal(events, 4)

    const altered = await verifyBundle(text.replace('.published', '.publishe').split('\n'), KEY)
    assert.isFalse(altered.clean)
  })

  test('a gate pack verifies, signatures included, and another decision does not', async ({
    assert,
  }) => {
    const files = JSON.parse(await earlier('pack.json'))
    const pack = await new PackVerifier(filesOf(files)).verify(KEY)
    assert.deepEqual(pack.problems, [])
    assert.isTrue(pack.isSealed)

    files['decisions/01.json'] = files['decisions/01.json'].replace('"approved', '"rejected')
    const altered = await new PackVerifier(filesOf(files)).verify(KEY)
    assert.isFalse(altered.isSealed)
  })
})

function filesOf(files: Record<string, string>) {
  return {
    paths: async () => Object.keys(files),
    hash: async (path: string) =>
      path in files ? createHash('sha256').update(files[path]).digest('hex') : null,
    text: async (path: string) => files[path],
    async *lines(path: string) {
      yield* files[path].split('\n')
    },
  }
}
