import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { offlineDocument } from '#audit/offline/document'

const MODULES = [
  'anchors',
  'bundle',
  'keys',
  'lines',
  'merkle',
  'redactions',
  'removals',
  'report',
  'rows',
  'seal_checks',
  'verifier',
]

/** What the browser page needs besides, by the names under which its modules import each other. */
const OFFLINE = [
  'bytes',
  'check',
  'crypto',
  'elements',
  'findings',
  'page',
  'sections',
  'source',
  'trail_findings',
  'zip',
]
/** What checks the files of an export against each other. */
const EXPORTS = ['listed_files', 'pack_verifier', 'trail_verifier']
const HASHES = ['sha2.js', '_md.js', '_u64.js', 'utils.js', 'crypto.js']

const MANIFEST = {
  name: 'verify-audit',
  private: true,
  type: 'module',
  engines: { node: '>=18' },
  imports: { '#audit/*': './audit/*.js' },
}

/**
 * The verifier as files to put beside a bundle, by name: it runs on any Node from version 18,
 * without dependency or database. It is this very code, so the two can never disagree; therefore
 * the modules above import nothing else, and use only syntax that stripping types leaves plain.
 */
export async function standaloneVerifier(): Promise<Record<string, string>> {
  const modules = await Promise.all(
    MODULES.map(async (name) => [`audit/${name}.js`, await moduleSource(name)])
  )
  return {
    'package.json': JSON.stringify(MANIFEST, null, 2) + '\n',
    'verify-audit.mjs': await script('verify-audit'),
    ...Object.fromEntries(modules),
  }
}

/** The same with the page for browsers, which needs no Node. */
export async function trailVerifier(): Promise<Record<string, string>> {
  return { 'verify.html': await offlineVerifier(), ...(await standaloneVerifier()) }
}

/** The same with the script for Node that verifies an exported gate pack. */
export async function packVerifier(): Promise<Record<string, string>> {
  const modules = ['listed_files', 'pack_verifier'].map(async (name) => [
    `audit/${name}.js`,
    await moduleSource(name),
  ])
  return {
    ...(await trailVerifier()),
    'verify-pack.mjs': await script('verify-pack'),
    ...Object.fromEntries(await Promise.all(modules)),
  }
}

/** The page for browsers, made once: it is the same in every export. */
function offlineVerifier() {
  offline ??= makeOffline()
  return offline
}

let offline: Promise<string> | null = null

async function makeOffline() {
  const own = [...MODULES, ...EXPORTS, ...OFFLINE.map((name) => `offline/${name}`)]
  const sources = await Promise.all([
    ...own.map(async (name) => [`#audit/${name}`, await moduleSource(name)]),
    ...HASHES.map(async (name) => [hashModule(name), await hashSource(name)]),
    (async () => [ENUMERATIONS, await moduleSource('../models/deciding/enumerations')])(),
  ])
  return offlineDocument({ ...Object.fromEntries(sources), 'node:crypto': REEXPORT })
}

const ENUMERATIONS = '#models/deciding/enumerations'

/** The modules that hash import Node's own crypto; one stand-in replaces it under two names. */
const REEXPORT = `export * from '#audit/offline/crypto'`

function hashModule(name: string) {
  return name === 'crypto.js' ? '@noble/hashes/crypto' : `@noble/hashes/${name}`
}

/** Modules in a page have no address of their own, so they must name each other in full. */
async function hashSource(name: string) {
  const source = await readFile(new URL(name, import.meta.resolve('@noble/hashes/sha2.js')), 'utf8')
  return source
    .replaceAll(/from (["'])\.\//g, 'from $1@noble/hashes/')
    .replaceAll(/^\/\/# source.*$/gm, '')
}

/** Reads the compiled module in a build, and the typed one otherwise. */
async function moduleSource(name: string) {
  // A reloading server marks newly loaded modules in the address.
  const typed = new URL(import.meta.url).pathname.endsWith('.ts')
  const source = await readFile(new URL(`${name}.${typed ? 'ts' : 'js'}`, import.meta.url), 'utf8')
  return (typed ? stripTypeScriptTypes(source) : source).replace(/^\/\/# source.*$/m, '')
}

function script(name: string) {
  return readFile(new URL(`../../bin/${name}.mjs`, import.meta.url), 'utf8')
}
