/**
 * Lets Node import the TypeScript of this repository. The translation of each file is cached, and so is V8's code for
 * it: translating a thousand files again takes longer than everything else in a start.
 */
import { hash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire, enableCompileCache, registerHooks, setSourceMapsSupport } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { root } from './paths.mjs'
import { Resolutions } from './resolutions.mjs'

/** Those of `@poppinss/ts-exec` for our tsconfig.json: `ace serve` uses it, and the compiler here is its own. */
const SETTINGS = {
  swcrc: false,
  sourceMaps: 'inline',
  inlineSourcesContent: false,
  module: { type: 'es6' },
  jsc: {
    target: 'esnext',
    parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    experimental: { keepImportAttributes: true },
    keepClassNames: true,
  },
}

const CACHE = join(root, 'node_modules/.cache/typescript')
const HOME = `${pathToFileURL(root).href}/`
const FOREIGN = `${HOME}node_modules/`
const { imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const { version } = JSON.parse(
  readFileSync(join(root, 'node_modules/@swc/core/package.json'), 'utf8')
)
const RECIPE = JSON.stringify([SETTINGS, version])

const resolutions = new Resolutions()

let swc

// Errors name the lines that we wrote; those of packages are useless here, and reading their maps takes time.
setSourceMapsSupport(true, { nodeModules: false, generatedCode: false })
mkdirSync(CACHE, { recursive: true })
enableCompileCache(process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules/.cache/v8'))
registerHooks({ resolve, load })
process.on('exit', () => resolutions.keep())

/** Imports name the `.js` that a build makes of a file. */
function resolve(specifier, context, next) {
  const url = addressed(specifier, context.parentURL)
  const source = url && isOurs(url) && url.replace(/\.js(?=$|\?)/, '.ts')
  if (source && existsSync(fileURLToPath(source))) return { url: source, shortCircuit: true }
  return resolutions.find(specifier, context, next)
}

/** The address of what is imported by its place or by one of package.json's names; null for packages. */
function addressed(specifier, parent) {
  if (specifier[0] === '#') return isOurs(parent) && named(specifier)
  if (specifier.startsWith('file:')) return specifier
  return specifier[0] === '.' || specifier[0] === '/' ? new URL(specifier, parent).href : null
}

function named(specifier) {
  const slash = specifier.indexOf('/')
  const pattern = imports[`${specifier.slice(0, slash)}/*`]
  return pattern ? new URL(pattern.replace('*', specifier.slice(slash + 1)), HOME).href : null
}

function load(url, context, next) {
  if (!url.endsWith('.ts') || !isOurs(url)) return next(url, context)
  return { format: 'module', source: translated(fileURLToPath(url)), shortCircuit: true }
}

function isOurs(url) {
  return url?.startsWith(HOME) && !url.startsWith(FOREIGN)
}

function translated(path) {
  const source = readFileSync(path, 'utf8')
  const key = hash('sha1', `${RECIPE}${source}`)
  const kept = join(CACHE, `${hash('sha1', path)}.js`)
  const known = read(kept)
  if (known?.startsWith(key)) return known.slice(key.length)
  const code = translate(source, path)
  keep(kept, key + code)
  return code
}

function translate(source, path) {
  swc ??= createRequire(import.meta.resolve('@poppinss/ts-exec'))('@swc/core')
  return swc.transformSync(source, { ...SETTINGS, filename: path }).code
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/** Several processes may keep the same file at a time; none of them reads half of it. */
function keep(file, content) {
  try {
    writeFileSync(`${file}.${process.pid}`, content)
    renameSync(`${file}.${process.pid}`, file)
  } catch {
    // If nothing can be cached, every start translates.
  }
}
