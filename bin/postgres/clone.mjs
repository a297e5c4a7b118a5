import { existsSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../support/failure.mjs'
import { clearOrphans } from './postmaster.mjs'

/**
 * Replaces a server's databases and passwords with those of another, which has to have ended. Each file keeps its
 * owner.
 */
export async function cloneServer({ supervisor, from, to }) {
  if (existsSync(to)) await clearOrphans(join(realpathSync(to), 'data'))
  rmSync(to, { recursive: true, force: true })
  const { code, output } = await supervisor.run('cp', ['-a', from, to], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (code !== 0) throw new Failure(`A database could not be copied to ${to}:\n${output}`)
}
