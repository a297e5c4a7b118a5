import drive from '@adonisjs/drive/services/main'
import type { Notes } from '#privacy/erasure/notes'
import type { Tombstone } from '#privacy/erasure/tombstones'

/** No back-up includes this folder. */
const FOLDER = 'erasures'
const NOTE = new RegExp(`^${FOLDER}/([0-9a-f-]{36})\\.json$`)
const AT_ONCE = 20

/** One object for each erasure, in the file store, which every process can reach. */
export class StoredNotes implements Notes {
  has(erasure: string) {
    return drive.use().exists(keyOf(erasure))
  }

  /** A store acknowledges an object only as a whole, and once it is durable. */
  async add(note: Tombstone) {
    const options = { contentType: 'application/json', visibility: 'private' as const }
    await drive.use().put(keyOf(note.erasure), JSON.stringify(note), options)
  }

  async ids() {
    const ids: string[] = []
    let paginationToken: string | undefined
    do {
      const page = await drive.use().listAll(FOLDER, { recursive: true, paginationToken })
      for (const entry of page.objects) {
        const [, id] = (entry.isFile && NOTE.exec(entry.key)) || []
        if (id) ids.push(id)
      }
      paginationToken = page.paginationToken
    } while (paginationToken)
    return ids
  }

  async read(ids: string[]) {
    const notes: Tombstone[] = []
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const some = ids.slice(from, from + AT_ONCE).map((id) => drive.use().get(keyOf(id)))
      notes.push(...(await Promise.all(some)).map((text) => JSON.parse(text)))
    }
    return notes
  }
}

function keyOf(erasure: string) {
  return `${FOLDER}/${erasure}.json`
}
