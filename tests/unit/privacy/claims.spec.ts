import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'

type Claim = { number: string; state: string; code: string; test: string; note: string }

async function claims(): Promise<Claim[]> {
  const text = await readFile(app.makePath('docs/privacy-claims.md'), 'utf8')
  return text
    .split('\n')
    .filter(
      (line) => line.startsWith('| C') && line !== '| C | Promise | State | Code | Test | Note |'
    )
    .map((line) => {
      const [, number, , state, code, named, note] = line.split('|').map((cell) => cell.trim())
      return { number, state, code: code.replaceAll('`', ''), test: named, note }
    })
}

test.group('The table of privacy claims', () => {
  test('has every promise once, in order', async ({ assert }) => {
    const numbers = (await claims()).map(({ number }) => number)
    assert.deepEqual(
      numbers,
      Array.from({ length: 60 }, (_, index) => `C${index + 1}`)
    )
  })

  test('names code and tests that exist', async ({ assert }) => {
    for (const { number, code, test: named } of await claims()) {
      assert.isTrue(existsSync(app.makePath(code)), `${number}: ${code}`)
      if (!named) continue
      const [, file, title] = named.match(/^`([^`]+)`: (.+)$/)!
      const source = await readFile(app.makePath(file), 'utf8')
      const said = title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
      assert.match(source, new RegExp(`test\\(\\s*['"\`].*${said}`), `${number}: ${file}`)
    }
  })

  test('calls nothing held without a test, and says what is missing of the rest', async ({
    assert,
  }) => {
    for (const { number, state, test: named, note } of await claims()) {
      assert.include(['held', 'partly', 'open'], state, number)
      if (state === 'held') assert.isNotEmpty(named, number)
      else assert.isNotEmpty(note, number)
    }
  })
})
