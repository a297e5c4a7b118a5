import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Notes } from '#privacy/erasure/notes'
import type { Tombstone } from '#privacy/erasure/tombstones'

/** One line for each erasure, in a file that web and worker share. */
export class FileNotes implements Notes {
  constructor(private path: string) {}

  async has(erasure: string) {
    return (await this.ids()).includes(erasure)
  }

  async add(note: Tombstone) {
    await append(`${JSON.stringify(note)}\n`, this.path)
  }

  async ids() {
    return (await this.#all()).map(({ erasure }) => erasure)
  }

  async read(ids: string[]) {
    return (await this.#all()).filter(({ erasure }) => ids.includes(erasure))
  }

  async #all(): Promise<Tombstone[]> {
    const text = await readFile(this.path, 'utf8').catch((error) => {
      if (error.code === 'ENOENT') return ''
      throw error
    })
    return text.split('\n').flatMap(parsed)
  }
}

/** A line that was cut off while being written does not count. */
function parsed(line: string): Tombstone[] {
  try {
    return line ? [JSON.parse(line)] : []
  } catch {
    return []
  }
}

/** A leading line break ends what a killed process may have left unfinished. */
async function append(line: string, path: string) {
  await mkdir(dirname(path), { recursive: true })
  const file = await open(path, 'a', 0o600)
  try {
    const { size } = await file.stat()
    await file.appendFile(size > 0 ? `\n${line}` : line)
    await file.sync()
  } finally {
    await file.close()
  }
  const folder = await open(dirname(path), 'r')
  await folder.sync().finally(() => folder.close())
}
