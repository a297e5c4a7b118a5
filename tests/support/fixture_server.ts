import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/**
 * Starts a fixture that serves something, in its own folder; returns what it prints about itself, and how to stop it.
 */
export async function startFixture<Told>(name: string) {
  const folder = mkdtempSync(join(tmpdir(), `orchestrate-${name}-`))
  // The database's own account needs access.
  chmodSync(folder, 0o711)
  const script = fileURLToPath(new URL(`../fixtures/${name}.mjs`, import.meta.url))
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  const lines = createInterface(child.stdout)
  const line = await Promise.race([once(lines, 'line'), ended.then(() => null)])
  if (!line) throw new Error(`The fixture ${name} did not start`)
  return {
    told: JSON.parse(line[0]) as Told,
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
