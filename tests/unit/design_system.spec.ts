import { glob, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import string from '@adonisjs/core/helpers/string'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'

/** Classes without a rule: a script finds its element by the first; the second is a level with all its bars. */
const BARE = ['flash--unreachable', 'level--4']

/** Classes that no template of ours writes, because a library does. */
const FOREIGN = ['htmx-request']

const CLASS = /^[a-z][\w-]*$/i

async function textOf(...patterns: string[]) {
  const texts = []
  for await (const file of glob(patterns, { cwd: app.makePath() })) {
    if (!/views\/(emails|exports)\//.test(file))
      texts.push(await readFile(app.makePath(file), 'utf8'))
  }
  return texts.join('\n')
}

const templates = () => textOf('resources/views/**/*.edge')
const writers = () => textOf('resources/views/**/*.edge', 'resources/js/*.js', 'app/**/*.ts')

async function sheetsOf() {
  return (await textOf('resources/css/**/*.css')).replaceAll(/\/\*.*?\*\//gs, '')
}

/** Every class that has a rule. */
async function styled() {
  const sheets = await sheetsOf()
  return new Set([...sheets.matchAll(/\.([a-z][\w-]*)/gi)].map(([, name]) => name))
}

/** The selectors with a `:has()` within a `:has()`. */
function nesting(sheets: string) {
  return [...sheets.matchAll(/:has\(/g)].flatMap(({ index }) => {
    let [end, depth] = [index + 5, 1]
    while (depth > 0) depth += { '(': 1, ')': -1 }[sheets[end++]] ?? 0
    const selector = sheets.slice(index, end)
    return selector.includes(':has(', 1) ? [selector] : []
  })
}

/** Every class that a template writes in full. */
async function written() {
  const text = await templates()
  const lists = [...text.matchAll(/\bclass="([^"]*)"/g), ...text.matchAll(/\bclass: '([^']*)'/g)]
  const names = lists.flatMap(([, list]) => list.replaceAll(/\{\{.*?\}\}/g, '…').split(/\s+/))
  return new Set(names.filter((name) => CLASS.test(name)))
}

/** The views in a folder, without their ending. */
async function viewsIn(folder: string) {
  const cwd = app.makePath('resources/views', folder)
  const files = await Array.fromAsync(glob('**/*.edge', { cwd }))
  return files.map((file) => file.replace('.edge', ''))
}

/** `@table.headings()` for `table/headings`, `@table()` for `table/index`. */
function tagOf(component: string) {
  const parts = component.replace('/index', '').split('/')
  return parts.map((part) => string.camelCase(part)).join('.')
}

/** Whether a view is named in full, or up to a computed end. */
function isNamed(view: string, text: string) {
  return text.includes(`${view}'`) || text.includes(`${dirname(view)}/\${`)
}

/** What stands before a computed part: `tone-` of `tone-{{ tone }}`. */
function stems(text: string) {
  return [...text.matchAll(/([a-z][\w-]*[-_])(?=\{\{|\$\{)/gi)].map(([, stem]) => stem)
}

test.group('The design system', () => {
  test('writes no tag of a component within a line, where Edge prints it as it stands', async ({
    assert,
  }) => {
    const lines = (await templates()).split('\n')
    const tag = /@!?[a-z][\w.]*\(/
    assert.isAbove(lines.filter((line) => tag.test(line)).length, 1000)
    assert.deepEqual(
      lines.filter((line) => /^\s*[^\s@].*/.test(line) && tag.test(line)),
      []
    )
  })

  test('draws every icon that a page names', async ({ assert }) => {
    const sprite = await readFile(app.makePath('resources/views/components/sprite.edge'), 'utf8')
    const drawn = new Set([...sprite.matchAll(/id="i-([\w-]+)"/g)].map(([, name]) => name))
    const text = await writers()
    const named = [...text.matchAll(/\bicon: '([\w-]+)'|#i-([\w-]+)"/g)].map(([, a, b]) => a ?? b)
    assert.isAbove(named.length, 100)
    assert.deepEqual(
      [...new Set(named)].filter((name) => !drawn.has(name)),
      []
    )
  })

  test('has a rule for every class that a template writes', async ({ assert }) => {
    const rules = await styled()
    const names = await written()
    assert.isAbove(names.size, 200)
    assert.deepEqual([...names].filter((name) => !rules.has(name)).sort(), BARE)
  })

  test('has a rule for every look of a button that a template asks for', async ({ assert }) => {
    const rules = await styled()
    const asked = [...(await templates()).matchAll(/\b(?:variant|size): ([^,}]+)/g)]
    const looks = new Set(asked.flatMap(([, look]) => look.match(/(?<=(?<!\()')\w+(?=')/g) ?? []))
    assert.containsSubset([...looks], ['danger', 'primary', 'quiet', 'small'])
    assert.deepEqual(
      [...looks].filter((look) => !rules.has(`button--${look}`)),
      []
    )
  })

  test('has no rule for a class that nothing writes', async ({ assert }) => {
    const text = await writers()
    const words = new Set(text.match(/[a-z][\w-]*/gi))
    const begun = stems(text)
    const idle = [...(await styled())].filter(
      (name) => !words.has(name) && !begun.some((stem) => name.startsWith(stem))
    )
    assert.deepEqual(idle.sort(), FOREIGN)
  })

  test('nests no :has(), for which browsers drop the whole rule', async ({ assert }) => {
    assert.deepEqual(nesting('.card:has(> form:not(:has(p))) { color: red }').length, 1)
    assert.deepEqual(nesting(await sheetsOf()), [])
  })

  test('keeps no component and no partial that no template takes', async ({ assert }) => {
    const text = await writers()
    const tags = new Set([...text.matchAll(/@!?([a-zA-Z.]+)\(/g)].map(([, tag]) => tag))
    const components = await viewsIn('components')
    const partials = await viewsIn('partials')
    assert.isAbove(components.length, 20)
    assert.deepEqual(
      components.filter((name) => !tags.has(tagOf(name))),
      []
    )
    assert.deepEqual(
      partials.filter((name) => !isNamed(`partials/${name}`, text)),
      []
    )
  })
})
