import { readdir, readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import ts from 'typescript'
import app from '@adonisjs/core/services/app'
import { TOLD } from '#identity/told_names'

/** Typed by the one who reads it next: what they searched for stands in its field again. */
const TYPED = ['words']

test.group('Told names', () => {
  test('hold every name under which a page is told something', async ({ assert }) => {
    const names = await namesFlashed()
    assert.includeMembers(names, ['success', 'undo', 'inputErrorsBag', 'found_people', 'words'])
    assert.deepEqual(
      names.filter((name) => !TOLD.includes(name) && !TYPED.includes(name)),
      []
    )
  })

  test('hold no name under which nothing is told', async ({ assert }) => {
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
  const sources = files.filter((file) => file.endsWith('.ts'))
  const found = await Promise.all(
    sources.map(async (file) => {
      const text = await readFile(app.makePath('app', file), 'utf8')
      if (!text.includes('.flash(')) return []
      return flashedIn(ts.createSourceFile(file, text, ts.ScriptTarget.Latest))
    })
  )
  return [...new Set(found.flat())]
}

function flashedIn(source: ts.SourceFile) {
  const names: string[] = []
  const visit = (node: ts.Node) => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      if (node.expression.name.text === 'flash') names.push(...namesOf(node.arguments[0], source))
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return names
}

function namesOf(name: ts.Node, source: ts.SourceFile): string[] {
  if (ts.isStringLiteral(name)) return [name.text]
  if (ts.isConditionalExpression(name)) {
    return [name.whenTrue, name.whenFalse].flatMap((side) => namesOf(side, source))
  }
  if (ts.isObjectLiteralExpression(name)) {
    return name.properties.map((property) => property.name!.getText(source))
  }
  if (ts.isIdentifier(name)) return namesOf(constant(name.text, source), source)
  throw new Error(`${source.fileName} flashes under a name that this test cannot read`)
}

function constant(name: string, source: ts.SourceFile): ts.Node {
  const declared = source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .find((declaration) => ts.isIdentifier(declaration.name) && declaration.name.text === name)
  if (!declared?.initializer) throw new Error(`${source.fileName} flashes under ${name}`)
  return declared.initializer
}
