import { open, rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/**
 * Writes a file that only its owner may read. One that stands there already is left alone, and half a file
 * does not stay.
 */
export async function writeNewFile(
  path: string,
  content: () => Promise<Readable>
): Promise<{ problem: string | null }> {
  const file = await open(path, 'wx', 0o600).catch((error) => error as NodeJS.ErrnoException)
  if (file instanceof Error) {
    return {
      problem: file.code === 'EEXIST' ? `${path} exists already` : `${path}: ${file.message}`,
    }
  }
  try {
    await pipeline(await content(), file.createWriteStream())
    return { problem: null }
  } catch (error) {
    await rm(path, { force: true })
    return { problem: `The export broke off: ${(error as Error).message}` }
  }
}
