import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint } from './fingerprint.mjs'
import { root } from './paths.mjs'

const SOURCES = ['resources/css', 'resources/js', 'vite.config.ts', 'package-lock.json']
const STAMP = join(root, 'public/assets/.built-from')

/** Whether the built assets are those of the present sources. */
export function assetsAreCurrent() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint(SOURCES)
}

/** Builds the assets; returns the exit code and what the build printed. */
export async function buildAssets(supervisor, env) {
  const result = await supervisor.run(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build'],
    {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    }
  )
  if (result.code === 0) writeFileSync(STAMP, fingerprint(SOURCES))
  return result
}
