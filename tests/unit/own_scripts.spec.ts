import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { build, type Rollup } from 'vite'

/** Decision 24 says what they are for. */
const MOST_BYTES = 9_500

test.group('Our own scripts', () => {
  test('are small beside htmx', async ({ assert }) => {
    const built = (await build({
      configFile: false,
      logLevel: 'silent',
      publicDir: false,
      build: {
        write: false,
        target: 'es2022',
        rollupOptions: { input: app.makePath('resources/js/app.js'), external: /^htmx/ },
      },
    })) as Rollup.RollupOutput
    const [{ code }] = built.output
    assert.include(code, 'announcer', 'they are in it')
    assert.isBelow(Buffer.byteLength(code), MOST_BYTES)
  })
})
