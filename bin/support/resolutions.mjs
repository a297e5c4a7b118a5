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
 * Which file an import of a package means. Node asks the file system for each of some thousands at each start, and the
 * answers stay the same as long as the same packages are installed. They are cached by the importing folder.
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

  /** The meaning of an import, as Node's hook expects it. */
  find(specifier, context, next) {
    const key = keyOf(specifier, context)
    const known = key && this.#known[key]
    if (known) return { url: HOME + known[0], format: known[1] ?? undefined, shortCircuit: true }

    const found = next(specifier, context)
    if (key && isPlain(found)) this.#add(key, found)
    return found
  }

  /** Writes down the answers; when several processes end, the last one's are read. */
  keep() {
    if (!this.#isNew || !this.#recipe) return
    try {
      mkdirSync(dirname(this.#file), { recursive: true })
      const draft = `${this.#file}.${process.pid}`
      writeFileSync(draft, JSON.stringify({ recipe: this.#recipe, known: this.#known }))
      renameSync(draft, this.#file)
    } catch {
      // If nothing can be cached, every start asks.
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

/** Null when it is resolved quickly, like Node's own modules, or may change at any time, like our files. */
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
