/// <reference lib="dom" />
import { filesOfZip } from '#audit/offline/zip'
import type { PackFiles } from '#audit/pack_verifier'

/** A pack as files that somebody chose: its ZIP, or what was in it. */
export class ChosenPack implements PackFiles {
  #files: Map<string, () => Promise<ReadableStream>>
  #hashes = new Map<string, string>()

  static async of(chosen: File[]) {
    const isZip = chosen.length === 1 && /\.zip$/i.test(chosen[0].name)
    return new ChosenPack(isZip ? await filesOfZip(chosen[0]) : beneath(chosen))
  }

  private constructor(files: Map<string, () => Promise<ReadableStream>>) {
    this.#files = files
  }

  has(path: string) {
    return this.#files.has(path)
  }

  async paths() {
    return [...this.#files.keys()]
  }

  /** What a file says does not change while it is verified. */
  async hash(path: string) {
    if (!this.has(path)) return null
    const known = this.#hashes.get(path) ?? (await sha256Of(await this.#open(path)))
    this.#hashes.set(path, known)
    return known
  }

  async text(path: string) {
    return new Response(await this.#open(path)).text()
  }

  async *lines(path: string) {
    let rest = ''
    const reader = (await this.#open(path)).pipeThrough(new TextDecoderStream()).getReader()
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const lines = (rest + read.value).split('\n')
      rest = lines.pop()!
      yield* lines
    }
    yield rest
  }

  async #open(path: string) {
    const open = this.#files.get(path)
    if (!open) throw new Error(`${path} is missing: choose the whole ZIP, or its whole folder`)
    return open()
  }
}

/** SHA-256 of bytes, in hexadecimal. */
export async function sha256Of(stream: ReadableStream) {
  const bytes = await new Response(stream).arrayBuffer()
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Files by their paths beneath the folder that holds the list; browsers name the folder too. */
function beneath(chosen: File[]) {
  const paths = chosen.map((file) => file.webkitRelativePath || file.name)
  const lists = paths.filter(
    (path) => /(^|\/)manifest\.json$/.test(path) && !/(^|\/)pack\//.test(path)
  )
  const list = lists.sort((one, other) => one.length - other.length)[0] ?? ''
  const folder = list.slice(0, -'manifest.json'.length)
  return new Map(
    chosen.map((file, index) => [
      paths[index].startsWith(folder) ? paths[index].slice(folder.length) : paths[index],
      async () => file.stream() as ReadableStream,
    ])
  )
}
