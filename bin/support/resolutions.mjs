import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './paths.mjs'

const HOME = `${pathToFileURL(root).href}/`
const FOREIGN = `${HOME}node_modules/`
const FILE = join(root, 'node_modules/.cache/resolutions.json')

/** Which packages are installed: npm writes this file with each of its changes. */
const INSTALLED = join(root, 'node_modules/.package-lock.json')

/**
 * Which file of the packages an import means. Node asks the file system for each of some thousands at each start, and
 * the answers stay the same as long as the same packages are installed. They are kept by folder of whoever imports.
 */
export class Resolutions {
  #file
  #recipe
  #known
  #isNew = false

  constructor({ file = FILE, installed = INSTALLED } = {}) {
    this.#file = file
    this.#recipe = recipeOf(installed)
    this.#known = this.#kept()
  }

  /** What an import means, as the hook of Node answers. */
  find(specifier, context, next) {
    const key = keyOf(specifier, context)
    const known = key && this.#known[key]
    if (known) return { url: HOME + known[0], format: known[1] ?? undefined, shortCircuit: true }

    const found = next(specifier, context)
    if (key && isPlain(found)) this.#add(key, found)
    return found
  }

  /** Writes down what was asked; where several processes end, the last one's is read. */
  keep() {
    if (!this.#isNew || !this.#recipe) return
    try {
      mkdirSync(dirname(this.#file), { recursive: true })
      const draft = `${this.#file}.${process.pid}`
      writeFileSync(draft, JSON.stringify({ recipe: this.#recipe, known: this.#known }))
      renameSync(draft, this.#file)
    } catch {
      // Where nothing can be kept every start asks.
    }
  }

  #kept() {
    try {
      const { recipe, known } = JSON.parse(readFileSync(this.#file, 'utf8'))
      return this.#recipe && recipe === this.#recipe ? known : {}
    } catch {
      return {}
    }
  }

  #add(key, { url, format }) {
    this.#known[key] = [url.slice(HOME.length), format]
    this.#isNew = true
  }
}

function recipeOf(installed) {
  try {
    const { size, mtimeMs } = statSync(installed)
    return `${process.version} ${size} ${mtimeMs}`
  } catch {
    return null
  }
}

/** Null where it is told quickly, as of Node's own, or may change at any time, as of our files. */
function keyOf(specifier, { parentURL: parent, conditions }) {
  if (specifier.startsWith('node:') || !parent?.startsWith(HOME) || parent.includes('?'))
    return null
  const isRelative = specifier[0] === '.' || specifier[0] === '#'
  if (isRelative && !parent.startsWith(FOREIGN)) return null
  const folder = parent.slice(HOME.length, parent.lastIndexOf('/'))
  return `${conditions?.includes('import') ? 'import' : 'require'} ${folder} ${specifier}`
}

function isPlain({ url }) {
  return url.startsWith(FOREIGN) && !url.includes('?')
}
