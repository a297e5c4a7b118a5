import type { Readable } from 'node:stream'
import { SealedStore } from '#encryption/sealed_store'

const store = new SealedStore('privacy_exports.file')
const keyOf = (id: string) => `exports/${id}`

/** Puts an archive into the store, sealed. Returns the size and hash of the archive itself. */
export function storeArchive(id: string, archive: Readable) {
  return store.put(keyOf(id), archive)
}

/** Whether the archive is still stored. */
export function isArchived(id: string) {
  return store.has(keyOf(id))
}

/** The archive again. Breaks off when the stored bytes are not what was put there. */
export function openArchive(id: string): Promise<Readable> {
  return store.open(keyOf(id))
}

/** Deletes the archive. */
export function discardArchive(id: string) {
  return store.discard(keyOf(id))
}
