import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'

const MODULES = ['bundle', 'keys', 'merkle', 'redactions', 'report', 'rows', 'verifier']

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

/** The same with the script that verifies an exported gate pack. */
export async function packVerifier(): Promise<Record<string, string>> {
  return { 'verify-pack.mjs': await script('verify-pack'), ...(await standaloneVerifier()) }
}

/** Reads the compiled module in a build, and the typed one otherwise. */
async function moduleSource(name: string) {
  const typed = import.meta.url.endsWith('.ts')
  const source = await readFile(new URL(`${name}.${typed ? 'ts' : 'js'}`, import.meta.url), 'utf8')
  return typed ? stripTypeScriptTypes(source) : source
}

function script(name: string) {
  return readFile(new URL(`../../bin/${name}.mjs`, import.meta.url), 'utf8')
}
