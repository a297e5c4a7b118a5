import { readdir, readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import ts from 'typescript'
import app from '@adonisjs/core/services/app'
import { TOLD } from '#identity/told_names'

/** Typed by the one who reads it next: what they searched for stands in its field again. */
const TYPED = ['words']

test.group('Told names', () => {
  test('hold every name under which a page gets data', async ({ assert }) => {
    const names = await namesFlashed()
    assert.includeMembers(names, ['success', 'undo', 'inputErrorsBag', 'found_people', 'words'])
    assert.deepEqual(
      names.filter((name) => !TOLD.includes(name) && !TYPED.includes(name)),
      []
    )
  })

  test('hold no name without data', async ({ assert }) => {
    const byTheFramework = ['errorsBag']
    const names = await namesFlashed()
    assert.deepEqual(
      TOLD.filter((name) => !names.includes(name) && !byTheFramework.includes(name)),
      []
    )
  })
})

/** By which names the app flashes anything; a name that cannot be read from the source is an error. */
async function namesFlashed() {
  const files = await readdir(app.makePath('app'), { recursive: true })
  const texts = await Promise.all(
    files
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFile(app.makePath('app', file), 'utf8'))
  )
  const sources = texts
    .filter((text) => text.includes('.flash('))
    .map((text) => ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest))
  const whole = texts.join('\n')
  return [...new Set(sources.flatMap((source) => flashedIn(source, whole)))]
}

function flashedIn(source: ts.SourceFile, whole: string) {
  const names: string[] = []
  const visit = (node: ts.Node) => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      if (node.expression.name.text === 'flash') {
        names.push(...namesOf(node.arguments[0], source, whole))
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return names
}

function namesOf(name: ts.Node, source: ts.SourceFile, whole: string): string[] {
  if (ts.isStringLiteral(name)) return [name.text]
  if (ts.isConditionalExpression(name)) {
    return [name.whenTrue, name.whenFalse].flatMap((side) => namesOf(side, source, whole))
  }
  if (ts.isObjectLiteralExpression(name)) {
    return name.properties.map((property) => property.name!.getText(source))
  }
  if (ts.isIdentifier(name)) return [constant(name.text, source.text, whole)]
  throw new Error(`Something is flashed under ${name.getText(source)}, which is no name`)
}

/** What a constant says: one of its own file, or the one that another file offers under that name. */
function constant(name: string, own: string, whole: string) {
  const declared = (text: string) =>
    [...text.matchAll(new RegExp(`^(?:export )?const ${name} = '(\\w+)'`, 'gm'))].map(
      ([, value]) => value
    )
  const [value, ...others] = declared(own).length ? declared(own) : declared(whole)
  if (!value || others.length) throw new Error(`Something is flashed under ${name}`)
  return value
}
