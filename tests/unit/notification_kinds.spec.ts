import { globSync, readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { kindNames } from '#models/notification/kinds'

test.group('Kinds of notices', () => {
  test('are all sent by something: a preference never decides about nothing', ({ assert }) => {
    const files = globSync('app/{models,webhooks}/**/*.ts').filter(
      (path) => !path.endsWith('notification/kinds.ts')
    )
    const code = files.map((path) => readFileSync(path, 'utf8')).join('\n')
    const unsent = kindNames.filter((name) => !code.includes(`kind: '${name}'`))
    assert.deepEqual(unsent, [])
  })
})
