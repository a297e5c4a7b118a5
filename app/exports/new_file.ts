import { access, link, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isLeftBehind } from '#exports/left_behind'

/** `removed` counts the partial files that interrupted runs had left in the folder. */
type Written = { problem: string | null; removed: number }

const PARTIAL = /^(.+)\.orchestrate-(\d+)\.partial$/

/**
 * Writes a file that only its owner may read. An existing file is left alone. It gets its name once it is complete;
 * until then it is `<name>.orchestrate-<process>.partial`, which is removed when writing fails, or by the next run when
 * the process was killed.
 */
export async function writeNewFile(
  path: string,
  content: () => Promise<Readable>
): Promise<Written> {
  const partial = `${path}.orchestrate-${process.pid}.partial`
  let removed = 0
  try {
    await refuseTaken(path)
    removed = await removeLeftovers(path)
    await writeWhole(partial, content)
    await nameIt(partial, path)
    return { problem: null, removed }
  } catch (error) {
    await rm(partial, { force: true })
    return { problem: reason(error as NodeJS.ErrnoException, path), removed }
  }
}

class Refused extends Error {}

async function refuseTaken(path: string) {
  const isThere = await access(path).then(
    () => true,
    () => false
  )
  if (isThere) throw new Refused(`${path} exists already`)
}

async function removeLeftovers(path: string) {
  const folder = dirname(path)
  let removed = 0
  for (const name of await readdir(folder)) {
    const [, of, pid] = PARTIAL.exec(name) ?? []
    if (!of) continue
    if (isLeftBehind(Number(pid))) {
      await rm(join(folder, name))
      removed += 1
    } else if (of === basename(path)) {
      throw new Refused(`Process ${pid} is writing ${path} now`)
    }
  }
  return removed
}

async function writeWhole(partial: string, content: () => Promise<Readable>) {
  const file = await open(partial, 'wx', 0o600)
  await pipeline(await content(), file.createWriteStream({ flush: true }))
}

/** Overwrites nothing that appeared there meanwhile, except on disks without links. */
async function nameIt(partial: string, path: string) {
  try {
    await link(partial, path)
    await rm(partial)
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code!))
      throw error
    await refuseTaken(path)
    await rename(partial, path)
  }
}

function reason(error: NodeJS.ErrnoException, path: string) {
  if (error instanceof Refused) return error.message
  if (error.code === 'EEXIST') return `${path} exists already`
  if (error.syscall) return `${path}: ${error.message}`
  return `The export broke off: ${error.message}`
}
