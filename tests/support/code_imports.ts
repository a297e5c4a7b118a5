import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import app from '@adonisjs/core/services/app'

export type Import = {
  file: string
  layer: string
  module: string
  target: string | null
  typeOnly: boolean
  /** Loaded while the program runs, not with the file. */
  isLate: boolean
}

/** Every import below `app`. */
export function allImports() {
  return importsUnder('app')
}

/** Every import below this folder. */
export async function importsUnder(top: string): Promise<Import[]> {
  const folder = app.makePath(top)
  const files = await readdir(folder, { recursive: true }).catch(() => [])
  const sources = files.filter((file) => file.endsWith('.ts'))
  const found = await Promise.all(sources.map((file) => importsOf(folder, file)))
  return found.flat()
}

async function importsOf(folder: string, file: string): Promise<Import[]> {
  const source = await readFile(join(folder, file), 'utf8')
  const statements = source.matchAll(
    /^(?:import|export)\s+(?:([^'";]*?)\s+from\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm
  )
  return [...statements].map(([, clause, fixed, dynamic]) => {
    const module = fixed ?? dynamic
    return {
      file: relative(app.makePath(), join(folder, file)),
      layer: file.split('/')[0],
      module,
      target: module.match(/^#(\w+)\//)?.[1] ?? escape(module),
      typeOnly: isTypeOnly(clause),
      isLate: !fixed,
    }
  })
}

/** A relative import would slip past the aliases, so it counts as a layer of its own. */
function escape(module: string) {
  return module.startsWith('.') ? 'a relative path' : null
}

/** `import type { A }` and `import { type A, type B }`. */
function isTypeOnly(clause: string | undefined) {
  if (!clause) return false
  if (clause.startsWith('type ')) return true
  const [, names] = clause.match(/^\{(.*)\}$/s) ?? []
  return Boolean(names) && names.split(',').every((name) => /^\s*(type\s|$)/.test(name))
}
