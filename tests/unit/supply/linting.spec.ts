import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { broken, sound } from '#tests/fixtures/lint'
import { temporaryFolder } from '#tests/support/temporary_folder'

type Finding = { code?: string; filename: string; message: string }

test.group('Lint', () => {
  test('refuses what breaks any of its rules, and nothing else', async (context) => {
    const { assert } = context
    const folder = await temporaryFolder(context)
    await copyRules(folder)
    const cases = Object.entries(broken).flatMap(([rule, sources]) =>
      sources.map((source, number) => ({ rule, source, file: fileOf(rule, number) }))
    )
    for (const { file, source } of cases) await keep(join(folder, file), source)
    for (const [number, source] of sound.entries())
      await keep(join(folder, `app/sound_${number}.ts`), source)

    const found = await lint(folder)
    const missed = cases.filter(
      ({ rule, file }) => !found.some(({ filename, code }) => filename === file && code === rule)
    )
    assert.deepEqual(missed, [])
    assert.deepEqual(
      found.filter(({ filename }) => filename.startsWith('app/sound_')),
      []
    )
  })

  test('has a case for each rule that is switched on by name', async ({ assert }) => {
    const { rules, overrides } = await settings()
    const on = [rules, ...overrides.map((one: any) => one.rules)]
      .flatMap((part) => Object.entries(part))
      .filter(([, level]) => level !== 'off')
      .map(([name]) => name)
    const tried = Object.keys(broken).map((code) =>
      code.replace('eslint(', '').replace('(', '/').replace(')', '')
    )
    assert.sameMembers(tried, on)
  })
})

async function settings() {
  const text = await readFile(app.makePath('.oxlintrc.json'), 'utf8')
  return JSON.parse(text.replace(/^\s*\/\/.*$/gm, ''))
}

async function copyRules(folder: string) {
  const own = { jsPlugins: [app.makePath('bin/support/lint/rules.mjs')] }
  await keep(join(folder, '.oxlintrc.json'), JSON.stringify({ ...(await settings()), ...own }))
}

function fileOf(rule: string, number: number) {
  const name = rule.replace(/\W+/g, '_')
  return rule.includes('filename-case') ? `app/NotSnake${number}.ts` : `app/${name}${number}.ts`
}

async function keep(path: string, text: string) {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}

function lint(cwd: string) {
  const program = [app.makePath('node_modules/oxlint/bin/oxlint'), '-f', 'json', '.']
  return new Promise<Finding[]>((resolve) => {
    execFile(process.execPath, program, { cwd, maxBuffer: 2 ** 24 }, (_code, output) =>
      resolve(JSON.parse(output).diagnostics)
    )
  })
}
