import { test } from '@japa/runner'
import { localPath } from '#identity/local_path'

/** Ways out of the site that an attacker would try, each as it would arrive in a parameter. */
const elsewhere = [
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '\\/evil.example',
  '/%5Cevil.example',
  '/%2Fevil.example',
  '/%2f%2fevil.example',
  '%2F%2Fevil.example',
  '/..//evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '/%2e%2e//evil.example',
  '/%2e%2e%2f%2fevil.example',
  'https://evil.example',
  'https:evil.example',
  'https:/evil.example',
  'http://user:pass@evil.example',
  'user@evil.example',
  'javascript:alert(1)',
  'data:text/html,hello',
  '/\t/evil.example',
  '\t//evil.example',
  '/\n/evil.example',
  '/path\r\nSet-Cookie: a=b',
  '/path%0d%0aSet-Cookie:%20a=b',
  '/%00//evil.example',
  ' //evil.example',
  'evil.example',
  '',
  '/%',
]

test.group('localPath', () => {
  for (const candidate of elsewhere) {
    test(`falls back for ${JSON.stringify(candidate)}`, ({ assert }) => {
      assert.equal(localPath(candidate, '/home'), '/home')
    })
  }

  test('falls back for what is no text', ({ assert }) => {
    for (const candidate of [undefined, null, 1, ['/a'], { a: 1 }]) {
      assert.equal(localPath(candidate, '/home'), '/home')
    }
  })

  const paths = ['/', '/projects', '/projects?q=a%20b&c=//d', '/raid#item', '/me@home', '/a//b']
  for (const path of paths) {
    test(`keeps ${path}`, ({ assert }) => {
      assert.equal(localPath(path, '/home'), path)
    })
  }
})
