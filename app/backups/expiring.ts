import { readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { MANIFEST } from '#backups/manifest'
import { readManifest } from '#backups/restoring'
import { NotOpened } from '#encryption/key_ring'

const DAYS = 30

/** What became of old back-ups: those removed, and those whose age none of our keys can tell. */
type Expired = { removed: string[]; unread: string[] }

/**
 * Removes back-ups beside this one that are older than the privacy policy allows, and the remains of unfinished ones.
 * Folders that hold none of our back-ups are left alone.
 */
export async function removeExpired(folder: string): Promise<Expired> {
  const place = dirname(resolve(folder))
  const limit = Date.now() - DAYS * 86_400_000
  const expired: Expired = { removed: [], unread: [] }
  for (const path of await foldersIn(place)) {
    if (basename(path) === basename(folder)) continue
    const takenAt = await momentOf(path)
    if (takenAt === 'unread') expired.unread.push(path)
    else if (takenAt && takenAt.getTime() < limit) {
      await rm(path, { recursive: true })
      expired.removed.push(path)
    }
  }
  return expired
}

async function foldersIn(place: string) {
  const entries = await readdir(place, { withFileTypes: true })
  return entries.filter((one) => one.isDirectory()).map(({ name }) => join(place, name))
}

/** A folder that is closed to us, such as a volume's lost+found, or that somebody has removed meanwhile. */
function notOurs(error: NodeJS.ErrnoException) {
  if (error.code !== 'EACCES' && error.code !== 'ENOENT') throw error
  return null
}

/** When a back-up was taken or, if it was cut off, last written to; null for any other folder. */
async function momentOf(path: string): Promise<Date | 'unread' | null> {
  const files = await readdir(path).catch(notOurs)
  if (!files) return null
  if (!files.includes(MANIFEST)) {
    const isCutOff = path.endsWith('.unfinished') && files.every((name) => name.endsWith('.sealed'))
    return isCutOff ? (await stat(path)).mtime : null
  }
  try {
    return new Date((await readManifest(path)).takenAt)
  } catch (error) {
    if (error instanceof NotOpened) return 'unread'
    throw error
  }
}
