import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from '@japa/runner/core'

/** An empty folder for everything temporary until the test ends, and nothing of any other process. */
export async function temporaryFolder({ cleanup }: TestContext): Promise<string> {
  const usual = process.env.TMPDIR
  const folder = await mkdtemp(join(tmpdir(), 'test-'))
  process.env.TMPDIR = folder
  cleanup(() => {
    if (usual === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = usual
    return rm(folder, { recursive: true })
  })
  return folder
}
