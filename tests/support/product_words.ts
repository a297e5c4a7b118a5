import { glob, readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'

const SOURCES = ['resources/views/**/*.edge', 'app/{models,pages,registries,policies}/**/*.ts']

/** Our own guides cannot vouch for themselves. */
const GUIDES = /\/guides\//

/** Every word and sentence that is complete in a template, or as text in what feeds one. */
export async function productWords(): Promise<Set<string>> {
  const words = new Set<string>()
  for await (const file of glob(SOURCES, { cwd: app.makePath() })) {
    if (GUIDES.test(file)) continue
    const source = await readFile(app.makePath(file), 'utf8')
    for (const [, , text] of source.matchAll(/(['"`])((?:(?!\1)[^\\\n]|\\.)*)\1/g)) {
      words.add(text.replaceAll(/\\(.)/g, '$1'))
    }
    if (file.endsWith('.edge')) for (const text of betweenTags(source)) words.add(text)
  }
  return words
}

/** The source of every template. */
export async function templates(): Promise<string> {
  let all = ''
  for await (const file of glob('resources/views/**/*.edge', { cwd: app.makePath() })) {
    all += await readFile(app.makePath(file), 'utf8')
  }
  return all
}

function betweenTags(source: string) {
  return source
    .split(/<[^>]*>|\{\{.*?\}\}|^\s*@.*$/m)
    .flatMap((part) => part.split('\n'))
    .map((text) => text.trim())
    .filter(Boolean)
}
